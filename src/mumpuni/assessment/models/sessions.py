"""Assessment sessions, the assessors assigned to them, and ties that bar an assignment."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Individual, Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.assessment.models.venues import Venue
from mumpuni.assessors.models import Assessor
from mumpuni.kernel.models import StateField
from mumpuni.schemes.models import SchemeVersion

LARGEST_QUOTA = 500


class Session(OwnedRecord):
    """An assessment of candidates against one scheme version, at one venue, on one day."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        OPEN = "open", _("Pendaftaran")
        RUNNING = "running", _("Berlangsung")
        PLENARY = "plenary", _("Pleno")
        CLOSED = "closed", _("Selesai")
        CANCELLED = "cancelled", _("Dibatalkan")

    EDITABLE: ClassVar = ("scheme_version", "venue", "held_on", "quota")
    MOVABLE: ClassVar = ("venue", "held_on", "quota")
    personal: ClassVar = {
        Permission.CANDIDATE_ASSESS: "assignments__assessor__individual__user_id",
        Permission.CANDIDATE_APPLY: "candidates__individual__user_id",
    }
    view_permission = Permission.SESSION_VIEW

    state = StateField(State)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("LSP")
    )
    number = models.CharField(_("nomor jadwal"), max_length=64, unique=True, editable=False)
    scheme_version = models.ForeignKey(
        SchemeVersion, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("skema")
    )
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("TUK")
    )
    held_on = models.DateField(_("tanggal asesmen"))
    quota = models.PositiveSmallIntegerField(
        _("kuota asesi"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST_QUOTA)]
    )

    objects = OwnedQuerySet["Session"].as_manager()

    class Meta:
        verbose_name = _("jadwal asesmen")
        indexes = [
            models.Index(fields=["held_on", "id"], name="session_by_day"),
            models.Index(fields=["organisation", "held_on", "id"], name="session_of_body"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.scheme_version}"

    def get_absolute_url(self) -> str:
        return reverse("assessment:session", args=[self.pk])


class SessionAssignment(models.Model):
    """An assessor's assignment (surat tugas) to a session, with the declaration it rests on."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="assignments")
    assessor = models.ForeignKey(Assessor, on_delete=models.PROTECT, related_name="assignments")
    letter_number = models.CharField(_("nomor surat tugas"), max_length=64)
    impartial = models.BooleanField(_("pernyataan ketidakberpihakan diterima"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "assessor"],
                name="session_assignment_once",
                violation_error_message=_("Asesor ini sudah ditugaskan."),
            )
        ]

    def __str__(self) -> str:
        return str(self.assessor)


class Tie(models.Model):
    """What ties an assessor to a person and so bars them from assessing that person."""

    class Kind(models.TextChoices):
        TRAINER = "trainer", _("Pernah melatih")
        RELATIVE = "relative", _("Hubungan keluarga")
        SUPERIOR = "superior", _("Hubungan atasan dan bawahan")

    assessor = models.ForeignKey(Assessor, on_delete=models.CASCADE, related_name="ties")
    individual = models.ForeignKey(Individual, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("hubungan"), max_length=16, choices=Kind)
    ended_on = models.DateField(_("berakhir pada"), null=True, blank=True)
    declared_at = models.DateTimeField(_("dinyatakan"), auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessor", "individual", "kind"], name="tie_declared_once"
            ),
            models.CheckConstraint(
                name="tie_training_has_end",
                condition=~Q(kind="trainer") | Q(ended_on__isnull=False),
                violation_error_message=_("Tuliskan kapan pelatihan berakhir."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessor} · {self.get_kind_display()}"
