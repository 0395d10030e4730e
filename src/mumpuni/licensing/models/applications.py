"""Applications for a licence, with the documents and schemes they bring."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import Event, StateField
from mumpuni.kernel.workflow import AMEND
from mumpuni.licensing.models.bodies import BodyType, CandidateGroup, FounderKind
from mumpuni.plenary.models import AgendaItem
from mumpuni.schemes.models import SchemeVersion

ASSESSING_STEPS = ("assess", "witness")
OPEN_STATES = frozenset(
    {
        "draft",
        "submitted",
        "document_verification",
        "returned",
        "full_assessment",
        "witness",
        "plenary",
    }
)


class LicenceApplicationQuerySet(OwnedQuerySet["LicenceApplication"]):
    def with_waiting_since(self) -> LicenceApplicationQuerySet:
        """Add `waiting_since`, the instant at which the present state began."""
        steps = Event.objects.filter(
            subject=self.model._meta.label_lower, subject_id=OuterRef("pk")
        ).exclude(step=AMEND)
        newest = steps.order_by("-at", "-pk").values("at")[:1]
        return self.annotate(waiting_since=Subquery(newest))  # type: ignore[no-redef] # the model tells its type


class LicenceApplication(OwnedRecord):
    """A request by an organisation to be licensed to certify people."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Diajukan")
        DOCUMENT_VERIFICATION = "document_verification", _("Verifikasi dokumen")
        RETURNED = "returned", _("Perbaikan dokumen")
        FULL_ASSESSMENT = "full_assessment", _("Asesmen penuh")
        WITNESS = "witness", _("Penyaksian uji")
        PLENARY = "plenary", _("Pleno")
        GRANTED = "granted", _("Disetujui")
        REFUSED = "refused", _("Ditolak")
        WITHDRAWN = "withdrawn", _("Ditarik")

    class Kind(models.TextChoices):
        NEW = "new", _("Lisensi baru")

    EDITABLE: ClassVar = (
        "body_type",
        "founder_kind",
        "founder_name",
        "candidate_group",
        "sector_code",
    )
    view_permission = Permission.LICENCE_VIEW

    state = StateField(State)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="licence_applications",
        verbose_name=_("pemohon"),
    )
    kind = models.CharField(_("jenis permohonan"), max_length=16, choices=Kind, default=Kind.NEW)
    body_type = models.CharField(_("jenis LSP"), max_length=16, choices=BodyType)
    founder_kind = models.CharField(_("jenis pembentuk"), max_length=16, choices=FounderKind)
    founder_name = models.CharField(_("nama lembaga pembentuk"), max_length=200)
    candidate_group = models.CharField(
        _("asesi yang dilayani"), max_length=16, choices=CandidateGroup
    )
    sector_code = models.CharField(
        _("kode sektor"),
        max_length=4,
        validators=[RegexValidator(r"^[A-Z]{2,4}$", _("Dua sampai empat huruf kapital."))],
        help_text=_("Awal nomor registrasi sertifikat, misalnya TIK."),
    )
    decree_number = models.CharField(_("nomor SK lisensi"), max_length=64, blank=True)
    submitted_on = models.DateField(_("diajukan pada"), null=True, editable=False)
    decided_on = models.DateField(_("diputus pada"), null=True, editable=False)

    waiting_since: datetime  # added by `with_waiting_since`

    objects = LicenceApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("permohonan lisensi")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(state__in=sorted(OPEN_STATES)),
                name="licence_application_one_open",
                violation_error_message=_("Masih ada permohonan yang sedang berjalan."),
            ),
            models.CheckConstraint(
                name="licence_application_submitted_has_date",
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="licence_application_decided_has_date",
                condition=~Q(state__in=["granted", "refused"]) | Q(decided_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("licensing:application", args=[self.pk])

    @cached_property
    def assessed_by(self) -> frozenset[str]:
        """The actors who assessed or witnessed the body; one query."""
        assessed = Event.objects.filter(
            subject=self.subject, subject_id=self.pk, step__in=ASSESSING_STEPS
        )
        return frozenset(assessed.values_list("actor", flat=True))

    @cached_property
    def newest_vote(self) -> AgendaItem | None:
        """The last vote that decided on it; one query for all the rules that ask."""
        return AgendaItem.objects.newest_decided(self, "grant")

    @property
    def current_documents(self) -> list[ApplicationDocument]:
        """The documents that count, in the order of their kinds; those withdrawn are left out."""
        kinds = ApplicationDocument.Kind.values
        there = [document for document in self.documents.all() if document.withdrawn_at is None]
        return sorted(there, key=lambda document: kinds.index(document.kind))


class ApplicationScheme(models.Model):
    """A scheme the applicant wants in its scope."""

    application = models.ForeignKey(
        LicenceApplication, on_delete=models.CASCADE, related_name="schemes"
    )
    scheme_version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "scheme_version"],
                name="application_scheme_once",
                violation_error_message=_("Skema ini sudah ada dalam permohonan."),
            )
        ]

    def __str__(self) -> str:
        return str(self.scheme_version)


