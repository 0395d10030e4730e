"""What may be put to a vote; the packages above say so through `config/apps.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from mumpuni.kernel.workflow import Text
from mumpuni.plenary.models.meetings import Meeting


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question about one kind of record, which waits for its vote in one state.

    `of` tells the organisation it concerns, whose members do not vote; `by` the meeting that decides.
    """

    kind: str
    name: str
    label: Text
    state: str
    of: Callable[[Any], int | None]
    by: Meeting.Kind = Meeting.Kind.PLENARY

    @property
    def model(self) -> Any:
        """The kind of record: an `OwnedRecord` with a page of its own."""
        return apps.get_model(self.kind)


QUESTIONS: dict[tuple[str, str], Question] = {}
"""By kind of record and name."""
