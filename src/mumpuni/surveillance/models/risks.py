"""The score of every body that is watched, as of the last time it was worked out."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.licensing.models import Licence
from mumpuni.surveillance.models.signals import Part, told


class RiskScore(models.Model):
    """What the signals said of a licensed body on a day; `due_on` is when it is to be visited.

    Worked out anew every night and when something happens to the body, so it holds nothing that
    is not recorded elsewhere.
    """

    licence = models.OneToOneField(
        Licence, on_delete=models.CASCADE, primary_key=True, related_name="risk"
    )
    assessed_on = models.DateField(_("dihitung pada"))
    score = models.PositiveSmallIntegerField(_("skor risiko"))
    visited_on = models.DateField(_("kunjungan di tempat terakhir"), null=True)
    due_on = models.DateField(_("kunjungan berikutnya paling lambat"))
    parts: models.JSONField[Any, list[dict[str, Any]]] = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["-score", "licence"], name="risk_by_score"),
            models.Index(fields=["due_on", "licence"], name="risk_by_due_day"),
        ]

    def __str__(self) -> str:
        return f"{self.licence}: {self.score}"

    def get_absolute_url(self) -> str:
        return reverse("surveillance:risk", args=[self.pk])

    @property
    def reasons(self) -> list[Part]:
        """The parts of the score, the largest first."""
        return told(self.parts)
