"""What time does to tasks."""

from __future__ import annotations

from django.utils import timezone

from mumpuni.casework import actions
from mumpuni.kernel.jobs import job


@job()
def lapse_tasks(timestamp: int) -> None:
    """Take the step that follows where time is over."""
    actions.lapse(timezone.now(), timezone.localdate())


@job()
def remind_of_tasks(timestamp: int) -> None:
    """Mail those whose turn it is before time is over."""
    actions.remind(timezone.localdate())
