"""Proofs: signatures and a line in the log for each certificate, when it has its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from mumpuni.access.models import Organisation
from mumpuni.access.person import SYSTEM
from mumpuni.certificates import award
from mumpuni.certificates.actions.templates import kind_of, templates_for
from mumpuni.certificates.models import (
    Certificate,
    CertificateRequest,
    Credential,
    CredentialTemplate,
)
from mumpuni.credentials import jwt, keys, proofs
from mumpuni.credentials.models import SigningKey
from mumpuni.kernel.copying import copy_rows
from mumpuni.kernel.models import Progress
from mumpuni.kernel.time import legal_day
from mumpuni.kernel.workflow import perform
from mumpuni.transparency.actions import Deed, append
from mumpuni.transparency.entries import commitment
from mumpuni.transparency.jobs import publish_soon
from mumpuni.transparency.models import Leaf

# what `award.values_of` tells of a certificate, and what finds its template and its keys
READ = (
    *("public_id", "holder_name", "number", "registration_number"),
    *("decided_on", "issued_on", "valid_until", "status_list", "status_index"),
    *("simulated", "organisation", "request"),
)
CERTIFICATE = Certificate._meta.label_lower
Kind = SigningKey.Kind


class _Proof(NamedTuple):
    """A row of `Credential`."""

    certificate: int
    template: str
    key: int
    jwt_key: int
    signed_at: datetime
    rdfc_signature: bytes
    jcs_signature: bytes
    jwt_signature: bytes
    digest: bytes


@transaction.atomic
def prove_request(request_id: int, *, at: datetime, between: tuple[int, int] | None = None) -> int:
    """Prove the certificates of a request that lack it, or those between two keys; return how many.

    Those another worker has in hand are passed over. Whoever proves the last finishes the request.
    """
    lacking = Q(request=request_id, credential=None, status_list__isnull=False)
    if between:
        lacking &= Q(pk__range=between)
    certificates = list(
        Certificate.objects.filter(lacking)
        .only(*READ)
        .prefetch_related("status_list")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")
    )
    prove(certificates, at=at)
    conclude(request_id, at=at, proven=len(certificates))
    return len(certificates)


def prove(certificates: Sequence[Certificate], *, at: datetime) -> None:
    """Prove certificates of one body, in the caller's transaction."""
    if not certificates:
        return
    made = list(_proofs(certificates[0].organisation, certificates, at))
    copy_rows(Credential, _Proof._fields, made)
    append(
        Deed(
            Leaf.Action.ISSUE,
            commitment(Leaf.Action.ISSUE, certificate.public_id, proof.digest),
            CERTIFICATE,
            certificate.pk,
        )
        for certificate, proof in zip(certificates, made, strict=True)
    )
    publish_soon()


@transaction.atomic
def conclude(request_id: int, *, at: datetime, proven: int = 0) -> None:
    """Show how far the issue is, and finish it when all is done.

    The lock lets one worker alone find that. A request of which everybody was passed over ends, too.
    """
    request = CertificateRequest.objects.select_for_update().get(pk=request_id)
    progress = Progress.objects.filter(subject=request.subject, subject_id=request.pk)
    progress.update(done=F("done") + proven, failed=request.refusals.count())
    if request.state != CertificateRequest.State.APPROVED or request.unissued().exists():
        return
    if request.certificates.filter(credential=None).exists():
        return
    progress.update(state=Progress.State.DONE, finished_at=timezone.now())
    perform(request, "finish", SYSTEM, at=at)


def _proofs(
    body: Organisation, certificates: Sequence[Certificate], at: datetime
) -> Iterator[_Proof]:
    templates = templates_for(certificates)
    signing = _Signing.of(body, at)
    for certificate in certificates:
        yield signing.prove(certificate, templates[kind_of(certificate)])


class _Signing(NamedTuple):
    """The keys of a body, and the second at which they sign."""

    key: SigningKey
    signer: Any
    jwt_key: SigningKey
    jwt_signer: Any
    at: datetime

    @classmethod
    def of(cls, body: Organisation, at: datetime) -> _Signing:
        held = keys.ensure_keys(body, legal_day(at).year, at, (Kind.ED25519, Kind.P256))
        key, jwt_key = held[Kind.ED25519], held[Kind.P256]
        return cls(key, keys.signer(key), jwt_key, keys.signer(jwt_key), at.replace(microsecond=0))

    def prove(self, certificate: Certificate, template: CredentialTemplate) -> _Proof:
        shape, values = award.compiled(template.content).shape, award.values_of(certificate)
        signed = proofs.sign(shape, values, self.signer, self.at)
        document = proofs.secured_document(
            shape, values, signed, self.signer.verification_method, self.at
        )
        token = jwt.signature(shape.document_bytes(values), self.jwt_signer)
        return _Proof(
            certificate.pk,
            template.pk,
            self.key.pk,
            self.jwt_key.pk,
            self.at,
            signed.rdfc,
            signed.jcs,
            token,
            sha256(document).digest(),
        )
