"""The Merkle tree of RFC 9162: hashes, roots, proofs; bytes in, bytes out.

A complete subtree is named by its height and its place among those of that height. Whoever can tell
the hash of each complete subtree (`Node`) can make every proof; how they are stored is their matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from hashlib import sha256

type Node = Callable[[int, int], bytes]

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf; the prefix keeps leaves and inner nodes apart."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two neighbours."""
    return sha256(b"\x01" + left + right).digest()


def complete_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over a power of two of hashes."""
    row = hashes
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def root(size: int, node: Node) -> bytes:
    """Return the root of the first `size` leaves."""
    return _range_hash(0, size, node) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """Return the hashes that lead from a leaf to the root, the leaf's neighbour first."""
    proof = []
    first, last = 0, size
    while last - first > 1:
        middle = first + _split(last - first)
        if index < middle:
            proof.append(_range_hash(middle, last, node))
            last = middle
        else:
            proof.append(_range_hash(first, middle, node))
            first = middle
    return proof[::-1]


def consistency_proof(old: int, size: int, node: Node) -> list[bytes]:
    """Return the hashes that show a tree to begin with the whole of an older one."""
    if old in {0, size}:
        return []
    proof = []
    first, last = 0, size
    while last != old:
        middle = first + _split(last - first)
        if old <= middle:
            proof.append(_range_hash(middle, last, node))
            last = middle
        else:
            proof.append(_range_hash(first, middle, node))
            first = middle
    if first:  # where the older tree is a subtree by itself, its root is known already
        proof.append(_range_hash(first, old, node))
    return proof[::-1]


def _split(count: int) -> int:
    """Return the largest power of two below `count`: where RFC 9162 divides a tree."""
    return 1 << ((count - 1).bit_length() - 1)


def _range_hash(first: int, last: int, node: Node) -> bytes:
    """Return the hash over leaves that form one subtree, made of its complete parts."""
    parts = []
    while first < last:
        height = (last - first).bit_length() - 1
        parts.append(node(height, first >> height))
        first += 1 << height
    return _join(parts)


def _join(parts: Sequence[bytes]) -> bytes:
    """Hash complete subtrees that shrink from left to right into one."""
    return reduce(lambda right, left: node_hash(left, right), reversed(parts))


def includes(
    leaf: bytes, index: int, size: int, proof: Iterable[bytes], claimed_root: bytes
) -> bool:
    """Tell whether a proof leads from the hash of a leaf to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, hashed = index, size - 1, leaf
    for sibling in proof:
        if not last:
            return False
        if place & 1 or place == last:
            hashed = node_hash(sibling, hashed)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        place, last = place >> 1, last >> 1
    return not last and hashed == claimed_root


def extends(
    old: int, old_root: bytes, size: int, claimed_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Tell whether a proof shows a tree to begin with an older one (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= size:
        return False
    if old in {0, size}:
        return not proof and old_root == (claimed_root if old == size else EMPTY_ROOT)
    hashes = list(proof)
    if old & (old - 1) == 0:
        hashes.insert(0, old_root)
    return bool(hashes) and _lead_to(hashes, old, size) == (old_root, claimed_root)


def _lead_to(hashes: Sequence[bytes], old: int, size: int) -> tuple[bytes, bytes] | None:
    """Return the roots of the older and the newer tree that a consistency proof leads to."""
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = hashes[0]
    for one in hashes[1:]:
        if not last:
            return None
        if place & 1 or place == last:
            before, after = node_hash(one, before), node_hash(one, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, one)
        place, last = place >> 1, last >> 1
    return None if last else (before, after)


class Frontier:
    """The right edge of a tree that grows leaf by leaf: all its root depends on."""

    def __init__(self) -> None:
        self.size = 0
        self._parts: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Take the hash of the next leaf."""
        part = leaf
        for _complete in range((~self.size & (self.size + 1)).bit_length() - 1):
            part = node_hash(self._parts.pop(), part)
        self._parts.append(part)
        self.size += 1

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        return _join(self._parts) if self._parts else EMPTY_ROOT
