"""How a body fared over five years, kept as it was when it asked to be licensed further."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.certificates.models import MisuseReport, Replacement
from mumpuni.kernel.models import StateField
from mumpuni.kernel.workflow import Text
from mumpuni.licensing.models import Licence, LicenceApplication
from mumpuni.visits.models import Finding, Kind, Visit

type Performance = dict[str, Any]

BY_YEAR: Final[dict[str, Text]] = {
    "sessions": _("Jadwal"),
    "candidates": _("Asesi"),
    "competent": _("Kompeten"),
    "not_yet": _("Belum kompeten"),
    "certificates": _("Sertifikat"),
}


def digest(facts: Mapping[str, Any]) -> str:
    """Return the SHA-256 of facts, written in one way only."""
    written = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


@dataclass(frozen=True)
class Shown:
    """A performance as people read it: the words for what the facts name by codes."""

    facts: Performance

    @property
    def years(self) -> Iterator[tuple[int, list[tuple[Text, int]]]]:
        """The numbers of each year under their names."""
        for row in self.facts["years"]:
            yield row["year"], [(label, row[name]) for name, label in BY_YEAR.items()]

    @property
    def totals(self) -> list[tuple[Text, int]]:
        """The sums over all years under their names."""
        years = self.facts["years"]
        return [(label, sum(row[name] for row in years)) for name, label in BY_YEAR.items()]

    @property
    def replacements(self) -> list[tuple[Text, int]]:
        """How many certificates were replaced, by reason."""
        return _named(Replacement.Reason, self.facts["replacements"].items())

    @property
    def reports(self) -> list[tuple[Text, int]]:
        """How many reports of misuse there were, by what became of them."""
        return _named(MisuseReport.State, self.facts["reports"].items())

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings by grade."""
        return [
            row | {"label": Finding.Grade(row["grade"]).label} for row in self.facts["findings"]
        ]

    @property
    def visits(self) -> list[dict[str, Any]]:
        """The visits by day."""
        return [
            {
                "label": Kind(row["kind"]).label,
                "on": date.fromisoformat(row["on"]),
                "recommendation": Visit.Recommendation(row["recommendation"]).label,
                "findings": row["findings"],
            }
            for row in self.facts["visits"]
        ]


def _named(names: Any, counts: Iterable[tuple[str, int]]) -> list[tuple[Text, int]]:
    return [(names(code).label, count) for code, count in counts]


class Dossier(OwnedRecord):
    """The facts of a body's performance from a day to a day; nothing ever changes them (U-08)."""

    class State(models.TextChoices):
        KEPT = "kept", _("Disimpan")

    owners = ("licence__organisation_id",)
    view_permission = Permission.LICENCE_VIEW

    state = StateField(State)
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, related_name="+", verbose_name=_("lisensi")
    )
    application = models.OneToOneField(
        LicenceApplication, on_delete=models.PROTECT, related_name="+"
    )
    first = models.DateField(_("dari"))
    last = models.DateField(_("hingga"))
    facts: models.JSONField[Any, dict[str, Any]] = models.JSONField()
    sha256 = models.CharField(max_length=64)

    objects = OwnedQuerySet["Dossier"].as_manager()

    class Meta:
        verbose_name = _("dosier kinerja")
        constraints: ClassVar = [
            models.CheckConstraint(name="dossier_period", condition=Q(last__gte=F("first")))
        ]

    def __str__(self) -> str:
        return str(_("Dosier kinerja %s") % self.licence.organisation)

    def get_absolute_url(self) -> str:
        return reverse("surveillance:kept-dossier", args=[self.pk])

    @property
    def is_intact(self) -> bool:
        """Whether the facts are those that were kept."""
        return digest(self.facts) == self.sha256

    @property
    def shown(self) -> Shown:
        """The facts as people read them."""
        return Shown(self.facts)
