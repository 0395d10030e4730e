"""Applications for a licence, with the documents and schemes they bring."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import Event, StateField, Task
from mumpuni.kernel.workflow import AMEND
from mumpuni.licensing.models.bodies import BodyType, CandidateGroup, FounderKind
from mumpuni.plenary.models import AgendaItem
from mumpuni.reference.models import Region
from mumpuni.schemes.models import SchemeVersion

if TYPE_CHECKING:
    from mumpuni.licensing.models.licences import Licence

TURN = ("case_kind", "waits_in", "organisation_id", "opened_at", "due_on")
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

    def with_turn(self) -> LicenceApplicationQuerySet:
        """Add `told_turn`, the facts of the task that is open, if one is."""
        tasks = Task.objects.filter(
            case_kind=self.model._meta.label_lower, case_id=OuterRef("pk"), state=Task.State.OPEN
        )
        facts = JSONObject(**{name: name for name in TURN})
        return self.annotate(told_turn=ArraySubquery(tasks.values(told=facts)))  # type: ignore[no-redef] # the model tells its type

    def with_assessors(self) -> LicenceApplicationQuerySet:
        """Fetch `assessed_by` along."""
        assessed = Event.objects.filter(
            subject=self.model._meta.label_lower,
            subject_id=OuterRef("pk"),
            step__in=ASSESSING_STEPS,
        )
        return self.annotate(told_assessors=ArraySubquery(assessed.values("actor")))  # type: ignore[no-redef] # the model tells its type


class LicenceApplication(OwnedRecord):
    """A request by an organisation to be licensed to certify people, or about its licence.

    It is judged by the checklist in force on the day it was begun.
    """

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
        LAPSED = "lapsed", _("Kedaluwarsa")

    class Kind(models.TextChoices):
        NEW = "new", _("Lisensi baru")
        RENEWAL = "renewal", _("Relisensi")
        SCOPE = "scope", _("Penambahan atau penyesuaian ruang lingkup")
        CHANGE = "change", _("Perubahan data")

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
    needs_assessment = models.BooleanField(
        _("memerlukan asesmen penuh"),
        default=True,
        help_text=_(
            "Untuk ruang lingkup: tanpa asesmen penuh, dokumen yang lengkap langsung ke pleno."
        ),
    )
    decree_number = models.CharField(_("nomor SK lisensi"), max_length=64, blank=True)
    begun_on = models.DateField(_("dimulai pada"), editable=False)
    submitted_on = models.DateField(_("diajukan pada"), null=True, editable=False)
    decided_on = models.DateField(_("diputus pada"), null=True, editable=False)

    waiting_since: datetime  # added by `with_waiting_since`
    told_turn: list[dict[str, Any]]  # added by `with_turn`
    told_assessors: list[str]  # added by `with_assessors`

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
        """The actors who assessed or witnessed the body; one query, none after `with_assessors`."""
        if (told := getattr(self, "told_assessors", None)) is not None:
            return frozenset(told)
        assessed = Event.objects.filter(
            subject=self.subject, subject_id=self.pk, step__in=ASSESSING_STEPS
        )
        return frozenset(assessed.values_list("actor", flat=True))

    @cached_property
    def newest_vote(self) -> AgendaItem | None:
        """The last vote that decided on it; one query for all the rules that ask."""
        return AgendaItem.objects.newest_decided(self, "grant")

    @cached_property
    def proposed_changes(self) -> list[ProposedChange]:
        """What shall be on record from the decision on; one query, of changes of data only."""
        return list(self.proposals.all()) if self.kind == self.Kind.CHANGE else []

    @property
    def held_licence(self) -> Licence | None:
        """The licence that the body has, if it has one."""
        return getattr(self.organisation, "licence", None)

    def recorded(self, name: str) -> str:
        """Return what is on record of the body today for a field of a proposed change."""
        if name in self.EDITABLE:
            return str(getattr(self.held_licence, name))
        column: Any = Organisation._meta.get_field(name)
        return str(column.value_from_object(self.organisation) or "")

    @property
    def current_documents(self) -> list[ApplicationDocument]:
        """The documents that count, in the order of their kinds; those withdrawn are left out."""
        kinds = ApplicationDocument.Kind.values
        there = [document for document in self.documents.all() if document.withdrawn_at is None]
        return sorted(there, key=lambda document: kinds.index(document.kind))


class ApplicationScheme(models.Model):
    """A scheme the applicant wants in its scope, or out of it."""

    class Action(models.TextChoices):
        ADD = "add", _("Ditambahkan")
        DROP = "drop", _("Dikeluarkan")

    application = models.ForeignKey(
        LicenceApplication, on_delete=models.CASCADE, related_name="schemes"
    )
    scheme_version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(_("perubahan"), max_length=8, choices=Action, default=Action.ADD)

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


class ProposedChange(models.Model):
    """What the applicant wants to be recorded of the body from the decision on."""

    class Field(models.TextChoices):
        NAME = "name", _("Nama LSP")
        ADDRESS = "address", _("Alamat")
        REGION = "region", _("Wilayah kantor")
        EMAIL = "email", _("Surel")
        PHONE = "phone", _("Telepon")
        WEBSITE = "website", _("Laman")
        FOUNDER_NAME = "founder_name", _("Nama lembaga pembentuk")
        SECTOR_CODE = "sector_code", _("Kode sektor")

    application = models.ForeignKey(
        LicenceApplication, on_delete=models.CASCADE, related_name="proposals"
    )
    field = models.CharField(_("data"), max_length=16, choices=Field)
    # of a region its key
    value = models.TextField(_("menjadi"), blank=True)

    class Meta:
        ordering = ["application_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "field"], name="proposed_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.value}"

    @property
    def recorded(self) -> str:
        """What is on record today, as people read it."""
        if self.field == self.Field.REGION:
            return str(self.application.organisation.region or "")
        return self.application.recorded(self.field)

    @property
    def proposed(self) -> str:
        """What is to be on record, as people read it; one query for a region."""
        if self.field == self.Field.REGION:
            return str(Region.objects.filter(pk=self.value).first() or self.value)
        return self.value

    @property
    def differs(self) -> bool:
        """Whether it is not on record already."""
        return self.value != self.application.recorded(self.field)


def place_of_upload(document: ApplicationDocument, file_name: str) -> str:
    """Return where a file is kept: under a name of ours, never the uploader's."""
    return f"licensing/{document.application_id}/{uuid.uuid4().hex}.pdf"


class ApplicationDocument(models.Model):
    """A document of an application with the verdict of whoever verified it.

    One that is replaced or taken back stays on record, withdrawn.
    """

    class Kind(models.TextChoices):
        """Every kind of document that a version of the checklist asks for."""

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
        IT_PROCESSING = "it_processing", _("Bukti pengolahan data dengan teknologi informasi")
        COOPERATION = "cooperation", _("Kerja sama")
        SELF_ASSESSMENT = "self_assessment", _("Evaluasi diri")
        PERFORMANCE = "performance", _("Laporan kinerja selama masa lisensi")
        NEW_SCHEMES = "new_schemes", _("Skema dan materi uji kompetensi yang berubah")
        CHANGE_BASIS = "change_basis", _("Dasar perubahan data")

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
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ["application_id", "kind", "-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name


# the trail names documents and proposals by their kinds
LicenceApplication.CHANGES = {
    **dict(ApplicationDocument.Kind.choices),
    **{one.value: one.label for one in ProposedChange.Field},
    "schemes": _("Skema"),
}
