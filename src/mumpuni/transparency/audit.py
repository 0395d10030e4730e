"""Check everything a log published, from the outside and with nothing but its keys."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPException
from itertools import batched, zip_longest
from pathlib import Path
from typing import Protocol

from mumpuni.transparency import proofs, tiles
from mumpuni.transparency.entries import Entry, commitment, commitment_of_key
from mumpuni.transparency.notes import Checkpoint, Malformed, Note, Unsigned, VerifierKey
from mumpuni.transparency.proofs import NotIncluded
from mumpuni.transparency.tiles import WIDTH, NoTile, TileName
from mumpuni.transparency.tree import HASH_BYTES, Frontier, complete_root, leaf_hash
from mumpuni.transparency.trust import TrustPolicy

SECONDS_TO_ANSWER = 30
AT_ONCE = 8
BUNDLES_AT_ONCE = 64
MOST_BYTES = 20_000_000
ISSUING = {"issue", "supersede"}
EARLIER = "the audit before"
CLOCKS_DIFFER = timedelta(minutes=5)


class CannotAudit(Exception):
    """The log could not be read, which says nothing about it."""


class NotThere(LookupError):
    """The log does not have what its head says it has."""


class Wrong(Exception):
    """The log is not what it says it is; nothing after it can be checked."""


class Source(Protocol):
    """Where a log is read from."""

    def read(self, path: str) -> bytes:
        """Return what is published at a path below the log.

        Raises:
            NotThere: nothing is.
            CannotAudit: it could not be asked.
        """


@dataclass(frozen=True)
class Folder:
    """A log that was written into a folder, or a copy of one."""

    place: Path

    def read(self, path: str) -> bytes:
        """Return a file."""
        try:
            return (self.place / path).read_bytes()
        except FileNotFoundError as error:
            raise NotThere(path) from error
        except OSError as error:
            raise CannotAudit(f"{path}: {error}") from error


@dataclass(frozen=True)
class Site:
    """A log at its address."""

    url: str

    def read(self, path: str) -> bytes:
        """Fetch a file."""
        url = f"{self.url.rstrip('/')}/{path}"
        try:
            with urllib.request.urlopen(url, timeout=SECONDS_TO_ANSWER) as answer:  # noqa: S310 - the auditor's own address
                return bytes(answer.read(MOST_BYTES))
        except urllib.error.HTTPError as refused:
            if refused.code == HTTPStatus.NOT_FOUND:
                raise NotThere(path) from refused
            raise CannotAudit(f"{url}: {refused}") from refused
        except (OSError, HTTPException, ValueError) as error:
            raise CannotAudit(f"{url}: {error}") from error


def source_at(place: str) -> Source:
    """Return the log at an address or in a folder, which may hold it as `log`."""
    if place.startswith(("https://", "http://")):
        return Site(place)
    folder = Path(place)
    return Folder(folder if (folder / "checkpoint").exists() else folder / "log")


@dataclass(frozen=True)
class Line:
    """One thing that was looked at."""

    name: str
    holds: bool
    told: str


@dataclass
class Report:
    """What an audit looked at, and whether all of it holds."""

    origin: str
    size: int = 0
    lines: list[Line] = field(default_factory=list)
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return all(line.holds for line in self.lines)

    def say(self, name: str, told: str, *, holds: bool = True) -> None:
        """Add a line."""
        self.lines.append(Line(name, holds, told))

    def as_json(self) -> dict[str, object]:
        """Return it for programs."""
        return {
            "holds": self.holds,
            "origin": self.origin,
            "size": self.size,
            "checks": [asdict(line) for line in self.lines],
        }


@dataclass(frozen=True)
class Claim:
    """A root that somebody was told for a size of the log."""

    by: str
    size: int
    root: bytes


@dataclass(frozen=True)
class Credential:
    """A published credential and its proof."""

    name: str
    digest: bytes
    proof: str


def audit(
    source: Source,
    trust: TrustPolicy,
    *,
    before: str | None = None,
    credentials: Iterable[Credential] = (),
) -> Report:
    """Check everything a log published, with no trust in anybody but those named.

    `before` is the head that an earlier audit found in order; the log must continue it.

    Raises:
        CannotAudit: something could not be read.
    """
    keys = trust.logs
    report = Report(keys[0].name)
    try:
        note, head = _head(source, keys)
        report.origin = head.origin
        report.size, report.note = head.size, str(note)
        report.say("head", f"{head.size} entries, signed by {head.origin}")
        claims = [*_earlier(before, keys), *_proven(credentials, keys, report)]
        _quorum(note, trust, report)
        _tree(source, head, claims, report, _followers(keys, head))
    except (Wrong, Malformed, Unsigned, NoTile) as error:
        report.say("log", str(error), holds=False)
    except NotThere as error:
        report.say("log", f"{error} is not there", holds=False)
    return report


def _head(source: Source, keys: Sequence[VerifierKey]) -> tuple[Note, Checkpoint]:
    try:
        note = Note.parse(source.read("checkpoint"))
    except NotThere as error:
        raise CannotAudit(
            "there is no checkpoint: no log is here, or nothing was published"
        ) from error
    key = note.require(*keys)
    head = Checkpoint.parse(note.text)
    if head.origin != key.name:
        raise Wrong(f"this is the log {head.origin}, not {key.name}")
    return note, head


def _earlier(before: str | None, keys: Sequence[VerifierKey]) -> Iterator[Claim]:
    if before is not None:
        note = Note.parse(before.encode())
        note.require(*keys)
        head = Checkpoint.parse(note.text)
        yield Claim(EARLIER, head.size, head.root)


def _proven(
    credentials: Iterable[Credential], keys: Sequence[VerifierKey], report: Report
) -> Iterator[Claim]:
    """Check each credential's proof; the heads of the proofs are still to be found in the tree."""
    wrong, count = 0, 0
    for one in credentials:
        count += 1
        try:
            proven = proofs.verify(one.proof, keys)
        except (Malformed, Unsigned, NotIncluded) as error:
            wrong += 1
            report.say("credential", f"{one.name}: {error}", holds=False)
            continue
        entry = proven.entry
        told = commitment(entry.action, one.name, one.digest)
        if entry.action in ISSUING and entry.commitment == told:
            yield Claim(f"the proof of {one.name}", proven.checkpoint.size, proven.checkpoint.root)
        else:
            wrong += 1
            report.say("credential", f"{one.name}: the log tells of another file", holds=False)
    if count > wrong:
        report.say("credentials", f"{count - wrong} are in the log as they are here")


