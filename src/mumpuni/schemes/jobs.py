"""What is done after a step."""

from __future__ import annotations

from django.utils import timezone

from mumpuni.access.person import SYSTEM
from mumpuni.kernel.jobs import job
from mumpuni.kernel.models import Event
from mumpuni.kernel.workflow import perform_all
from mumpuni.schemes import queries
from mumpuni.schemes.models import SchemeTransition


@job()
def number_waiting_schemes(event_id: int) -> None:
    """Number the schemes that were verified before their owner had a code."""
    perform_all(queries.versions_to_number(), "number", SYSTEM, at=timezone.now())


@job()
def cancel_transitions(event_id: int) -> None:
    """End what bodies were doing about a change that was withdrawn."""
    event = Event.objects.get(pk=event_id)
    under_way = SchemeTransition.objects.filter(
        change=event.subject_id, state__in=SchemeTransition.UNDER_WAY
    )
    perform_all(under_way, "cancel", SYSTEM, at=timezone.now())
