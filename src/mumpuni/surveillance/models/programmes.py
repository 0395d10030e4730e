"""The programme of a year: which bodies are visited for surveillance, and why."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import StateField
from mumpuni.licensing.models import Licence
from mumpuni.surveillance.models.signals import Part, told
from mumpuni.visits.models import Visit

FIRST_YEAR, LAST_YEAR = 2005, 2199
MOST_VISITS = 10_000


class Programme(OwnedRecord):
    """What the authority means to visit in a year within its budget; no body sees it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        APPROVED = "approved", pgettext_lazy("program", "Disetujui")
        CLOSED = "closed", _("Selesai")

    EDITABLE: ClassVar = ("budget", "note")
    CHANGES: ClassVar = {"entries": _("kunjungan dalam program")}
    owners = ()
    view_permission = Permission.SURVEILLANCE_VIEW

    state = StateField(State)
    year = models.PositiveSmallIntegerField(
        _("tahun"),
        unique=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
        error_messages={"unique": _("Tahun ini sudah punya program (U-01).")},
    )
    budget = models.PositiveIntegerField(
        _("anggaran kunjungan"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_VISITS)],
        help_text=_("Banyaknya kunjungan surveilans yang dapat dilakukan tahun itu."),
    )
    note = models.TextField(_("catatan"), max_length=5_000, blank=True)
    approved_on = models.DateField(_("disetujui pada"), null=True, editable=False)

    objects = OwnedQuerySet["Programme"].as_manager()

    class Meta:
        verbose_name = _("program surveilans")
        constraints = [
            models.CheckConstraint(
                name="programme_approved_has_day",
                condition=Q(state="draft") | Q(approved_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(_("Program surveilans %d") % self.year)

    def get_absolute_url(self) -> str:
        return reverse("surveillance:programme", args=[self.year])


class PlannedVisit(models.Model):
    """A body in a programme, with rank, score and reasons of the day it was put there.

    One that was added beyond the ranking, or given up, says why. Its visit is planned apart.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="entries")
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField(_("peringkat"))
    score = models.PositiveSmallIntegerField(_("skor risiko"))
    reasons: models.JSONField[Any, list[dict[str, Any]]] = models.JSONField(default=list)
    added_because = models.TextField(_("alasan ditambahkan"), max_length=1_000, blank=True)
    dropped_because = models.TextField(_("alasan tidak dikunjungi"), max_length=1_000, blank=True)
    visit = models.OneToOneField(
        Visit, on_delete=models.PROTECT, null=True, related_name="planned_by"
    )

    class Meta:
        ordering = ["programme_id", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "licence"], name="planned_visit_once"),
            models.UniqueConstraint(fields=["programme", "rank"], name="planned_visit_rank_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.licence.organisation}"

    @property
    def parts(self) -> list[Part]:
        """The reasons of that day, the weightiest first."""
        return told(self.reasons)

    @property
    def is_open(self) -> bool:
        """Whether a visit is still to be planned: none is, or it was cancelled."""
        cancelled = self.visit is not None and self.visit.state == Visit.State.CANCELLED
        return not self.dropped_because and (self.visit is None or cancelled)