def _quorum(note: Note, trust: TrustPolicy, report: Report) -> None:
    if not trust.witnesses:
        return
    seen = {key: at for key in trust.witnesses if (at := note.witnessed_at(key)) is not None}
    told = [f"{key.name} ({datetime.fromtimestamp(at, UTC)})" for key, at in seen.items()]
    report.say(
        "quorum",
        f"signed by {', '.join(told) or 'no witness'}",
        holds=trust.quorum.saw(seen.__contains__),
    )


def _followers(keys: Iterable[VerifierKey], head: Checkpoint) -> dict[bytes, VerifierKey]:
    """Return the keys of this log by what it says of all but its first (T-06)."""
    return {commitment_of_key(key): key for key in keys if key.name == head.origin}


def _tree(
    source: Source,
    head: Checkpoint,
    claims: Sequence[Claim],
    report: Report,
    followers: Mapping[bytes, VerifierKey],
) -> None:
    """Read every entry, and compare it with tiles, root, and what was claimed of earlier sizes."""
    reader = _Reader(source, head.size)
    walk = _Walk({claim.size for claim in claims}, followers.keys())
    for name, lines, tile in reader.leaves():
        walk.take(name, lines, tile)
    if walk.frontier.root() != head.root:
        raise Wrong("the entries do not give the root that was signed")
    report.say("tree", f"{head.size} entries give the root that was signed")
    reader.compare_above(walk.complete)
    report.say("tiles", "every tile is made of those below it")
    walk.times.tell(report)
    _keys(followers, walk.told, report)
    _claims(claims, walk.roots, report)


def _keys(followers: Mapping[bytes, VerifierKey], told: AbstractSet[bytes], report: Report) -> None:
    """One key was there before the log; it tells of every other that we believe."""
    if len(followers) == 1:
        return
    untold = [str(key) for one, key in followers.items() if one not in told]
    if len(untold) > 1:
        report.say("keys", f"the log does not tell of {' nor of '.join(untold)}", holds=False)
    else:
        report.say("keys", f"the log tells of {len(told)} that followed its first")


def _claims(claims: Iterable[Claim], roots: Mapping[int, bytes], report: Report) -> None:
    for claim in claims:
        if roots.get(claim.size) == claim.root:
            if claim.by == EARLIER:
                report.say("consistency", f"continues the {claim.size} entries of {claim.by}")
        else:
            told = f"does not continue the {claim.size} entries of {claim.by}"
            report.say("consistency", told, holds=False)


