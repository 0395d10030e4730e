"""What an event changed, in the reader's words: labels for names, dates and choices for codes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

if TYPE_CHECKING:
    from mumpuni.kernel.models import Event, Record
    from mumpuni.kernel.workflow import Text

NOT_TEXT = (models.BooleanField, models.DateField, models.DecimalField, models.IntegerField)


@dataclass(frozen=True)
class Change:
    """One thing that was changed; its values are what a page can show."""

    label: Text
    before: object
    after: object


def changes_of(event: Event, kind: type[Record]) -> list[Change]:
    """Return what an event changed of a kind of record."""
    return [_change(_called(kind, name), change) for name, change in event.changes.items()]


def unread_changes_of(event: Event) -> list[Change]:
    """Return what an event changed as it was written; for kinds that are no more."""
    return [_change(name, change) for name, change in event.changes.items()]


def _called(kind: type[Record], name: str) -> models.Field[Any, Any] | Text:
    if name in kind.CHANGES:
        return kind.CHANGES[name]
    try:
        found = kind._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return found if isinstance(found, models.Field) else name


def _change(called: models.Field[Any, Any] | Text, change: Any) -> Change:
    match change:
        case [before, after]:
            pass
        case _:
            before, after = "", json.dumps(change, ensure_ascii=False)
    if not isinstance(called, models.Field):
        return Change(called, before, after)
    return Change(called.verbose_name, _value(called, before), _value(called, after))


def _value(field: models.Field[Any, Any], written: Any) -> object:
    """Read a value back from how the trail wrote it."""
    if written == "" or not isinstance(written, str):
        return written
    try:
        value = field.to_python(written) if isinstance(field, NOT_TEXT) else written
    except ValidationError:
        return written
    return dict(field.flatchoices).get(value, value)
