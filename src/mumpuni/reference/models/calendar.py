"""Days on which offices are closed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mumpuni.reference.models.rows import ReferenceRow


class Holiday(ReferenceRow):
    """A day that the yearly decree of three ministers keeps free, and why."""

    class Kind(models.TextChoices):
        NATIONAL = "libur_nasional", _("Hari libur nasional")
        JOINT_LEAVE = "cuti_bersama", _("Cuti bersama")
        ELECTION = "pemilu", _("Hari pemungutan suara")

    day = models.DateField(_("hari"))
    kind = models.CharField(_("jenis"), max_length=16, choices=Kind)
    name = models.CharField(_("nama"), max_length=120)
    certainty = models.CharField(_("kepastian"), max_length=80)

    class Meta:
        ordering = ["day", "name"]
        constraints = [models.UniqueConstraint(fields=["day", "name"], name="holiday_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"
