"""The tree in files: C2SP tlog-tiles, that is rows of up to 256 hashes, and bundles of entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from mumpuni.transparency.tree import HASH_BYTES, Node, complete_root, node_hash

WIDTH = 256
HEIGHT = 8
TILE_BYTES = WIDTH * HASH_BYTES
LENGTH_BYTES = 2
ENTRIES = "entries"
PATH = re.compile(
    r"(?P<level>entries|0|[1-9]\d?)/(?P<number>(?:x\d{3}/)*\d{3})(?:\.p/(?P<width>[1-9]\d{0,2}))?"
)
HIGHEST_LEVEL = 63


class TileName(NamedTuple):
    """Which tile; without a level the bundle of the entries below level 0."""

    level: int | None
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """The place below the prefix of the log, as `tile/0/x001/234.p/56`."""
        level = ENTRIES if self.level is None else self.level
        partial = f".p/{self.width}" if self.width < WIDTH else ""
        return f"tile/{level}/{_number_path(self.number)}{partial}"


class NoTile(ValueError):
    """A path names no tile, or its bytes are none."""


def _number_path(number: int) -> str:
    parts = [f"{number % 1000:03}"]
    while number := number // 1000:
        parts.append(f"x{number % 1000:03}")
    return "/".join(reversed(parts))


def parse_path(path: str) -> TileName:
    """Read a path without its `tile/`.

    Raises:
        NoTile: it is written in another way than the one this log writes.
    """
    found = PATH.fullmatch(path)
    if found is None:
        raise NoTile(path)
    level, width = found["level"], found["width"]
    name = TileName(
        None if level == ENTRIES else int(level),
        int(found["number"].replace("/", "").replace("x", "")),
        int(width) if width else WIDTH,
    )
    if name.path != f"tile/{path}" or (name.level or 0) > HIGHEST_LEVEL:
        raise NoTile(path)
    return name


def width_of(level: int, number: int, size: int) -> int:
    """Return how many hashes a tile has in a tree of that size."""
    return max(0, min(WIDTH, (size >> (HEIGHT * level)) - number * WIDTH))


def names_of(size: int) -> Iterator[TileName]:
    """Yield the tiles of a tree, level by level from the leaves up."""
    level = 0
    while count := size >> (HEIGHT * level):
        for number in range(-(-count // WIDTH)):
            yield TileName(level, number, width_of(level, number, size))
        level += 1


def bundles_of(size: int) -> Iterator[TileName]:
    """Yield the bundles of entries of a tree."""
    for number in range(-(-size // WIDTH)):
        yield TileName(None, number, width_of(0, number, size))


def hashes_of(tile: bytes) -> list[bytes]:
    """Return the hashes of a tile."""
    return [tile[i : i + HASH_BYTES] for i in range(0, len(tile), HASH_BYTES)]


def bundle(entries: Iterable[bytes]) -> bytes:
    """Return entries as a bundle holds them."""
    return b"".join(len(entry).to_bytes(LENGTH_BYTES) + entry for entry in entries)


def entries_of(data: bytes) -> list[bytes]:
    """Return the entries of a bundle.

    Raises:
        NoTile: the lengths do not add up.
    """
    entries, at = [], 0
    while at < len(data):
        start = at + LENGTH_BYTES
        at = start + int.from_bytes(data[start - LENGTH_BYTES : start])
        entries.append(data[start:at])
    if at != len(data):
        raise NoTile("a bundle ends within an entry")
    return entries


def extend(
    size: int, hashes: Sequence[bytes], stored: Callable[[int, int], bytes]
) -> dict[tuple[int, int], bytes]:
    """Return the tiles, by level and number, that new leaves make or lengthen.

    `stored` is asked for the tiles at the right edge of the tree so far, one per level at most.
    """
    changed: dict[tuple[int, int], bytes] = {}
    level, rest = 0, list(hashes)
    while rest:
        number, width = divmod(size, WIDTH)
        row = (stored(level, number) if width else b"") + b"".join(rest)
        tiles = [row[i : i + TILE_BYTES] for i in range(0, len(row), TILE_BYTES)]
        changed |= {(level, number + i): tile for i, tile in enumerate(tiles)}
        rest = [complete_root(hashes_of(tile)) for tile in tiles if len(tile) == TILE_BYTES]
        level, size = level + 1, number
    return changed


def node_reader(size: int, read: Callable[[TileName], bytes]) -> Node:
    """Return how to tell the hash of each complete subtree of a tree that is stored in tiles.

    Each tile is read once and each hash made once, so many proofs cost little more than one.
    """

    @cache
    def hashes(level: int, number: int) -> list[bytes]:
        return hashes_of(read(TileName(level, number, width_of(level, number, size))))

    @cache
    def node(height: int, index: int) -> bytes:
        level, above = divmod(height, HEIGHT)
        if above:
            return node_hash(node(height - 1, 2 * index), node(height - 1, 2 * index + 1))
        number, place = divmod(index, WIDTH)
        return hashes(level, number)[place]

    return node