def place_of_upload(document: ApplicationDocument, file_name: str) -> str:
    """Return where a file is kept: under a name of ours, never the uploader's."""
    return f"licensing/{document.application_id}/{uuid.uuid4().hex}.pdf"


class ApplicationDocument(models.Model):
    """A document of an application with the verdict of whoever verified it.

    One that is replaced or taken back stays on record, withdrawn.
    """

    class Kind(models.TextChoices):
        """The groups of principle documents (L-05)."""

        LEGAL_FORM = "legal_form", _("Bentuk hukum (akta atau SK pimpinan)")
        SUPPORT = "support", _("Surat dukungan")
        OFFICE = "office", _("Bukti kantor")
        ORGANISATION = "organisation", _("Organisasi dan personel")
        STRATEGIC_PLAN = "strategic_plan", _("Rencana strategis, program kerja, dan anggaran")
        QUALITY_MANUAL = "quality_manual", _("Panduan mutu dan prosedur")
        SCHEMES = "schemes", _("Skema dan materi uji kompetensi")
        ASSESSORS = "assessors", _("Daftar asesor")
        VENUES = "venues", _("Daftar TUK")
        IMPARTIALITY = "impartiality", _("Analisis ketidakberpihakan")

    class Verdict(models.TextChoices):
        PENDING = "pending", _("Belum diperiksa")
        ACCEPTED = "accepted", _("Diterima")
        REJECTED = "rejected", _("Perlu diperbaiki")

    application = models.ForeignKey(
        LicenceApplication, on_delete=models.CASCADE, related_name="documents"
    )
    kind = models.CharField(_("jenis dokumen"), max_length=20, choices=Kind)
    file = models.FileField(_("berkas"), upload_to=place_of_upload)
    file_name = models.CharField(_("nama berkas"), max_length=200)
    size = models.PositiveIntegerField(_("ukuran"))
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now_add=True)
    verdict = models.CharField(_("hasil"), max_length=16, choices=Verdict, default=Verdict.PENDING)
    remark = models.TextField(_("catatan pemeriksa"), blank=True)
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, editable=False)

    class Meta:
        ordering = ["application_id", "kind", "-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name


# the trail names a document by its kind
LicenceApplication.CHANGES = dict(ApplicationDocument.Kind.choices)

DOCUMENTS_OF_EVERY_TYPE = frozenset(ApplicationDocument.Kind) - {ApplicationDocument.Kind.SUPPORT}
REQUIRED_DOCUMENTS: dict[BodyType, frozenset[ApplicationDocument.Kind]] = {
    BodyType.P1_EDUCATION: DOCUMENTS_OF_EVERY_TYPE,
    BodyType.P1_INDUSTRY: DOCUMENTS_OF_EVERY_TYPE,
    BodyType.P2: DOCUMENTS_OF_EVERY_TYPE,
    BodyType.P3: DOCUMENTS_OF_EVERY_TYPE | {ApplicationDocument.Kind.SUPPORT},
}
