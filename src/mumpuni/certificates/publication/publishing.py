"""The static tree: everything verifiers read, in files that anybody can serve, copy and audit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import chain

import orjson
from django.core.files.storage import Storage
from django.db import connection, transaction

from mumpuni.certificates.publication import bodies, credentials, lists, places
from mumpuni.certificates.publication.files import BYTES, JSON, TEXT, File, NotPublished, Renewed
from mumpuni.transparency import queries, witnesses

STATE = ".publication.json"
HEAD = "checkpoint"
ONE_AT_A_TIME = 0x707562  # the number of the lock: "pub"
TOLD_EVERY = 5_000

type Tell = Callable[[str], None]


class Busy(Exception):
    """Somebody else publishes at the moment."""


class AheadOfUs(Exception):
    """The tree tells of a longer log than ours: one of both is not what it should be."""


@dataclass(frozen=True)
class State:
    """How far a tree is: its head of the log, and which versions it holds of files that change."""

    size: int = 0
    witnessed: int = 0
    note: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Published:
    """How many files were written, and which certificates could not be."""

    files: int = 0
    damage: list[str] = field(default_factory=list)


def publish(
    place: Storage, at: datetime, tell: Tell, *, full: bool = False, wait: bool = True
) -> Published:
    """Write what changed since the last time, or all of it, as it is at one instant.

    Raises:
        Busy: somebody else publishes, and nobody should wait.
        AheadOfUs: the tree tells of a longer log.
    """
    with suppress(NotPublished):
        bodies.authority_key(at)
    with _alone(wait=wait), _one_instant():
        before = State() if full else _read(place)
        return _Publication(place, before, tell).run(at)


class _Publication:
    """One publication. One that is interrupted is repeated by the next, for the state comes last."""

    def __init__(self, place: Storage, before: State, tell: Tell) -> None:
        self._place = place
        self._before = before
        self._tell = tell
        self._done = Published()

    def run(self, at: datetime) -> Published:
        """Write first what others refer to: keys, then the log, then proofs that lead to its head."""
        head, witnessed = queries.latest(), queries.latest_witnessed()
        size, seen = head.size if head else 0, witnessed.size if witnessed else 0
        note, before = queries.note_of(head) if head else "", self._before
        if size < before.size:
            raise AheadOfUs(f"the tree tells of {before.size} entries, the log of {size}")
        versions = self._write_renewed(at)
        if note != before.note:
            self._write_log()
        # a proof is written again once a witness has signed a head above it
        again = credentials.proven_between(before.witnessed, min(seen, before.size))
        self._write("proofs", again)
        issued = credentials.issued_between(before.size, size, self._done.damage)
        self._write("certificates", issued)
        after = State(size, seen, note, versions)
        if after != before:
            content = orjson.dumps(asdict(after), option=orjson.OPT_INDENT_2)
            self._write("state", [[File(STATE, content, JSON)]])
        return self._done

    def _write_renewed(self, at: datetime) -> dict[str, str]:
        now = list(_renewed(at))
        changed = (one for one in now if self._before.versions.get(one.path) != one.version)
        self._write("keys and lists", ([File(one.path, one.read(), one.kind)] for one in changed))
        return {one.path: one.version for one in now}

    def _write_log(self) -> None:
        """Write tiles, and the head, which is read last, when they are there."""
        heads: list[File] = []

        def tiles() -> Iterator[list[File]]:
            for path, data in queries.files_since(self._before.size):
                if path == HEAD:
                    heads.append(File(f"log/{path}", data, TEXT))
                else:
                    yield [File(f"log/{path}", data, BYTES)]

        self._write("log", tiles())
        self._write("head of the log", [heads])

    def _write(self, what: str, groups: Iterable[list[File]]) -> None:
        places.write(self._place, self._counted(what, groups))

    def _counted(self, what: str, groups: Iterable[list[File]]) -> Iterator[list[File]]:
        count = 0
        for count, files in enumerate(groups, 1):
            self._done.files += len(files)
            if count % TOLD_EVERY == 0:
                self._tell(f"{what}: {count}")
            yield files
        if count % TOLD_EVERY:
            self._tell(f"{what}: {count}")


def _renewed(at: datetime) -> Iterator[Renewed]:
    with suppress(queries.NotPublished):
        policy = witnesses.policy_file().encode()
        yield Renewed("log/policy", sha256(policy).hexdigest(), lambda: policy, TEXT)
    with suppress(NotPublished):
        yield from bodies.all_recognitions(at)
    yield bodies.registry_file(at)
    yield from chain(lists.context_files(), bodies.did_documents(), lists.status_lists())


def _read(place: Storage) -> State:
    if not place.exists(STATE):
        return State()
    with place.open(STATE) as file:
        return State(**orjson.loads(file.read()))


@contextmanager
def _alone(*, wait: bool) -> Iterator[None]:
    """Publish with nobody else beside."""
    lock = "pg_advisory_lock(%s), true" if wait else "true, pg_try_advisory_lock(%s)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}", [ONE_AT_A_TIME])
        if cursor.fetchall()[0][1] is not True:
            raise Busy
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


@contextmanager
def _one_instant() -> Iterator[None]:
    """Read everything as it was at one instant, whatever is issued meanwhile."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
