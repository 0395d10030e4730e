"""Reading programmes: what is planned, what came of it, what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Q, QuerySet, Value

from mumpuni.kernel.counting import count_of
from mumpuni.licensing.models import Licence, Status
from mumpuni.licensing.queries import public_licences
from mumpuni.surveillance.models import PlannedVisit, Programme, RiskScore
from mumpuni.surveillance.queries import risks
from mumpuni.surveillance.queries.risk import UNSETTLED
from mumpuni.visits.models import Finding, Visit

if TYPE_CHECKING:
    from mumpuni.access.person import Person

V = Visit.State
# an entry stands as its visit does
WAITING = Q(dropped_because="") & (Q(visit=None) | Q(visit__state=V.CANCELLED))
UNDER_WAY = Q(visit__state__in=[V.PLANNED, V.ASSIGNED, V.RUNNING])
REPORTED = Q(visit__state=V.REPORTED)
DROPPED = ~Q(dropped_because="")


def programmes(person: Person) -> QuerySet[Programme]:
    """Return the programmes a person may see, with how many visits are left and done."""
    return Programme.objects.visible_to(person).annotate(
        entry_count=Count("entries", filter=Q(entries__dropped_because="")),
        reported_count=Count("entries", filter=Q(entries__visit__state=V.REPORTED)),
    )


def programme_in_full(person: Person) -> QuerySet[Programme]:
    """Return the same with all that the steps read; three more queries."""
    return programmes(person).prefetch_related(*Programme.workflow.prefetches)


def entries(programme: Programme, *, plannable: bool = False) -> QuerySet[PlannedVisit]:
    """Return the bodies in a programme with their visits, and how many findings came of them.

    `plannable` says whether the reader may plan what is still to be planned.
    """
    found = Finding.objects.raised().filter(visit=OuterRef("visit"))
    return (
        PlannedVisit.objects.filter(programme=programme)
        .select_related("licence__organisation__region", "visit")
        .annotate(
            finding_count=count_of(found),
            unsettled_count=count_of(found.filter(state__in=UNSETTLED)),
            year=Value(programme.year),
            plannable=Value(plannable),
            starts_on=F("visit__starts_on"),
        )
    )


def progress(programme: Programme) -> dict[str, int]:
    """Return how many entries of a programme stand where; one query."""
    counts: dict[str, int] = PlannedVisit.objects.filter(programme=programme).aggregate(
        waiting=Count("pk", filter=WAITING),
        under_way=Count("pk", filter=UNDER_WAY),
        reported=Count("pk", filter=REPORTED),
        dropped=Count("pk", filter=DROPPED),
    )
    return counts


def to_add(programme: Programme, text: str) -> QuerySet[Licence]:
    """Return the licences of bodies so called that are watched and not in a programme yet."""
    found = public_licences().filter(Q(status=Status.ACTIVE) | Q(status=Status.FROZEN))
    found = found.exclude(pk__in=programme.entries.values("licence"))
    if not text:
        return found.none()
    return found.filter(Q(organisation__name__icontains=text) | Q(number=text))


def likely(programme: Programme, person: Person) -> list[RiskScore]:
    """Return the bodies that the budget of a draft would reach today; one query."""
    return list(risks(person).order_by("-score", "pk")[: programme.budget])
