"""Reading the audit trail and progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from mumpuni.kernel.models import Event, Progress, Record
from mumpuni.kernel.workflow import LABELS, Text


@dataclass(frozen=True)
class HistoryLine:
    """An event as a page shows it, in the reader's language."""

    event: Event
    label: Text
    state: Text


def history(record: Record) -> list[HistoryLine]:
    """Return what happened to a record, newest first; one query."""
    labels = {**LABELS, **{step.name: step.label for step in record.workflow.steps}}
    states = dict(record._meta.get_field("state").flatchoices)
    return [
        HistoryLine(
            event, labels.get(event.step, event.label), states.get(event.after, event.after)
        )
        for event in events_of(record)
    ]


def events_of(record: Record) -> QuerySet[Event]:
    """Return the events of a record, newest first."""
    return Event.objects.filter(subject=record.subject, subject_id=record.pk).order_by("-at", "-pk")


def progress_of(record: Record) -> Progress | None:
    """Return the newest long work on a record, if there is any; one query."""
    return (
        Progress.objects.filter(subject=record.subject, subject_id=record.pk)
        .order_by("-pk")
        .first()
    )


def latest_steps(records: Sequence[Record], step: str) -> dict[int, Event]:
    """Return the newest event of a step for each record of one kind; one query."""
    if not records:
        return {}
    events = Event.objects.filter(
        subject=records[0].subject, subject_id__in=[record.pk for record in records], step=step
    )
    return {event.subject_id: event for event in events.order_by("at", "pk")}
