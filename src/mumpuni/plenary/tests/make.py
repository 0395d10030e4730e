"""Meetings and votes for tests, made by the real steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from mumpuni.access.models import User
from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.models import Record
from mumpuni.kernel.time import legal_day
from mumpuni.kernel.workflow import perform
from mumpuni.plenary import actions
from mumpuni.plenary.models import QUESTIONS, AgendaItem, Ballot, Meeting

SITTING = ("Arum Pleno", "Bayu Pleno", "Candra Pleno")
LONG_AGO = date(2000, 1, 1)
NOON = datetime(2026, 6, 1, 5, tzinfo=UTC)
DAY = date(2026, 6, 1)


def secretary() -> Person:
    """Make somebody who keeps agenda and count."""
    return access.person(Role.LICENSING_OFFICER, of=access.authority())


def voter(name: str = "") -> User:
    """Make somebody who may be given a seat."""
    return access.member(Role.PLENARY_MEMBER, name=name)


def acting(user: User) -> Person:
    """Return a voter as an actor."""
    return access.person(Role.PLENARY_MEMBER, of=access.authority(), by=user)


def planned(members: Sequence[User] = (), at: datetime = NOON, **changed: Any) -> Meeting:
    """Plan a meeting, with three members unless some are given; the first one leads it."""
    seated = list(members) or [voter() for _ in range(3)]
    values: dict[str, Any] = {"held_on": legal_day(at), "place": "Jakarta", "chair": seated[0]}
    meeting = Meeting(**values | changed)
    return actions.plan(meeting, [user.pk for user in seated], secretary(), at=at)


def everybody_comes(meeting: Meeting, at: datetime = NOON) -> None:
    """Let all members be there."""
    users = [member.user_id for member in meeting.members.all()]
    actions.mark_present(meeting, users, secretary(), at=at)


def opened(members: Sequence[User] = (), at: datetime = NOON, **changed: Any) -> Meeting:
    """Make a meeting that is going on, all members there."""
    meeting = planned(members, at, **changed)
    everybody_comes(meeting, at)
    perform(meeting, "open", secretary(), at=at)
    return meeting


def listed(record: Record, question: str, meeting: Meeting, at: datetime = NOON) -> AgendaItem:
    """Put a record on an agenda."""
    concerned = QUESTIONS[record.subject, question].of(record)
    return actions.list_item(record, question, concerned, meeting, secretary(), at=at)


def vote(item: AgendaItem, *choices: str, at: datetime = NOON) -> None:
    """Let the members vote in the order of their seats."""
    seats = item.meeting.members.order_by("pk")
    for member, choice in zip(seats, choices, strict=False):
        actions.cast(item, choice, "", acting(member.user), at=at)


def carried(record: Record, question: str, at: datetime = NOON) -> AgendaItem:
    """Let a meeting vote for a record."""
    return _decided(record, question, Ballot.Choice.YES, at)


def rejected(record: Record, question: str, at: datetime = NOON) -> AgendaItem:
    """Let a meeting vote against a record."""
    return _decided(record, question, Ballot.Choice.NO, at)


def _decided(record: Record, question: str, choice: str, at: datetime) -> AgendaItem:
    kind = QUESTIONS[record.subject, question].by
    meeting = opened(_sitting(), at, kind=kind)
    item = listed(record, question, meeting, at)
    vote(item, *[choice] * len(SITTING), at=at)
    perform(item, "decide", secretary(), at=at)
    perform(meeting, "close", secretary(), at=at)
    return item


def _sitting() -> list[User]:
    """Return those who sit in every meeting that others need, made at the first call."""
    known = User.objects.filter(name__in=SITTING).order_by("name")
    if not known:
        for name in SITTING:
            voter(name).memberships.update(valid_from=LONG_AGO)
    return [*known.all()]
