"""What waits for a person: one line per kind of work they may do, with a count and a link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from mumpuni.access.person import Person
from mumpuni.access.roles import Permission as P


@dataclass(frozen=True)
class Work:
    """A kind of work: who does it, what is counted, and the list it opens."""

    permission: P
    label: Promise
    rows: Callable[[Person], QuerySet[Any]]
    url_name: str
    query: str = ""


@dataclass(frozen=True)
class Waiting:
    """How much of one kind waits for a person."""

    label: Promise
    count: int
    url: str


WORK: tuple[Work, ...] = ()


def desk_of(person: Person) -> list[Waiting]:
    """Return what waits for a person, one query per kind of work."""
    return [
        Waiting(work.label, work.rows(person).count(), reverse(work.url_name) + work.query)
        for work in WORK
        if person.holds(work.permission)
    ]
