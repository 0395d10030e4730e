"""The certificate: facts fixed at issue, and a state that decisions move."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar, TypedDict

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.assessment.models import Candidate
from mumpuni.credentials.models import StatusList
from mumpuni.kernel.models import StateField

PUBLIC_ID_LETTERS = 16
# whichever byte is drawn, each of the 32 letters is as likely as any other
LETTER_OF_BYTE = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" * 8
# 0 for one that is not replaced, so that only one of those has a number; each other has its own key
STANDS_OR_KEY = Case(When(state="replaced", then=F("id")), default=Value(0))


class CertifiedUnit(TypedDict):
    """A unit as the certificate lists it."""

    code: str
    title: str


def new_public_id() -> str:
    """Return 80 random bits as 16 letters and digits that a QR code holds compactly."""
    return secrets.token_bytes(PUBLIC_ID_LETTERS).translate(LETTER_OF_BYTE).decode()


class CertificateQuerySet(OwnedQuerySet["Certificate"]):
    def standing_first(self) -> CertificateQuerySet:
        """Certificates that stand before those that were replaced; newest first among equals."""
        replaced = Case(When(state="replaced", then=Value(1)), default=Value(0))
        return self.order_by(replaced, "-pk")


class Certificate(OwnedRecord):
    """A certificate of competency. Its facts are as issued and never follow later changes."""

    class State(models.TextChoices):
        VALID = "valid", _("Berlaku")
        SUSPENDED = "suspended", _("Dibekukan")
        REVOKED = "revoked", _("Dicabut")
        REPLACED = "replaced", _("Diganti")

    EDITABLE: ClassVar = ("blank_number",)
    personal: ClassVar = {Permission.CERTIFICATE_HOLD: "candidate__individual__user_id"}
    view_permission = Permission.CERTIFICATE_VIEW

    state = StateField(State, db_index=False)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="certificates",
        db_index=False,
        verbose_name=_("LSP"),
    )
    candidate = models.ForeignKey(
        Candidate,
        on_delete=models.PROTECT,
        related_name="certificates",
        db_index=False,
        verbose_name=_("asesi"),
    )
    request = models.ForeignKey(
        "certificates.CertificateRequest",
        on_delete=models.PROTECT,
        related_name="certificates",
        verbose_name=_("permohonan"),
    )
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("menggantikan"),
    )
    # the place of its status; None for a certificate from before there were credentials
    status_list = models.ForeignKey(
        StatusList, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    status_index = models.PositiveIntegerField(null=True)
    public_id = models.CharField(max_length=16, default=new_public_id)
    number = models.CharField(_("nomor sertifikat"), max_length=40)
    registration_number = models.CharField(_("nomor registrasi"), max_length=40)
    blank_number = models.CharField(
        _("nomor blangko"),
        max_length=8,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{8}\Z", _("Nomor blangko terdiri atas delapan angka."))],
        error_messages={"unique": _("Nomor blangko ini sudah terdaftar pada sertifikat lain.")},
    )
    holder_name = models.CharField(_("nama pemegang"), max_length=200)
    scheme_number = models.CharField(_("nomor skema"), max_length=64)
    scheme_title = models.CharField(_("skema"), max_length=200)
    scheme_title_en = models.CharField(_("skema (Inggris)"), max_length=200, blank=True)
    scheme_version = models.PositiveSmallIntegerField(_("versi skema"))
    field_name = models.CharField(_("bidang"), max_length=300)
    kkni_level = models.PositiveSmallIntegerField(_("jenjang KKNI"), null=True, blank=True)
    units: models.JSONField[Any, list[CertifiedUnit]] = models.JSONField(_("unit kompetensi"))
    body_name = models.CharField(_("nama LSP"), max_length=200)
    licence_number = models.CharField(_("nomor lisensi"), max_length=32)
    decided_on = models.DateField(_("diputus pada"))
    issued_on = models.DateField(_("diterbitkan pada"))
    valid_until = models.DateField(_("berlaku sampai"))
    simulated = models.BooleanField(_("data simulasi"), default=False)
    document = models.FileField(_("dokumen"), upload_to="certificates/%Y/%m", blank=True)
    document_sha256 = models.CharField(_("SHA-256 dokumen"), max_length=64, blank=True)
    archived_until = models.DateTimeField(_("bukti arsip sampai"), null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("sertifikat")
        constraints = [
            # a unique field would have a second index, for words that begin alike
            models.UniqueConstraint(fields=["public_id"], name="certificate_public_id_once"),
            models.UniqueConstraint(
                fields=["status_list", "status_index"], name="certificate_status_place_once"
            ),
            # these find replaced ones, too
            models.UniqueConstraint("number", STANDS_OR_KEY, name="certificate_number_once"),
            models.UniqueConstraint(
                "registration_number", STANDS_OR_KEY, name="certificate_registration_once"
            ),
            models.UniqueConstraint(
                "candidate", STANDS_OR_KEY, name="certificate_once_per_decision"
            ),
            models.CheckConstraint(
                name="certificate_period", condition=Q(valid_until__gte=F("issued_on"))
            ),
        ]
        indexes = [
            # the lists: in each order they offer, of a body, of a state
            models.Index(fields=["issued_on", "id"], name="certificate_by_day"),
            models.Index(fields=["valid_until", "id"], name="certificate_by_end"),
            models.Index(fields=["holder_name", "id"], name="certificate_by_holder"),
            models.Index(fields=["organisation", "issued_on", "id"], name="certificate_by_body"),
            models.Index(fields=["state", "issued_on", "id"], name="certificate_by_state"),
            GinIndex(OpClass(Upper("holder_name"), name="gin_trgm_ops"), name="certificate_names"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("certificates:certificate", args=[self.pk])

    @property
    def proven(self) -> bool:
        """Whether it was signed and told to the log; one query unless `credential` was fetched."""
        return getattr(self, "credential", None) is not None

    def clean(self) -> None:
        """C-12: a blank belongs to one certificate; nothing is not a number that many share."""
        self.blank_number = self.blank_number or None
