"""How risky the bodies are: every signal is gathered for all of them at once.

Ten queries, however many bodies there are; for one body the same, over its rows alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from mumpuni.assessment.models import Candidate, SessionAssignment
from mumpuni.certificates.models import Certificate, MisuseReport, Replacement, numbers
from mumpuni.kernel.models import Event, Task
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.time import add_months
from mumpuni.kernel.workflow import BEGIN
from mumpuni.licensing.models import Licence, LicenceTerm, Status
from mumpuni.surveillance.models import SIGNALS, Part
from mumpuni.surveillance.models.signals import DESIGN, Facts
from mumpuni.visits.models import Finding, Visit

type Measures = dict[int, Facts]
type Bodies = Collection[int] | None

ONSITE_MONTHS: Final = Policy(
    name="surveillance.onsite_months",
    label=_("Jarak terlama antara dua kunjungan di tempat"),
    unit=_("bulan"),
    default=24,
    source="ISO/IEC 17011:2017 7.9.3 menurut ILAC FAQ",
)
WINDOW_MONTHS: Final = Policy(
    name="surveillance.window_months",
    label=_("Masa yang dilihat untuk menghitung risiko"),
    unit=_("bulan"),
    default=24,
    source=DESIGN,
)
RECENT_MONTHS: Final = Policy(
    name="surveillance.recent_months",
    label=_("Masa yang dibandingkan untuk mengukur lonjakan asesi"),
    unit=_("bulan"),
    default=12,
    source=DESIGN,
)
LEAST_CANDIDATES: Final = Policy(
    name="surveillance.least_candidates",
    label=_("Banyaknya asesi atau sertifikat agar sebuah rasio berarti"),
    unit=_("orang"),
    default=30,
    source=DESIGN,
)

S = Candidate.State
DECIDED: Final = (S.COMPETENT, S.NOT_YET_COMPETENT)
ASSESSED: Final = (S.RECOMMENDED, *DECIDED)
UNSETTLED: Final = (Finding.State.OPEN, Finding.State.ANSWERED, Finding.State.LAPSED)


@dataclass(frozen=True)
class Risk:
    """How a licensed body stands on a day: the parts of its score, the largest first."""

    licence: Licence
    parts: tuple[Part, ...]
    visited_on: date | None
    due_on: date

    @property
    def score(self) -> int:
        """U-06: the sum of the parts."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True)
class Window:
    """The days that count for whoever looks back from one of them."""

    on: date

    @property
    def since(self) -> date:
        """The day after which something counts."""
        return add_months(self.on, -WINDOW_MONTHS.on(self.on))

    @property
    def recent(self) -> date:
        """The day after which something is recent."""
        return add_months(self.on, -RECENT_MONTHS.on(self.on))

    @property
    def earlier(self) -> date:
        """The day after which something belongs to the time to compare with."""
        return add_months(self.recent, -RECENT_MONTHS.on(self.on))


def watched(on: date, bodies: Bodies = None) -> QuerySet[Licence]:
    """Return the licences to be watched on a day, active or frozen, with what is known of visits."""
    visited = Visit.objects.filter(
        organisation=OuterRef("organisation"),
        state=Visit.State.REPORTED,
        mode=Visit.Mode.ONSITE,
        ends_on__lte=on,
    )
    terms = LicenceTerm.objects.filter(licence=OuterRef("pk")).order_by("valid_from")
    licences: QuerySet[Licence] = _of(Licence.objects.with_status(on), "organisation", bodies)
    return (
        licences.filter(Q(status=Status.ACTIVE) | Q(status=Status.FROZEN))
        .select_related("organisation__region__parent")
        .annotate(
            visited_on=Subquery(visited.order_by("-ends_on").values("ends_on")[:1]),
            licensed_on=Subquery(terms.values("valid_from")[:1]),
        )
        .order_by("pk")
    )


def assessed(on: date, bodies: Bodies = None) -> list[Risk]:
    """Return how the bodies stand on a day, the riskiest first; of equals the older licence."""
    window = Window(on)
    licences: list[Any] = list(watched(on, bodies))
    candidates = _candidates(window, bodies)
    measures: dict[str, Measures] = {
        "onsite": {one.organisation_id: _onsite(one, on) for one in licences},
        "findings": _findings(bodies),
        "reports": _reports(window),
        "volume": _volume(window, candidates),
        "results": _results(window, candidates),
        "load": _load(window, candidates, bodies),
        "misprints": _misprints(window, bodies),
        "deadlines": _deadlines(window, bodies),
    }
    risks = [_risk(one, measures, on) for one in licences]
    return sorted(risks, key=lambda risk: -risk.score)


