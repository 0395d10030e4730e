"""Reading the audit trail and progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from mumpuni.kernel.changes import Change, changes_of, unread_changes_of
from mumpuni.kernel.models import Event, Progress, Record
from mumpuni.kernel.workflow import AMEND, LABELS, Text


@dataclass(frozen=True)
class HistoryLine:
    """An event as a page shows it, in the reader's language: what was done, and its states."""

    event: Event
    label: Text
    state: Text
    before: Text = ""
    changes: Sequence[Change] = ()

    @property
    def moved(self) -> bool:
        """Whether the event brought the record into its state."""
        return self.event.step != AMEND


def history(record: Record) -> list[HistoryLine]:
    """Return what happened to a record, newest first; one query."""
    return [line_of(event) for event in events_of(record)]


def line_of(event: Event) -> HistoryLine:
    """Return an event in the reader's words, or as it was written where its kind is no more."""
    try:
        kind: Any = apps.get_model(event.subject)
    except LookupError:
        written = unread_changes_of(event)
        return HistoryLine(event, event.label, event.after, event.before, written)
    labels = {**LABELS, **{step.name: step.label for step in kind.workflow.steps}}
    states = dict(kind.State.choices)
    return HistoryLine(
        event,
        labels.get(event.step, event.label),
        states.get(event.after, event.after),
        states.get(event.before, event.before),
        changes_of(event, kind),
    )


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
