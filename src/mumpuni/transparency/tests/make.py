"""Deeds for the log, and a hand that reaches past its locks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection

from mumpuni.transparency import actions
from mumpuni.transparency.entries import commitment
from mumpuni.transparency.models import Checkpoint, Leaf

TABLES = ("transparency_leaf", "transparency_tile", "transparency_checkpoint")
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)


def deeds(count: int, first: int = 0) -> Iterator[actions.Deed]:
    for number in range(first, first + count):
        told = commitment("issue", f"SECRET{number}", b"digest of a credential")
        yield actions.Deed(Leaf.Action.ISSUE, told, "example.thing", number)


def publish(count: int, *, minutes: int = 0) -> Checkpoint:
    """Append some deeds and publish them."""
    actions.append(deeds(count))
    published = actions.publish(NOON + timedelta(minutes=minutes))
    assert published is not None
    return published


def tamper(statement: str, *given: str) -> None:
    """Change what is kept by SQL, as only the owner of the database can: with the locks off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, given or None)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
