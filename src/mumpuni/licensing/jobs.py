"""What time does to licences."""

from __future__ import annotations

from django.utils import timezone

from mumpuni.kernel.jobs import enqueue, job
from mumpuni.kernel.models import Event
from mumpuni.licensing import actions, queries
from mumpuni.schemes import actions as schemes
from mumpuni.schemes.models import StandardChange


@job()
def remind_of_ending_licences(timestamp: int) -> None:
    """Find the licences that end soon and queue a reminder for each."""
    for licence_id, days in actions.to_remind(timezone.localdate()):
        enqueue(remind_of_ending_licence, licence_id=licence_id, days=days)


@job()
def remind_of_ending_licence(licence_id: int, days: int) -> None:
    """Mail a body's administrators that its licence ends; run again, nobody is mailed twice."""
    actions.remind(licence_id, days, at=timezone.now())


@job()
def begin_transitions(event_id: int) -> None:
    """Ask every body that certifies by a standard which ceases how it will move on."""
    event = Event.objects.get(pk=event_id)
    change = StandardChange.objects.told().filter(pk=event.subject_id).first()
    if change is not None:
        bodies = queries.bodies_using(change.standard, timezone.localdate())
        schemes.begin_transitions(change, bodies, at=timezone.now())