class _Times:
    """The times of entries, which never run backwards (T-04)."""

    def __init__(self) -> None:
        self._first: datetime | None = None
        self._last: datetime | None = None

    def take(self, index: int, at: datetime) -> None:
        if self._last and at < self._last:
            raise Wrong(f"entry {index} is dated {at}, before the one ahead of it")
        self._first = self._first or at
        self._last = at

    def tell(self, report: Report) -> None:
        if self._last is None:
            return
        if self._last > datetime.now(UTC) + CLOCKS_DIFFER:
            report.say("times", f"the last entry is dated {self._last}: not yet", holds=False)
        else:
            report.say("times", f"in order, from {self._first} to {self._last}")


class _Walk:
    """From the first entry to the last: the roots on the way, and the hashes of full tiles."""

    def __init__(self, wanted: AbstractSet[int], keys: AbstractSet[bytes]) -> None:
        self.frontier = Frontier()
        self.times = _Times()
        self.roots = {0: self.frontier.root()}
        self.complete: list[bytes] = []
        self.told: set[bytes] = set()
        self._wanted = wanted
        self._keys = keys

    def take(self, name: TileName, lines: Sequence[bytes], tile: bytes) -> None:
        """Take the entries of a bundle, and the tile that should hold their hashes."""
        hashes = [leaf_hash(line) for line in lines]
        published = tiles.hashes_of(tile)
        if hashes != published:
            pairs = zip_longest(hashes, published)
            place = next(i for i, (ours, theirs) in enumerate(pairs) if ours != theirs)
            raise Wrong(f"entry {name.number * WIDTH + place} is not what its tile says")
        for line, hashed in zip(lines, hashes, strict=True):
            self._append(Entry.parse(line), hashed)
        if len(hashes) == WIDTH:
            self.complete.append(complete_root(hashes))

    def _append(self, entry: Entry, hashed: bytes) -> None:
        self.times.take(self.frontier.size, entry.at)
        self.frontier.append(hashed)
        if entry.commitment in self._keys:
            self.told.add(entry.commitment)
        if self.frontier.size in self._wanted:
            self.roots[self.frontier.size] = self.frontier.root()


class _Reader:
    """Reads tiles and bundles, several at a time."""

    def __init__(self, source: Source, size: int) -> None:
        self._source = source
        self._size = size

    def leaves(self) -> Iterator[tuple[TileName, list[bytes], bytes]]:
        """Yield each bundle's entries with the tile of their hashes."""
        with ThreadPoolExecutor(AT_ONCE) as threads:
            for names in batched(tiles.bundles_of(self._size), BUNDLES_AT_ONCE):
                yield from threads.map(self._bundle, names)

    def _bundle(self, name: TileName) -> tuple[TileName, list[bytes], bytes]:
        lines = tiles.entries_of(self._read(name))[: name.width]
        if len(lines) != name.width:
            raise Wrong(f"{name.path} holds {len(lines)} entries, not {name.width}")
        return name, lines, self._tile(name._replace(level=0))

    def _tile(self, name: TileName) -> bytes:
        return self._read(name)[: name.width * HASH_BYTES]

    def _read(self, name: TileName) -> bytes:
        try:
            return self._source.read(name.path)
        except NotThere:
            # once a tile is full, the log need not keep what it was before
            if name.width == WIDTH:
                raise
            return self._source.read(name._replace(width=WIDTH).path)

    def compare_above(self, row: Sequence[bytes]) -> None:
        """Compare the tiles above the leaves with the roots of the tiles below them."""
        level = 1
        while row:
            above = []
            for number, hashes in enumerate(batched(row, WIDTH)):
                name = TileName(level, number, len(hashes))
                if self._tile(name) != b"".join(hashes):
                    raise Wrong(f"{name.path} is not made of the tiles below it")
                if len(hashes) == WIDTH:
                    above.append(complete_root(hashes))
            row, level = above, level + 1


def credentials_in(folder: Path) -> Iterator[Credential]:
    """Yield the credentials in a folder that have a proof beside them."""
    for path in sorted(folder.glob("*.json")):
        proof = path.with_suffix(".tlog-proof")
        if proof.exists():
            digest = sha256(path.read_bytes()).digest()
            yield Credential(path.stem, digest, proof.read_text(encoding="utf-8"))
