"""Work after the step: how risky a body is follows from what happens to it."""

from __future__ import annotations

from django.utils import timezone

from mumpuni.kernel.jobs import job
from mumpuni.surveillance import actions
from mumpuni.surveillance.queries.subjects import body_of_event


@job()
def assess_risks(timestamp: int) -> None:
    """Work out every night how all bodies stand."""
    actions.assess(timezone.localdate())


@job()
def assess_body(event_id: int) -> None:
    """Work out anew how the body stands to which something happened."""
    body = body_of_event(event_id)
    if body is not None:
        actions.assess(timezone.localdate(), [body])
