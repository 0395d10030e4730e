"""Sanctions on licences: prepared, then in force, perhaps lifted."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mumpuni.kernel.time import last_day_of_term

LONGEST_FREEZE_MONTHS = 60


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def in_force(self, on: date) -> SanctionQuerySet:
        """Keep sanctions that hold on a day."""
        return self.filter(
            Q(lifted_on=None) | Q(lifted_on__gt=on), imposed_at__isnull=False, effective_on__lte=on
        )


class Sanction(models.Model):
    """A decision to freeze or revoke a licence: prepared, then in force, perhaps lifted.

    A freeze ends by a decision only; `months` is the term the decree names.
    """

    class Kind(models.TextChoices):
        FREEZE = "freeze", _("Pembekuan")
        REVOCATION = "revocation", _("Pencabutan")

    FIELDS: ClassVar = ("kind", "decree_number", "effective_on", "months", "reason")

    licence = models.ForeignKey(
        "licensing.Licence", on_delete=models.PROTECT, related_name="sanctions"
    )
    kind = models.CharField(_("jenis sanksi"), max_length=16, choices=Kind)
    decree_number = models.CharField(_("nomor SK"), max_length=64)
    effective_on = models.DateField(_("berlaku mulai"))
    months = models.PositiveSmallIntegerField(
        _("lama (bulan)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_FREEZE_MONTHS)],
    )
    reason = models.TextField(_("alasan"))
    imposed_at = models.DateTimeField(_("ditetapkan"), null=True, editable=False)
    lifted_on = models.DateField(_("dicairkan mulai"), null=True, editable=False)
    lifting_note = models.TextField(_("alasan pencairan"), blank=True, editable=False)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        ordering = ["licence_id", "effective_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["licence"],
                condition=Q(imposed_at=None),
                name="sanction_one_prepared",
                violation_error_message=_("Sudah ada sanksi yang sedang disiapkan."),
            ),
            models.CheckConstraint(
                name="sanction_freeze_has_term",
                condition=~Q(kind="freeze") | Q(months__isnull=False),
                violation_error_message=_("Pembekuan menyebut lamanya dalam bulan (L-21)."),
            ),
            models.CheckConstraint(
                name="sanction_lifted_after_start",
                condition=Q(lifted_on=None) | Q(lifted_on__gte=F("effective_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.effective_on}"

    @property
    def term_ends_on(self) -> date | None:
        """The last day of the term a freeze names; it goes on after that until it is lifted."""
        return None if self.months is None else last_day_of_term(self.effective_on, self.months)

    def holds_on(self, day: date) -> bool:
        """Tell whether the sanction is in force on a day; the day of lifting is free again."""
        return (
            self.imposed_at is not None
            and self.effective_on <= day
            and (self.lifted_on is None or day < self.lifted_on)
        )
