"""What proves a certificate: signatures that, with its row and a template, give the credential."""

from __future__ import annotations

from django.db import models

from mumpuni.assessment.models import Candidate
from mumpuni.certificates.models.certificates import Certificate
from mumpuni.certificates.models.requests import CertificateRequest
from mumpuni.credentials.models import SigningKey


class CredentialTemplate(models.Model):
    """A credential with markers, as canonical JSON; kept for ever under its digest."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.TextField()

    def __str__(self) -> str:
        return self.digest


class CredentialQuerySet(models.QuerySet["Credential"]):
    def of(self, public_id: str) -> Credential | None:
        """Return what proves a certificate, with all that its documents need; one query."""
        return (
            self.filter(certificate__public_id=public_id)
            .select_related("certificate__status_list", "template", "key", "jwt_key")
            .first()
        )


class Credential(models.Model):
    """The proofs of a certificate, made once (C-14).

    The document itself is not kept: template, certificate and signatures give it byte for byte, and
    `digest`, which the log commits to, tells whether any of them was changed.
    """

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, primary_key=True, related_name="credential"
    )
    template = models.ForeignKey(
        CredentialTemplate, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    jwt_key = models.ForeignKey(
        SigningKey, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    signed_at = models.DateTimeField()
    rdfc_signature = models.BinaryField()
    jcs_signature = models.BinaryField()
    jwt_signature = models.BinaryField()
    digest = models.BinaryField()

    objects = CredentialQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.certificate_id)


class IssueRefusal(models.Model):
    """A candidate who was passed over when a request was issued, with the rule and the reason."""

    request = models.ForeignKey(
        CertificateRequest, on_delete=models.CASCADE, related_name="refusals"
    )
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=32)
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "candidate"], name="issue_refusal_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.candidate_id}"
