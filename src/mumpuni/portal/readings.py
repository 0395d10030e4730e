"""What only the pages here read: values of policies, the audit trail, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from mumpuni.access.models import Organisation
from mumpuni.access.person import Person
from mumpuni.access.roles import Permission
from mumpuni.assessment.models import Session
from mumpuni.assessment.queries import sessions, sessions_counted
from mumpuni.kernel.finding import having
from mumpuni.kernel.models import Event, PolicyValue
from mumpuni.kernel.policy import Policy
from mumpuni.licensing.models import Licence
from mumpuni.licensing.queries import licences
from mumpuni.reference.models import Region

COMING: Final = 5
RENEWAL: Final = timedelta(days=180)


@dataclass(frozen=True)
class PolicyLine:
    """A policy as it stands today: its value, where that comes from, and what comes next."""

    policy: Policy
    value: int
    source: str
    since: date | None
    coming: PolicyValue | None


def sees_policies(person: Person) -> bool:
    """Tell whether the person may read the policies: whoever sets or audits them."""
    return person.holds(Permission.POLICY_SET) or person.holds(Permission.AUDIT_VIEW)


def policy_values(person: Person) -> QuerySet[PolicyValue]:
    """Return all values ever set, newest first."""
    rows = PolicyValue.objects.order_by("name", "-valid_from", "-pk")
    return rows if sees_policies(person) else rows.none()


def policy_lines(person: Person, on: date) -> list[PolicyLine]:
    """Return every policy by name as it stands on a day; one query."""
    rows: dict[str, list[PolicyValue]] = {}
    for row in policy_values(person).filter(state=PolicyValue.State.SET):
        rows.setdefault(row.name, []).append(row)
    return [
        _line(policy, rows.get(name, []), on) for name, policy in sorted(Policy.registered.items())
    ]


def policy_line(person: Person, policy: Policy, on: date) -> PolicyLine:
    """Return one policy as it stands on a day; one query."""
    rows = policy_values(person).filter(name=policy.name, state=PolicyValue.State.SET)
    return _line(policy, list(rows), on)


def _line(policy: Policy, newest_first: list[PolicyValue], on: date) -> PolicyLine:
    held = next((row for row in newest_first if row.valid_from <= on), None)
    coming = next((row for row in reversed(newest_first) if row.valid_from > on), None)
    if held is None:
        return PolicyLine(policy, policy.default, policy.source, None, coming)
    return PolicyLine(policy, held.value, held.source, held.valid_from, coming)


def events(person: Person) -> QuerySet[Event]:
    """Return the whole audit trail to whoever audits, nothing to others."""
    name = Organisation.objects.filter(pk=OuterRef("organisation_id")).values("name")
    rows = Event.objects.annotate(organisation_name=Subquery(name))
    return rows if person.holds(Permission.AUDIT_VIEW) else rows.none()


def events_by(rows: QuerySet[Event], text: str) -> QuerySet[Event]:
    """Keep what was done by those whose name, as it was then, has every word."""
    return rows.filter(having("actor_name", text))


def sessions_to_start(person: Person) -> QuerySet[Session]:
    """Return open sessions whose day has come."""
    return sessions(person).filter(state=Session.State.OPEN, held_on__lte=timezone.localdate())


def coming_sessions(person: Person) -> QuerySet[Session]:
    """Return the next sessions that are not over, the nearest first."""
    return (
        sessions_counted(person)
        .exclude(state__in=[Session.State.CLOSED, Session.State.CANCELLED])
        .order_by("held_on", "pk")[:COMING]
    )


def ending_licences(person: Person) -> QuerySet[Licence]:
    """Return the licences that end within the half year in which a renewal is prepared."""
    today = timezone.localdate()
    return licences(person).filter(Q(valid_until__range=(today, today + RENEWAL)))


def regencies() -> QuerySet[Region]:
    """Return today's regencies and cities with their provinces, by code."""
    return Region.objects.filter(
        level=Region.Level.REGENCY, current=True, parent__isnull=False
    ).select_related("parent")
