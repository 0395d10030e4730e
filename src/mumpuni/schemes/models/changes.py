"""A standard is revoked or replaced, and the bodies whose schemes are built from it move on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.kernel.models import Record, StateField
from mumpuni.schemes.models.schemes import LONGEST_TEXT
from mumpuni.schemes.models.standards import CompetencyStandard


class StandardChangeQuerySet(models.QuerySet["StandardChange"]):
    def told(self) -> Self:
        """Keep the changes that everybody was told of."""
        return self.filter(state__in=StandardChange.TOLD)


class StandardChange(Record):
    """A standard ceases to be in force on a day; until another, bodies certify by it.

    `transition_until` is the last day of the transition.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        ANNOUNCED = "announced", _("Diumumkan")
        IN_EFFECT = "in_effect", _("Berlaku")
        WITHDRAWN = "withdrawn", _("Ditarik")

    class Kind(models.TextChoices):
        REVOKED = "revoked", _("Dicabut")
        REPLACED = "replaced", _("Diganti")

    EDITABLE: ClassVar = (
        "kind",
        "replacement",
        "effective_on",
        "transition_until",
        "basis",
        "advice",
    )
    TOLD: ClassVar = (State.ANNOUNCED, State.IN_EFFECT)

    state = StateField(State)
    standard = models.ForeignKey(
        CompetencyStandard,
        on_delete=models.PROTECT,
        related_name="changes",
        verbose_name=_("standar"),
    )
    kind = models.CharField(_("jenis perubahan"), max_length=16, choices=Kind)
    replacement = models.ForeignKey(
        CompetencyStandard,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("standar pengganti"),
    )
    effective_on = models.DateField(_("berlaku mulai"))
    transition_until = models.DateField(_("peralihan sampai"))
    basis = models.TextField(_("dasar perubahan"), max_length=LONGEST_TEXT)
    advice = models.TextField(_("petunjuk peralihan"), max_length=LONGEST_TEXT, blank=True)

    objects = StandardChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("perubahan standar")
        constraints = [
            models.CheckConstraint(
                name="standard_change_replaced_names_another",
                condition=Q(kind="revoked", replacement=None)
                | (Q(kind="replaced") & ~Q(replacement=None) & ~Q(replacement=F("standard"))),
                violation_error_message=_(
                    "Standar yang diganti menyebut penggantinya, yang dicabut tidak (S-13)."
                ),
            ),
            models.CheckConstraint(
                name="standard_change_days",
                condition=Q(transition_until__gte=F("effective_on")),
                violation_error_message=_("Peralihan berakhir sebelum perubahan berlaku (S-13)."),
            ),
            models.UniqueConstraint(
                fields=["standard"],
                condition=~Q(state="withdrawn"),
                name="standard_change_once",
                violation_error_message=_("Perubahan standar ini sudah dicatat (S-13)."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("schemes:change", args=[self.pk])

    @property
    def is_told(self) -> bool:
        """Whether everybody was told of it."""
        return self.state in self.TOLD

    @property
    def last_day_in_force(self) -> date:
        """The day before the change takes effect."""
        return self.effective_on - timedelta(days=1)


class SchemeTransition(OwnedRecord):
    """What a body does about a change of a standard that its schemes or its scope rest on."""

    class State(models.TextChoices):
        OPEN = "open", _("Menunggu rencana")
        PLANNED = "planned", _("Direncanakan")
        DONE = "done", _("Selesai")
        LAPSED = "lapsed", _("Lewat waktu")
        CANCELLED = "cancelled", _("Dibatalkan")

    EDITABLE: ClassVar = ("plan", "ready_on")
    UNDER_WAY: ClassVar = (State.OPEN, State.PLANNED, State.LAPSED)

    view_permission = Permission.SCHEME_VIEW

    state = StateField(State)
    change = models.ForeignKey(
        StandardChange,
        on_delete=models.PROTECT,
        related_name="transitions",
        verbose_name=_("perubahan standar"),
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("lembaga")
    )
    plan = models.TextField(_("rencana"), max_length=LONGEST_TEXT, blank=True)
    ready_on = models.DateField(_("selesai paling lambat"), null=True, blank=True)

    objects = OwnedQuerySet["SchemeTransition"].as_manager()

    class Meta:
        verbose_name = _("peralihan skema")
        constraints = [
            models.UniqueConstraint(
                fields=["change", "organisation"], name="scheme_transition_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change} · {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("schemes:transition", args=[self.pk])
