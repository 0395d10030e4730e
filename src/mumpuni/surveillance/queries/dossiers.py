"""How a body fared from a day to a day: counted from the records, as plain values to be kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, ExtractYear, TruncDate
from django.utils.translation import gettext_lazy as _

from mumpuni.assessment.models import Candidate, Session
from mumpuni.certificates.models import Certificate, MisuseReport, Replacement
from mumpuni.kernel.models import Event, Task
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.time import add_months
from mumpuni.kernel.workflow import BEGIN
from mumpuni.licensing.models import Licence
from mumpuni.surveillance.models import Dossier
from mumpuni.surveillance.models.dossiers import BY_YEAR, Performance
from mumpuni.surveillance.models.signals import DESIGN
from mumpuni.surveillance.queries.risk import ASSESSED, UNSETTLED, numbers_of
from mumpuni.visits.models import Finding, Kind, Visit
from mumpuni.visits.models.findings import UNTOLD

if TYPE_CHECKING:
    from mumpuni.access.person import Person

DOSSIER_MONTHS: Final = Policy(
    name="surveillance.dossier_months",
    label=_("Masa yang dicakup dosier kinerja"),
    unit=_("bulan"),
    default=60,
    source=DESIGN,
)
HELD: Final = (Session.State.RUNNING, Session.State.PLENARY, Session.State.CLOSED)
WATCHING: Final = (Kind.SURVEILLANCE, Kind.RECHECK)


def dossiers(person: Person) -> QuerySet[Dossier]:
    """Return the dossiers one may see: of all bodies, or of one's own."""
    return Dossier.objects.visible_to(person).select_related("licence__organisation", "application")


def licences(person: Person) -> QuerySet[Licence]:
    """Return the licences of which one may see how the bodies fare."""
    return Licence.objects.visible_to(person).select_related("organisation")


def period(on: date) -> tuple[date, date]:
    """Return the first and the last day of what a dossier made on a day covers."""
    return date.fromordinal(add_months(on, -DOSSIER_MONTHS.on(on)).toordinal() + 1), on


def performance(body: int, first: date, last: date) -> Performance:
    """Return how a body fared from a day to a day, both included; seven queries."""
    counts = _counts(body, first, last)
    return {
        "years": [
            {"year": year, **{name: counts.get((name, str(year)), 0) for name in BY_YEAR}}
            for year in range(first.year, last.year + 1)
        ],
        "replacements": {
            reason: counts.get(("replacements", reason), 0) for reason in Replacement.Reason.values
        },
        "revocations": counts.get(("revocations", ""), 0),
        "findings": _findings(body, first, last),
        "reports": _reports(body, first, last),
        "visits": _visits(body, first, last),
        "deadlines": _deadlines(body, first, last),
    }


def _counts(body: int, first: date, last: date) -> dict[tuple[str, str], int]:
    """Return what is counted by year, by reason, or as a whole; one query."""
    sessions = Session.objects.filter(
        organisation=body, held_on__range=(first, last), state__in=HELD
    )
    candidates = Candidate.objects.filter(
        session__organisation=body, session__held_on__range=(first, last), state__in=ASSESSED
    )
    competent = candidates.filter(state=Candidate.State.COMPETENT)
    not_yet = candidates.filter(state=Candidate.State.NOT_YET_COMPETENT)
    own = Certificate.objects.filter(organisation=body)
    issued = own.filter(issued_on__range=(first, last), replaces=None)
    approved = _during("certificates.replacement", "approve", first, last)
    replaced = Replacement.objects.filter(
        certificate__organisation=body, pk__in=approved.values("subject_id")
    )
    revoked = own.filter(
        Exists(
            _during("certificates.certificate", "revoke", first, last).filter(
                subject_id=OuterRef("pk")
            )
        )
    )
    tested = ExtractYear("session__held_on")
    return _union(
        _counted("sessions", sessions, ExtractYear("held_on")),
        _counted("candidates", candidates, tested),
        _counted("competent", competent, tested),
        _counted("not_yet", not_yet, tested),
        _counted("certificates", issued, ExtractYear("issued_on")),
        _counted("replacements", replaced, F("reason")),
        _counted("revocations", revoked, Value("")),
    )


