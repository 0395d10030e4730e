"""Where the bodies are: how many in each province, how risky, how many overdue; and the map."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.db.models.functions import Left

from mumpuni.access.person import Person
from mumpuni.reference.models import Region
from mumpuni.surveillance.queries import risks

OUTLINES: Final = settings.DATA / "wilayah" / "provinsi_38_peta.csv"
WIDTH, HEIGHT = 1000, 374
DIGITS = 2
SHADES = 4


@dataclass(frozen=True)
class Province:
    """A province with the bodies whose office is there; `shade` is 0 without any, else 1 to 4."""

    code: str
    name: str
    outline: str
    bodies: int
    risk: int
    late: int
    shade: int

    @property
    def mean(self) -> float:
        """The mean score of its bodies."""
        return self.risk / self.bodies if self.bodies else 0.0


@cache
def outlines() -> dict[str, str]:
    """Return the path of each province on a sheet of `WIDTH` and `HEIGHT`."""
    with OUTLINES.open(encoding="utf-8", newline="") as file:
        return {row["kode"]: row["jalur"] for row in csv.DictReader(file)}


def named() -> list[tuple[str, str]]:
    """Return the provinces by name; one query."""
    found = Region.objects.filter(level=Region.Level.PROVINCE, current=True)
    return list(found.order_by("name").values_list("code", "name"))


def provinces(person: Person, on: date) -> list[Province]:
    """Return all provinces by code, then what has none; two queries."""
    code = Left("licence__organisation__region_id", DIGITS)
    sums = {
        found or "": counts
        for found, *counts in risks(person)
        .annotate(province=code)
        .order_by()
        .values_list("province")
        .annotate(bodies=Count("pk"), risk=Sum("score"), late=Count("pk", filter=Q(due_on__lt=on)))
    }
    names = dict(named())
    most = max((risk for one, (_bodies, risk, _late) in sums.items() if one), default=0)
    return [
        _province(one, names.get(one, ""), sums.get(one, (0, 0, 0)), most)
        for one in sorted({*names, *outlines(), *sums}, key=lambda one: one or "~")
    ]


def _province(code: str, name: str, sums: Sequence[int], most: int) -> Province:
    """Return a province shaded by the quarter of the largest sum in which its own lies."""
    bodies, risk, late = sums
    shade = max(-(-risk * SHADES // most), 1) if code and bodies and most else int(bodies > 0)
    return Province(code, name, outlines().get(code, ""), bodies, risk, late, shade)
