"""What ties an assessor to a body: declared, computed here, and found by packages above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access.models import Individual, Membership, Organisation
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.time import add_months
from mumpuni.visits.models import DeclaredTie, LicensingAssessor

MEMBERSHIP: Final = "membership"
# as long as it lasts; a tie by training can be waived at any time
NEVER_WAIVED: Final = {MEMBERSHIP, *DeclaredTie.Kind.values} - {DeclaredTie.Kind.TRAINING.value}
TIE_MONTHS = Policy(
    name="visits.tie_months",
    label=gettext_lazy("Lamanya ikatan yang sudah berakhir masih diperhitungkan"),
    unit=gettext_lazy("bulan"),
    default=24,
    source="ISO/IEC 17024 4.3 menurut sumber sekunder; ILAC FAQ 28",
)


@dataclass(frozen=True, kw_only=True)
class FoundTie:
    """A tie of an assessor to a body; one that is not `waivable` keeps them off the team."""

    kind: str
    text: str
    since: date
    until: date | None
    waivable: bool

    def __str__(self) -> str:
        until = self.until.year if self.until else _("sekarang")
        return f"{self.text} ({self.since.year}–{until})"


type Source = Callable[[int, int, date], Iterable[FoundTie]]

SOURCES: Final[list[Source]] = []
"""Further ties, asked by individual, organisation and day; `config/apps.py` fills it."""


def found_ties(assessor: LicensingAssessor, organisation_id: int, day: date) -> list[FoundTie]:
    """Return what ties an assessor to a body on a day.

    Looks through the declared ties and memberships in hand, since a page asks for each member.
    """
    user = assessor.individual.user
    rows = [*assessor.ties.all(), *(user.memberships.all() if user else ())]
    found = _counting([row for row in rows if row.organisation_id == organisation_id], day)
    return [*found, *_further(assessor.individual_id, organisation_id, day)]


def is_tied(user_id: int, organisation: Organisation, day: date) -> bool:
    """Tell whether somebody is tied to a body on a day, by memberships in hand and one query."""
    ties = DeclaredTie.objects.filter(assessor__individual__user=user_id, organisation=organisation)
    memberships = [one for one in organisation.memberships.all() if one.user_id == user_id]
    if any(_counting([*memberships, *ties], day)):
        return True
    individual = Individual.objects.filter(user=user_id).first() if SOURCES else None
    return individual is not None and any(_further(individual.pk, organisation.pk, day))


def _further(individual_id: int, organisation_id: int, day: date) -> Iterator[FoundTie]:
    for source in SOURCES:
        yield from source(individual_id, organisation_id, day)


def _counting(rows: Iterable[DeclaredTie | Membership], day: date) -> Iterator[FoundTie]:
    """Yield the ties that hold on a day, or ended so shortly before that they still count."""
    for row in rows:
        since, until = row.valid_from, row.valid_until
        if since <= day and (until is None or day <= add_months(until, TIE_MONTHS.on(day))):
            kind, text = MEMBERSHIP, _("Anggota lembaga")
            if isinstance(row, DeclaredTie):
                kind, text = row.kind, row.get_kind_display()
            past = until is not None and until < day
            waivable = past or kind not in NEVER_WAIVED
            yield FoundTie(kind=kind, text=text, since=since, until=until, waivable=waivable)
