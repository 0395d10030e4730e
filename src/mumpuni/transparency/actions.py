"""Append what happened, publish it in order, and look whether it is still there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from mumpuni.kernel.copying import copy_rows
from mumpuni.kernel.errors import Refused
from mumpuni.transparency import checks, queries, tiles
from mumpuni.transparency.entries import Entry
from mumpuni.transparency.keys import first_key, held
from mumpuni.transparency.models import Checkpoint, Leaf, LogKey, SelfCheck, Tile
from mumpuni.transparency.notes import Checkpoint as Head
from mumpuni.transparency.notes import Note, SigningKey
from mumpuni.transparency.tree import leaf_hash, root

log = structlog.get_logger("mumpuni.transparency")

# so many leaves are compared once a minute in which something is signed, all by `self_check`
TAIL = 16 * tiles.WIDTH
MOST_TOLD = 1000
ONE_AT_A_TIME = 0x6C6F67  # the number of the lock: "log"
# `width_bucket` finds a leaf among those that wait, in order; a join could be planned badly right
# after a bulk of rows that no statistics know of
NUMBER_PENDING = """
UPDATE transparency_leaf
SET at = %s, index = %s - 1 + width_bucket(
    id, (SELECT array_agg(id ORDER BY id) FROM transparency_leaf WHERE index IS NULL)
)
WHERE index IS NULL
RETURNING index, action, commitment
"""


class Deed(NamedTuple):
    """What is to be told by the log, and whom it concerns, which is not told."""

    action: Leaf.Action
    commitment: bytes
    subject: str
    subject_id: int


class LogDamaged(Refused):
    """What is kept is not what was published; nothing is signed until that is mended."""

    def __init__(self, findings: Sequence[str]) -> None:
        told = "; ".join(findings[:5])
        message = _("Log tidak ditandatangani: isinya bukan lagi yang pernah diterbitkan. %s")
        super().__init__(message % told, code="T-02")


class WrongKey(Refused):
    """This host has not the key that signed so far."""

    def __init__(self, expected: str) -> None:
        message = _("Kunci log %(expected)s tidak ada di mesin ini.")
        super().__init__(message % {"expected": expected}, code="T-02")


def append(deeds: Iterable[Deed]) -> None:
    """Let the log tell what happened once this transaction commits; see `jobs.publish_soon`."""
    copy_rows(Leaf, Deed._fields, deeds)


def publish(at: datetime) -> Checkpoint | None:
    """Give the leaves that wait their places, and sign the new head; return the newest head.

    Whoever else publishes waits. Where nothing waits, nothing is signed.

    Raises:
        LogDamaged: leaves, tiles and the last head do not fit each other any more.
        WrongKey: the key that signed the last head is not here.
    """
    with transaction.atomic(durable=True):
        wait_for_turn()
        last = queries.latest()
        if not Leaf.objects.filter(index=None).exists():
            return last
        _require_sound(last, at)
        size = last.size if last else 0
        # no clock that was set back makes the log's times run backwards (T-04)
        moment = (max(at, last.at) if last else at).replace(microsecond=0)
        entries = _number_pending(size, moment)
        _extend_tiles(size, entries)
        return _sign(_origin(last), size + len(entries), moment, last)


def wait_for_turn() -> None:
    """Let nobody else sign, nor change the keys, before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _require_sound(last: Checkpoint | None, at: datetime) -> None:
    size = last.size if last else 0
    begin = _first_to_compare(last, at) // tiles.WIDTH * tiles.WIDTH
    found = [one.what for one in checks.leaf_findings(begin, size)]
    if last:
        found += [one.what for one in checks.root_findings(last)]
    check = queries.latest_check()
    if check:
        found += [one["what"] for one in check.findings]
    if found:
        log.error("log_damaged", size=size, findings=found)
        raise LogDamaged(found)


def _first_to_compare(last: Checkpoint | None, at: datetime) -> int:
    """Return where the tail begins, or in the minute of the last head what that one added."""
    if last is None:
        return 0
    tail = max(0, last.size - TAIL)
    if _minute(last.at) != _minute(at):
        return tail
    before = queries.head_before(last)
    return max(tail, before.size if before else 0)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _number_pending(size: int, at: datetime) -> list[Entry]:
    with connection.cursor() as cursor:
        cursor.execute(NUMBER_PENDING, [at, size])
        return [Entry(action, at, bytes(told)) for _i, action, told in sorted(cursor.fetchall())]


def _extend_tiles(size: int, entries: Sequence[Entry]) -> None:
    def stored(level: int, number: int) -> bytes:
        width = tiles.width_of(level, number, size)
        return queries.tile_bytes(tiles.TileName(level, number, width))

    changed = tiles.extend(size, [leaf_hash(entry.line) for entry in entries], stored)
    rows = []
    for (level, number), data in changed.items():
        if tiles.width_of(level, number, size):
            Tile.objects.filter(level=level, number=number).update(data=data)
        else:
            rows.append((level, number, data))
    copy_rows(Tile, ["level", "number", "data"], rows)


def _origin(last: Checkpoint | None) -> str:
    """Return the name of the log, which it keeps from its first head on."""
    return Head.parse(Note.parse(last.note.encode()).text).origin if last else settings.LOG_ORIGIN


def _sign(origin: str, size: int, at: datetime, last: Checkpoint | None) -> Checkpoint:
    signing = _keys_in_use(origin, at, last)
    head = Head(origin, size, root(size, queries.node_of(size)))
    note = Note(head.text, tuple(key.sign(head.text) for key in signing))
    return Checkpoint.objects.create(
        size=size, root=head.root, note=str(note), key=str(signing[-1].verifier), at=at
    )


def _keys_in_use(origin: str, at: datetime, last: Checkpoint | None) -> list[SigningKey]:
    """Return the keys that sign now, of which one signed the last head; begin with a first one."""
    if last is None:
        key = first_key(origin)
        LogKey.objects.get_or_create(verifier=str(key.verifier), defaults={"since": at})
    in_use = [one.verifier for one in queries.keys_in_use()]
    here = held(origin)
    for verifier in in_use:
        if verifier not in here:
            raise WrongKey(verifier)
    if last and last.key not in in_use:
        raise WrongKey(last.key)
    return [here[verifier] for verifier in in_use]


def self_check(at: datetime) -> SelfCheck:
    """Compare all that is kept with all that was published, and keep what was found.

    As long as the last check found something, nothing is signed (T-02).
    """
    last = queries.latest()
    found = checks.findings_of(last) if last else list(checks.leaf_findings(0, 0))
    told = [finding.as_json() for finding in found[:MOST_TOLD]]
    for finding in told:
        log.error("log_finding", **finding)
    return SelfCheck.objects.create(at=at, size=last.size if last else 0, findings=told)
