"""Is what we keep still what we published? Leaf by leaf, tile by tile, up to the signed root (T-02)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import batched
from typing import Any, Protocol

from mumpuni.transparency import queries
from mumpuni.transparency.models import Checkpoint, Tile
from mumpuni.transparency.notes import Note, VerifierKey
from mumpuni.transparency.tiles import (
    WIDTH,
    TileName,
    hashes_of,
    names_of,
)
from mumpuni.transparency.tree import HASH_BYTES, complete_root, leaf_hash, root

TILES_AT_ONCE = 64


class Comparison(Protocol):
    """What came of comparing something with the log: findings have a `kind` and a `what`."""

    @property
    def findings(self) -> Sequence[Mapping[str, Any]]: ...


FURTHER: dict[str, Callable[[datetime], Comparison]] = {}
"""What packages above compare with the log: `config` fills it."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was published."""

    kind: str
    what: str
    first: int
    last: int

    def as_json(self) -> dict[str, str | int]:
        """Return it as `SelfCheck` keeps it."""
        return asdict(self)


def findings_of(checkpoint: Checkpoint) -> list[Finding]:
    """Return all that does not fit the newest head, the whole log compared."""
    return [
        *leaf_findings(0, checkpoint.size),
        *_tile_findings(checkpoint.size),
        *root_findings(checkpoint),
    ]


def leaf_findings(first: int, size: int) -> Iterator[Finding]:
    """Compare the leaves from `first`, which begins a tile, with the hashes that were published."""
    numbers = range(first // WIDTH, -(-size // WIDTH))
    for some in batched(numbers, TILES_AT_ONCE):
        begin, end = some[0] * WIDTH, min(size, (some[-1] + 1) * WIDTH)
        published = _published(some[0], some[-1])
        kept = dict(queries.lines_between(begin, end))
        for index in range(begin, end):
            if index not in kept:
                yield _of_leaf("leaf-missing", index)
            elif leaf_hash(kept[index]) != published.get(index):
                yield _of_leaf("leaf-altered", index)
    for unsigned in queries.unsigned_indexes():
        yield _of_leaf("leaf-unsigned", unsigned)


def _of_leaf(kind: str, index: int) -> Finding:
    told = {
        "leaf-missing": "is not in the database",
        "leaf-altered": "is not what was published",
        "leaf-unsigned": "has an index beyond the signed head",
    }
    return Finding(kind, f"leaf {index} {told[kind]}", index, index)


def _published(first: int, last: int) -> dict[int, bytes]:
    rows = Tile.objects.filter(level=0, number__range=(first, last)).values_list("number", "data")
    return {
        number * WIDTH + place: one
        for number, data in rows
        for place, one in enumerate(hashes_of(bytes(data)))
    }


def _tile_findings(size: int) -> Iterator[Finding]:
    """Compare each full tile with its hash in the one above it."""
    for some in batched(names_of(size), TILES_AT_ONCE):
        for level in sorted({name.level or 0 for name in some}):
            names = [name for name in some if name.level == level]
            yield from _row_findings(level, names, size)


def _row_findings(level: int, names: list[TileName], size: int) -> Iterator[Finding]:
    first, last = names[0].number, names[-1].number
    kept = _tiles(level, first, last)
    above = _tiles(level + 1, first // WIDTH, last // WIDTH)
    for name in names:
        data = kept.get(name.number)
        if data is None:
            yield _of_tile("tile-missing", name, size)
        elif len(data) < name.width * HASH_BYTES:  # the last may have got longer meanwhile
            yield _of_tile("tile-altered", name, size)
        elif name.width == WIDTH:
            number, place = divmod(name.number, WIDTH)
            told = above.get(number, b"")[place * HASH_BYTES : (place + 1) * HASH_BYTES]
            if complete_root(hashes_of(data)) != told:
                yield _of_tile("tile-altered", name, size)


def _tiles(level: int, first: int, last: int) -> dict[int, bytes]:
    rows = Tile.objects.filter(level=level, number__range=(first, last))
    return {number: bytes(data) for number, data in rows.values_list("number", "data")}


def _of_tile(kind: str, name: TileName, size: int) -> Finding:
    level = name.level or 0
    first = name.number * WIDTH ** (level + 1)
    last = min(size, first + name.width * WIDTH**level) - 1
    told = "is not in the database" if kind == "tile-missing" else "does not fit the one above it"
    return Finding(kind, f"tile {level}/{name.number} {told}", first, last)


def root_findings(checkpoint: Checkpoint) -> list[Finding]:
    """Compare the root that the tiles give with the one that was signed, and the signature."""
    found = []
    try:
        Note.parse(checkpoint.note.encode()).require(VerifierKey.parse(checkpoint.key))
    except ValueError as error:
        text = f"the head at {checkpoint.size} is not as it was signed: {error}"
        found.append(Finding("head-altered", text, 0, checkpoint.size - 1))
    if not _has_root(checkpoint):
        first = _size_that_still_fits(checkpoint.size)
        text = f"the tiles do not give the root that was signed at {checkpoint.size}"
        found.append(Finding("root-differs", text, first, checkpoint.size - 1))
    return found


def _has_root(checkpoint: Checkpoint) -> bool:
    try:
        return root(checkpoint.size, queries.node_of(checkpoint.size)) == bytes(checkpoint.root)
    except queries.NotPublished:
        return False


def _size_that_still_fits(size: int) -> int:
    """Return the size of the last head before `size` whose root the tiles still give.

    What came before it was not touched, since each head stands for all leaves below it.
    """
    sizes = list(
        Checkpoint.objects.filter(size__lt=size).order_by("size").values_list("size", flat=True)
    )
    low, high = 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        if _has_root(Checkpoint.objects.get(size=sizes[middle])):
            low = middle + 1
        else:
            high = middle
    return sizes[low - 1] if low else 0
