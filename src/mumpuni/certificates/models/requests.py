"""What comes before a certificate: the body's request, or the request to replace one."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.assessment.models import Candidate, Session
from mumpuni.assessment.queries import competent
from mumpuni.certificates.models.certificates import Certificate
from mumpuni.kernel.models import StateField

LONGEST_TEXT = 5000


class CertificateRequest(OwnedRecord):
    """A body's request for e-certificates for the competent candidates of a session."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Diajukan")
        APPROVED = "approved", _("Disetujui, sedang diterbitkan")
        ISSUED = "issued", _("Diterbitkan")
        REFUSED = "refused", _("Ditolak")

    EDITABLE: ClassVar = ("minutes_number",)
    view_permission = Permission.CERTIFICATE_VIEW

    state = StateField(State)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="certificate_requests",
        verbose_name=_("LSP"),
    )
    session = models.ForeignKey(
        Session,
        on_delete=models.PROTECT,
        related_name="certificate_requests",
        verbose_name=_("jadwal"),
    )
    minutes_number = models.CharField(_("nomor berita acara pleno"), max_length=64)

    objects = OwnedQuerySet["CertificateRequest"].as_manager()

    class Meta:
        verbose_name = _("permohonan sertifikat")
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(state__in=["draft", "submitted", "approved"]),
                name="certificate_request_one_open",
                violation_error_message=_("Masih ada permohonan untuk jadwal ini."),
            )
        ]
        indexes = [models.Index(fields=["created_at", "id"], name="certificate_request_by_day")]

    def __str__(self) -> str:
        return f"{self.session.number} · {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("certificates:request", args=[self.pk])

    def awaiting(self) -> QuerySet[Candidate]:
        """Return the competent candidates of the session who have no certificate yet."""
        return competent(self.session).filter(certificates=None)

    def unissued(self) -> QuerySet[Candidate]:
        """Return those of them, oldest first, whom the issue of this request has not come to."""
        return self.awaiting().exclude(pk__in=self.refusals.values("candidate")).order_by("pk")


class Replacement(OwnedRecord):
    """A request to replace a certificate after a misprint, a change of name or a loss."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Diajukan")
        APPROVED = "approved", _("Disetujui")
        REFUSED = "refused", _("Ditolak")

    class Reason(models.TextChoices):
        MISPRINT = "misprint", _("Salah cetak")
        NAME_CHANGE = "name_change", _("Perubahan nama")
        LOSS = "loss", _("Hilang")

    EDITABLE: ClassVar = ("reason", "corrected_name", "explanation")
    owners = ("certificate__organisation_id",)
    view_permission = Permission.CERTIFICATE_VIEW

    state = StateField(State)
    certificate = models.ForeignKey(
        Certificate,
        on_delete=models.PROTECT,
        related_name="replacements",
        verbose_name=_("sertifikat"),
    )
    reason = models.CharField(_("alasan"), max_length=16, choices=Reason)
    corrected_name = models.CharField(_("nama yang benar"), max_length=200)
    explanation = models.TextField(
        _("penjelasan"), max_length=LONGEST_TEXT, validators=[MaxLengthValidator(LONGEST_TEXT)]
    )

    objects = OwnedQuerySet["Replacement"].as_manager()

    class Meta:
        verbose_name = _("penggantian sertifikat")
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(state__in=["draft", "submitted"]),
                name="replacement_one_open",
                violation_error_message=_("Penggantian sertifikat ini sudah diajukan."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} · {self.certificate}"

    def get_absolute_url(self) -> str:
        return reverse("certificates:replacement", args=[self.pk])
