"""A visit to a body: when, by whom, what was seen, what it comes to."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import Attached, AttachedQuerySet, StateField
from mumpuni.visits.models.assessors import LicensingAssessor
from mumpuni.visits.models.instruments import Instrument, instrument
from mumpuni.visits.models.kinds import Kind


class VisitQuerySet(AttachedQuerySet["Visit"], OwnedQuerySet["Visit"]):  # type: ignore[override] # stubs see two managers
    def announced(self) -> Self:
        """Keep those whose letter was issued, which the body visited knows of."""
        return self.exclude(letter_number="")


class Visit(Attached, OwnedRecord):
    """A visit to a body by a team of the authority, for a record of any kind."""

    Kind = Kind

    class State(models.TextChoices):
        PLANNED = "planned", _("Direncanakan")
        ASSIGNED = "assigned", _("Surat tugas terbit")
        RUNNING = "running", _("Berlangsung")
        REPORTED = "reported", _("Dilaporkan")
        CANCELLED = "cancelled", _("Dibatalkan")

    class Mode(models.TextChoices):
        ONSITE = "onsite", _("Di tempat")
        REMOTE = "remote", _("Jarak jauh")

    class Recommendation(models.TextChoices):
        POSITIVE = "positive", _("Direkomendasikan")
        NEGATIVE = "negative", _("Belum direkomendasikan")

    EDITABLE: ClassVar = ("starts_on", "ends_on", "place", "mode", "remote_reason", "session_note")
    CONCLUSION: ClassVar = ("summary", "recommendation")
    CHANGES: ClassVar = {
        "team": _("tim"),
        "waiver": _("pengecualian ikatan"),
        "impartiality": _("pernyataan ketidakberpihakan"),
        "answers": _("isian instrumen"),
        "photos": _("foto"),
    }
    view_permission = Permission.VISIT_VIEW

    state = StateField(State)
    kind = models.CharField(_("jenis kunjungan"), max_length=16, choices=Kind)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="visits",
        verbose_name=_("lembaga yang dikunjungi"),
    )
    starts_on = models.DateField(_("hari pertama"))
    ends_on = models.DateField(_("hari terakhir"))
    place = models.CharField(_("tempat"), max_length=300)
    mode = models.CharField(_("cara kunjungan"), max_length=16, choices=Mode, default=Mode.ONSITE)
    remote_reason = models.TextField(_("alasan jarak jauh"), blank=True)
    session_note = models.TextField(
        _("catatan untuk tim"),
        blank=True,
        help_text=_("Misalnya jadwal uji yang disaksikan dan TUK-nya."),
    )
    instrument_key = models.CharField(_("instrumen"), max_length=40, editable=False)
    summary = models.TextField(_("ringkasan"), blank=True)
    recommendation = models.CharField(
        _("rekomendasi"), max_length=16, choices=Recommendation, blank=True
    )
    letter_number = models.CharField(
        _("nomor surat tugas"), max_length=64, blank=True, editable=False
    )
    report_number = models.CharField(_("nomor laporan"), max_length=64, blank=True, editable=False)
    reported_on = models.DateField(_("dilaporkan pada"), null=True, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("kunjungan")
        constraints = [
            models.CheckConstraint(
                name="visit_period",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("Hari terakhir mendahului hari pertama."),
            ),
            models.CheckConstraint(
                name="visit_remote_has_reason",
                condition=~Q(mode="remote") | ~Q(remote_reason=""),
                violation_error_message=_("Tuliskan mengapa kunjungan dilakukan jarak jauh."),
            ),
            models.CheckConstraint(
                name="visit_reported_has_day",
                condition=~Q(state="reported")
                | Q(reported_on__isnull=False) & ~Q(report_number="") & ~Q(recommendation=""),
            ),
            models.CheckConstraint(
                name="visit_assigned_has_letter",
                condition=Q(state__in=["planned", "cancelled"]) | ~Q(letter_number=""),
            ),
            models.UniqueConstraint(
                fields=["letter_number"],
                condition=~Q(letter_number=""),
                name="visit_letter_number_once",
            ),
            models.UniqueConstraint(
                fields=["report_number"],
                condition=~Q(report_number=""),
                name="visit_report_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["case_kind", "case_id"], name="visit_of_case"),
            models.Index(
                fields=["organisation", "kind", "starts_on"], name="visit_of_organisation"
            ),
            models.Index(fields=["starts_on", "ends_on"], name="visit_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("visits:visit", args=[self.pk])

    @property
    def instrument(self) -> Instrument:
        """What the team asks of the body, in the version of the day the visit was planned."""
        return instrument(self.instrument_key)


class TeamMember(models.Model):
    """An assessor's part in a visit; `impartial_at` is when they declared to be impartial."""

    class Duty(models.TextChoices):
        LEAD = "lead", _("Ketua tim")
        MEMBER = "member", _("Anggota tim")
        OBSERVER = "observer", _("Pengamat")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="team")
    assessor = models.ForeignKey(
        LicensingAssessor,
        on_delete=models.PROTECT,
        related_name="parts",
        verbose_name=_("asesor lisensi"),
    )
    duty = models.CharField(_("tugas dalam tim"), max_length=16, choices=Duty)
    impartial_at = models.DateTimeField(_("menyatakan tidak berpihak"), null=True, editable=False)
    waiver_reason = models.TextField(_("alasan pengecualian"), blank=True)
    waived_by = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["visit_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "assessor"],
                name="team_member_once",
                violation_error_message=_("Asesor ini sudah ada dalam tim."),
            ),
            models.UniqueConstraint(
                fields=["visit"],
                condition=Q(duty="lead"),
                name="team_one_lead",
                violation_error_message=_("Tim ini sudah punya ketua."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}: {self.assessor}"


class Answer(models.Model):
    """What the team found on one item of the instrument."""

    class Verdict(models.TextChoices):
        CONFORMS = "conforms", _("Sesuai")
        NONCONFORMITY = "nonconformity", _("Tidak sesuai")
        OBSERVATION = "observation", _("Observasi")
        NOT_APPLICABLE = "not_applicable", _("Tidak relevan")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(_("butir"), max_length=24)
    verdict = models.CharField(_("hasil"), max_length=16, choices=Verdict)
    note = models.TextField(_("catatan dan bukti"), blank=True)
    saved_at = models.DateTimeField(editable=False)
    saved_by = models.CharField(max_length=200, editable=False)

    class Meta:
        ordering = ["visit_id", "item"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "item"], name="answer_once_per_item")
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_verdict_display()}"


def place_of_photo(photo: Photo, file_name: str) -> str:
    """Return where a photo is kept: under a name of ours, never the uploader's."""
    return f"visits/{photo.visit_id}/{uuid.uuid4().hex}"


class Photo(models.Model):
    """A picture taken during a visit, for one item of the instrument."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="photos")
    item = models.CharField(_("butir"), max_length=24)
    file = models.FileField(_("foto"), upload_to=place_of_photo)
    file_name = models.CharField(_("nama berkas"), max_length=200)
    content_type = models.CharField(max_length=32)
    size = models.PositiveIntegerField(_("ukuran"))
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("ditambahkan"))

    class Meta:
        ordering = ["visit_id", "item", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "item", "sha256"], name="photo_once_per_item")
        ]

    def __str__(self) -> str:
        return self.file_name