def _risk(licence: Any, measures: Mapping[str, Measures], on: date) -> Risk:
    parts = []
    for signal in SIGNALS:
        facts = measures[signal.key].get(licence.organisation_id)
        points = signal.points(facts, on) if facts else 0
        if facts and points:
            parts.append(Part(signal, points, facts))
    last = licence.visited_on or licence.licensed_on
    return Risk(
        licence,
        tuple(sorted(parts, key=lambda part: -part.points)),
        licence.visited_on,
        add_months(last, ONSITE_MONTHS.on(on)),
    )


def _of(rows: Any, path: str, bodies: Bodies) -> Any:
    return rows if bodies is None else rows.filter(**{f"{path}__in": bodies})


def months_between(first: date, last: date) -> int:
    """Return how many whole months lie between two days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return max(months - (last.day < first.day), 0)


def _onsite(licence: Any, on: date) -> Facts:
    last = licence.visited_on or licence.licensed_on
    return {"months": months_between(last, on), "visited": int(licence.visited_on is not None)}


def _findings(bodies: Bodies) -> Measures:
    """Return what is not settled; observations ask for nothing."""
    body = "visit__organisation"
    rows = _of(Finding.objects.filter(state__in=UNSETTLED), body, bodies)
    counts = (
        rows.exclude(grade=Finding.Grade.OBSERVATION)
        .order_by()
        .values_list(body)
        .annotate(
            unsettled=Count("pk"),
            major=Count("pk", filter=Q(grade=Finding.Grade.MAJOR)),
            lapsed=Count("pk", filter=Q(state=Finding.State.LAPSED)),
        )
    )
    return {
        key: {"unsettled": unsettled, "major": major, "lapsed": lapsed}
        for key, unsettled, major, lapsed in counts
    }


def _reports(window: Window) -> Measures:
    """Return the reports of misuse about certificates of each body."""
    begun = _events("certificates.misusereport", BEGIN, window)
    claimed = MisuseReport.objects.filter(pk__in=begun).values_list("claimed_number", flat=True)
    counts: dict[int, int] = {}
    for key in bodies_of_numbers(claimed):
        counts[key] = counts.get(key, 0) + 1
    months = WINDOW_MONTHS.on(window.on)
    return {key: {"reports": count, "months": months} for key, count in counts.items()}


def numbers_of(claimed: Iterable[str]) -> list[str]:
    """Return the numbers of certificates that people typed, as certificates print them."""
    read = (
        numbers.as_certificate_number(one) or numbers.as_registration_number(one) for one in claimed
    )
    return [one for one in read if one]


def bodies_of_numbers(claimed: Collection[str] | QuerySet[Any, str]) -> list[int]:
    """Return the bodies of certificates by numbers as people typed them, one for each; two queries."""
    known = numbers_of(claimed)
    if not known:
        return []
    found = Certificate.objects.filter(Q(number__in=known) | Q(registration_number__in=known))
    bodies: dict[str, int] = {}
    for number, registration, body in found.values_list(
        "number", "registration_number", "organisation"
    ):
        bodies[number] = bodies[registration] = body
    return [bodies[one] for one in known if one in bodies]


def _events(subject: str, step: str, window: Window) -> QuerySet[Any, Any]:
    """Return the keys of the records with which something happened within the window."""
    found = Event.objects.filter(
        subject=subject, step=step, at__date__gt=window.since, at__date__lte=window.on
    )
    return found.values("subject_id")


@dataclass(frozen=True)
class Tally:
    """The candidates of a body in a scheme."""

    body: int
    scheme: int
    now: int
    before: int
    decided: int
    competent: int


def _candidates(window: Window, bodies: Bodies) -> list[Tally]:
    """Return the candidates of all bodies in all schemes, or in those of some bodies."""
    body, scheme = "session__organisation", "session__scheme_version__scheme"
    first = min(window.since, window.earlier)
    rows = Candidate.objects.filter(
        session__held_on__gt=first, session__held_on__lte=window.on, state__in=ASSESSED
    )
    if bodies is not None:
        rows = rows.filter(**{f"{scheme}__in": _of(rows, body, bodies).values(scheme)})
    looked_at = Q(session__held_on__gt=window.since)
    earlier = Q(session__held_on__gt=window.earlier, session__held_on__lte=window.recent)
    counts = (
        rows.order_by()
        .values_list(body, scheme)
        .annotate(
            now=Count("pk", filter=Q(session__held_on__gt=window.recent)),
            before=Count("pk", filter=earlier),
            decided=Count("pk", filter=looked_at & Q(state__in=DECIDED)),
            competent=Count("pk", filter=looked_at & Q(state=S.COMPETENT)),
        )
    )
    return [Tally(*one) for one in counts]


def _volume(window: Window, candidates: Collection[Tally]) -> Measures:
    found: dict[int, dict[str, int]] = {}
    for one in candidates:
        facts = found.setdefault(
            one.body, {"now": 0, "before": 0, "months": RECENT_MONTHS.on(window.on)}
        )
        facts["now"] += one.now
        facts["before"] += one.before
    return dict(found)


def _results(window: Window, candidates: Collection[Tally]) -> Measures:
    """Return how many were found competent, and per mille how many would be by the schemes' means."""
    means: dict[int, tuple[int, int]] = {}
    for one in candidates:
        competent, decided = means.get(one.scheme, (0, 0))
        means[one.scheme] = (competent + one.competent, decided + one.decided)
    found: dict[int, list[float]] = {}
    for one in candidates:
        if one.decided:
            competent, decided = means[one.scheme]
            sums = found.setdefault(one.body, [0, 0, 0])
            sums[0] += one.decided
            sums[1] += one.competent
            sums[2] += one.decided * competent / decided
    least = LEAST_CANDIDATES.on(window.on)
    return {
        body: {
            "decided": int(decided),
            "competent": int(competent),
            "expected": round(1000 * expected / decided),
        }
        for body, (decided, competent, expected) in found.items()
        if decided >= least
    }


