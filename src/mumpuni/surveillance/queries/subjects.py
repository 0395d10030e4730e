"""Whom an event concerns."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from mumpuni.certificates.models import MisuseReport
from mumpuni.kernel.models import Event
from mumpuni.surveillance.queries.risk import bodies_of_numbers
from mumpuni.visits.models import Finding


def body_of_event(event_id: int) -> int | None:
    """Return the key of the body whose record an event is about, if it is about one's."""
    event = Event.objects.get(pk=event_id)
    kind: Any = apps.get_model(event.subject)
    record = kind._base_manager.get(pk=event.subject_id)
    match record:
        case Finding():
            return record.visit.organisation_id
        case MisuseReport():
            return next(iter(bodies_of_numbers([record.claimed_number])), None)
        case _:
            key: int = record.organisation_id
            return key
