"""What the log says: heads, tiles, entries, and proofs for whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from mumpuni.transparency import tiles
from mumpuni.transparency.entries import Entry
from mumpuni.transparency.models import Checkpoint, Leaf, LogKey, SelfCheck, Tile
from mumpuni.transparency.notes import VerifierKey
from mumpuni.transparency.proofs import Proof
from mumpuni.transparency.tiles import TileName
from mumpuni.transparency.tree import HASH_BYTES, Node, inclusion_proof


class NotPublished(LookupError):
    """The log has not said that, or not yet."""


def latest() -> Checkpoint | None:
    """Return the newest head."""
    return Checkpoint.objects.order_by("size").last()


def head_before(head: Checkpoint) -> Checkpoint | None:
    """Return the head that another one continued."""
    return Checkpoint.objects.filter(size__lt=head.size).order_by("size").last()


def latest_witnessed() -> Checkpoint | None:
    """Return the newest head that a witness signed."""
    return Checkpoint.objects.exclude(cosignatures=None).order_by("size").last()


def latest_check() -> SelfCheck | None:
    """Return what the last comparison found."""
    return SelfCheck.objects.order_by("pk").last()


def is_known_to_be_damaged() -> bool:
    """Tell whether the last comparison found something."""
    check = latest_check()
    return check is not None and bool(check.findings)


def log_keys() -> list[LogKey]:
    """Return all keys that sign or signed heads, the newest first."""
    return list(LogKey.objects.order_by("-pk"))


def keys_in_use() -> list[LogKey]:
    """Return the keys that sign now, the newest last."""
    return list(LogKey.objects.filter(retired_at=None).order_by("pk"))


def last_seen_by(witness: VerifierKey) -> Checkpoint | None:
    """Return the newest head a witness signed."""
    return Checkpoint.objects.filter(cosignatures__witness=str(witness)).order_by("size").last()


def note_of(checkpoint: Checkpoint) -> str:
    """Return a head as it is published, with the lines of its witnesses."""
    lines = checkpoint.cosignatures.order_by("pk").values_list("line", flat=True)
    return checkpoint.note + "".join(lines)


def tile_bytes(name: TileName) -> bytes:
    """Return the bytes of a tile or a bundle.

    Raises:
        NotPublished: the log is not that long yet.
    """
    data = _bundle(name) if name.level is None else _hashes(name.level, name)
    if data is None:
        raise NotPublished(name.path)
    return data


def _hashes(level: int, name: TileName) -> bytes | None:
    kept = Tile.objects.filter(level=level, number=name.number).values_list("data", flat=True)
    data = bytes(kept.first() or b"")[: name.width * HASH_BYTES]
    return data if len(data) == name.width * HASH_BYTES else None


def _bundle(name: TileName) -> bytes | None:
    first = name.number * tiles.WIDTH
    lines = [line for _index, line in lines_between(first, first + name.width)]
    return tiles.bundle(lines) if len(lines) == name.width else None


def lines_between(first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """Yield indexes and published bytes of the leaves from `first` to the one before `last`."""
    rows = (
        Leaf.objects.filter(index__gte=first, index__lt=last)
        .order_by("index")
        .values_list("index", "action", "at", "commitment")
    )
    for index, action, at, commitment in rows:
        assert index is not None
        assert at is not None
        yield index, Entry(action, at, bytes(commitment)).line


def files_since(size: int) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of all files that changed after a size, the head last.

    Whoever writes them in that order never shows a head whose tiles are not there yet.
    """
    head = latest()
    if head is None:
        return
    for name in (*tiles.names_of(head.size), *tiles.bundles_of(head.size)):
        if tiles.width_of(name.level or 0, name.number, size) < tiles.WIDTH:
            yield name.path, tile_bytes(name)
    yield "checkpoint", note_of(head).encode()


def unsigned_indexes() -> list[int]:
    """Return the indexes beyond the newest head, at one instant: others may be publishing."""
    size = Coalesce(Subquery(Checkpoint.objects.order_by("-size").values("size")[:1]), 0)
    rows = Leaf.objects.filter(index__gte=size).order_by("index")
    return [index for index in rows.values_list("index", flat=True) if index is not None]


def node_of(size: int) -> Node:
    """Return how to tell the hash of each complete subtree of the log at a size."""
    return tiles.node_reader(size, tile_bytes)


def proof_of(leaf: Leaf) -> str:
    """Return the proof that a leaf is in the log, as a `.tlog-proof` holds it.

    Raises:
        NotPublished: it is not in the log yet.
    """
    for _leaf, proof in proofs_of([leaf]):
        return proof
    raise NotPublished(f"leaf {leaf.pk}")


def proofs_of(leaves: Iterable[Leaf]) -> Iterator[tuple[Leaf, str]]:
    """Yield each published leaf with its proof, reading no leaf but those given.

    The newest head that a witness signed is taken; the newest of all for leaves after it.
    """
    heads = [_Head(head) for head in (latest_witnessed(), latest()) if head is not None]
    for leaf in leaves:
        head = next((one for one in heads if (leaf.index or 0) < one.size), None)
        if leaf.index is not None and leaf.at is not None and head:
            line = Entry(leaf.action, leaf.at, bytes(leaf.commitment)).line
            way = inclusion_proof(leaf.index, head.size, head.node)
            yield leaf, str(Proof(line, leaf.index, way, head.note))


class _Head:
    """A head to which proofs lead."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.size = checkpoint.size
        self.note = note_of(checkpoint)
        self.node = node_of(checkpoint.size)
