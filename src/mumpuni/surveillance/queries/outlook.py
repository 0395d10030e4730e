"""What if there were so many visits a year: how much risk they cover, how long a cycle lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

from django.utils.translation import gettext_lazy as _

from mumpuni.access.person import Person
from mumpuni.kernel.policy import Policy
from mumpuni.surveillance.queries import risks
from mumpuni.surveillance.queries.risk import ONSITE_MONTHS

CYCLE_MONTHS: Final = Policy(
    name="surveillance.cycle_months",
    label=_("Lama satu putaran surveilans"),
    unit=_("bulan"),
    default=36,
    source="Laporan Kinerja BNSP 2024, 3.B.1.c: setiap tiga tahun",
    verified=True,
)
STEPS: Final = 10


@dataclass(frozen=True)
class Outlook:
    """All bodies that are watched, the riskiest first: their scores, and when each is due."""

    on: date
    scores: Sequence[int]
    due: Sequence[date]

    @property
    def bodies(self) -> int:
        """How many bodies are watched."""
        return len(self.scores)

    def covered(self, visits: int) -> float:
        """Return the share of all risk, in percent, of the bodies that so many visits reach."""
        total = sum(self.scores)
        return 100 * sum(self.scores[:visits]) / total if total else 0.0

    def cycle_years(self, visits: int) -> float | None:
        """Return after how many years each body was visited once; never without visits."""
        return self.bodies / visits if visits else None

    def needed(self, months: int) -> int:
        """Return how many visits a year it takes to see each body once in so many months."""
        return -(-self.bodies * 12 // months)

    @property
    def needed_for_cycle(self) -> int:
        """How many visits a year the authority's own cycle takes."""
        return self.needed(CYCLE_MONTHS.on(self.on))

    @property
    def needed_on_site(self) -> int:
        """How many visits a year it takes that no body waits longer than the standard allows."""
        return self.needed(ONSITE_MONTHS.on(self.on))

    def late(self, visits: int = 0) -> int:
        """U-07: return how many bodies are overdue and not among those that so many visits reach."""
        return sum(due < self.on for due in self.due[visits:])

    def curve(self) -> list[tuple[int, float]]:
        """Return the share covered at rising numbers of visits, from none to one for each body."""
        covered = [0, *accumulate(self.scores)]
        total = covered[-1] or 1
        places = sorted({self.bodies * step // STEPS for step in range(STEPS + 1)})
        return [(place, round(100 * covered[place] / total, 1)) for place in places]


def outlook(person: Person, on: date) -> Outlook:
    """Return how all bodies stand as last worked out; one query."""
    rows = list(risks(person).order_by("-score", "pk").values_list("score", "due_on"))
    return Outlook(on, [score for score, _due in rows], [due for _score, due in rows])