def _counted(name: str, rows: QuerySet[Any], by: Any) -> QuerySet[Any, Any]:
    counted: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(what=Value(name, CharField()), by=Cast(by, CharField()))
        .values("what", "by")
        .annotate(total=Count("pk"))
        .values_list("what", "by", "total")
    )
    return counted


def _union(first: QuerySet[Any], *others: QuerySet[Any]) -> dict[tuple[str, str], int]:
    return {(what, by): total for what, by, total in first.union(*others, all=True)}


def _during(subject: str, step: str, first: date, last: date) -> QuerySet[Event]:
    return Event.objects.filter(subject=subject, step=step, at__date__range=(first, last))


def _findings(body: int, first: date, last: date) -> list[dict[str, Any]]:
    """Return by grade how many findings the body was told of, and how long it took to close them."""
    rows = list(
        Finding.objects.raised()
        .filter(visit__organisation=body, visit__reported_on__range=(first, last))
        .values_list("pk", "grade", "state", "visit__reported_on")
    )
    closings = Event.objects.filter(
        subject="visits.finding",
        subject_id__in=[pk for pk, *_others in rows],
        after=Finding.State.CLOSED,
        at__date__lte=last,
    )
    closed_on = dict(closings.values_list("subject_id", TruncDate("at")))
    found = []
    for grade in Finding.Grade.values:
        of_grade = [row for row in rows if row[1] == grade]
        days = [
            (closed_on[pk] - told).days for pk, _grade, _state, told in of_grade if pk in closed_on
        ]
        found.append(
            {
                "grade": grade,
                "raised": len(of_grade),
                "closed": len(days),
                "unsettled": sum(state in UNSETTLED for _pk, _grade, state, _told in of_grade),
                "mean_days": round(sum(days) / len(days)) if days else None,
            }
        )
    return found


def _reports(body: int, first: date, last: date) -> dict[str, int]:
    """Return the reports of misuse about certificates of the body, by what became of them."""
    begun = _during("certificates.misusereport", BEGIN, first, last)
    reports = MisuseReport.objects.filter(pk__in=begun.values("subject_id"))
    read = [
        (state, number)
        for state, typed in reports.values_list("state", "claimed_number")
        for number in numbers_of([typed])
    ]
    own = Certificate.objects.filter(organisation=body)
    known = {number for _state, number in read}
    numbered = own.filter(Q(number__in=known) | Q(registration_number__in=known))
    concerned = {
        one for pair in numbered.values_list("number", "registration_number") for one in pair
    }
    counts = dict.fromkeys(MisuseReport.State.values, 0)
    for state, number in read:
        counts[state] += number in concerned
    return counts


def _visits(body: int, first: date, last: date) -> list[dict[str, Any]]:
    rows: QuerySet[Any] = (
        Visit.objects.filter(
            organisation=body,
            kind__in=WATCHING,
            state=Visit.State.REPORTED,
            reported_on__range=(first, last),
        )
        .annotate(told=Count("findings", filter=~Q(findings__state__in=UNTOLD)))
        .order_by("ends_on", "pk")
    )
    return [
        {
            "kind": visit.kind,
            "on": visit.ends_on.isoformat(),
            "recommendation": visit.recommendation,
            "findings": visit.told,
        }
        for visit in rows
    ]


def _deadlines(body: int, first: date, last: date) -> dict[str, int]:
    """Return how often the body did in time what it was its turn to do."""
    tasks = Task.objects.filter(organisation_id=body, due_on__range=(first, last))
    in_time = Q(closed_at__date__lte=F("due_on"))
    late = Q(closed_at__date__gt=F("due_on")) | Q(closed_at=None, due_on__lt=last)
    return tasks.aggregate(
        met=Count("pk", filter=in_time),
        missed=Count("pk", filter=late),
    )
