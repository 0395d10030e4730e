"""What time does to licences."""

from __future__ import annotations

from django.utils import timezone

from mumpuni.kernel.jobs import enqueue, job
from mumpuni.licensing import actions


@job()
def remind_of_ending_licences(timestamp: int) -> None:
    """Find the licences that end soon and queue a reminder for each."""
    for licence_id, days in actions.to_remind(timezone.localdate()):
        enqueue(remind_of_ending_licence, licence_id=licence_id, days=days)


@job()
def remind_of_ending_licence(licence_id: int, days: int) -> None:
    """Mail a body's administrators that its licence ends; run again, nobody is mailed twice."""
    actions.remind(licence_id, days, at=timezone.now())