def _load(window: Window, candidates: Collection[Tally], bodies: Bodies) -> Measures:
    """Return the candidates and the days on which an assessor had some, each assessor for itself."""
    body = "session__organisation"
    day_of_assessor = Func(
        "assessor", "session__held_on", function="ROW", output_field=IntegerField()
    )
    rows = SessionAssignment.objects.filter(
        session__held_on__gt=window.recent,
        session__held_on__lte=window.on,
        candidates__state__in=ASSESSED,
    )
    counts = (
        _of(rows, body, bodies)
        .order_by()
        .values_list(body)
        .annotate(days=Count(day_of_assessor, distinct=True))
    )
    assessed_now: dict[int, int] = {}
    for one in candidates:
        assessed_now[one.body] = assessed_now.get(one.body, 0) + one.now
    return {key: {"candidates": assessed_now[key], "days": days} for key, days in counts}


def _misprints(window: Window, bodies: Bodies) -> Measures:
    issued = Certificate.objects.filter(
        replaces=None, issued_on__gt=window.since, issued_on__lte=window.on
    )
    certificates = _counted(_of(issued, "organisation", bodies), "organisation")
    body = "certificate__organisation"
    replaced = Replacement.objects.filter(
        reason=Replacement.Reason.MISPRINT,
        state=Replacement.State.APPROVED,
        pk__in=_events("certificates.replacement", "approve", window),
    )
    misprints = _counted(_of(replaced, body, bodies), body)
    least = LEAST_CANDIDATES.on(window.on)
    return {
        key: {"misprints": count, "certificates": certificates[key]}
        for key, count in misprints.items()
        if certificates.get(key, 0) >= least
    }


def _deadlines(window: Window, bodies: Bodies) -> Measures:
    """Return the last days that went by while it was the body's turn."""
    missed = Task.objects.filter(
        Q(closed_at__date__gt=F("due_on")) | Q(closed_at=None),
        organisation_id__isnull=False,
        due_on__gt=window.since,
        due_on__lt=window.on,
    )
    months = WINDOW_MONTHS.on(window.on)
    return {
        key: {"missed": count, "months": months}
        for key, count in _counted(
            _of(missed, "organisation_id", bodies), "organisation_id"
        ).items()
    }


def _counted(rows: QuerySet[Any], body: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(body).annotate(total=Count("pk")))
