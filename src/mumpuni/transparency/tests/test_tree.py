"""The tree gives what RFC 9162 says, and its proofs convince of nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mumpuni.transparency import tiles, tree
from mumpuni.transparency.tests import naive

# more than two levels of tiles need a million leaves; the rest is the same from one to three tiles
sizes = st.integers(1, 70) | st.integers(250, 260) | st.integers(500, 780)


def entries_up_to(size: int) -> list[bytes]:
    return [b"entry %d" % number for number in range(size)]


def stored(size: int, *steps: int) -> dict[tuple[int, int], bytes]:
    """Return the tiles of a log that grew in steps."""
    kept: dict[tuple[int, int], bytes] = {}
    hashes = [tree.leaf_hash(entry) for entry in entries_up_to(size)]
    for first, last in zip([0, *steps], [*steps, size], strict=True):
        kept.update(tiles.extend(first, hashes[first:last], lambda *name: kept[name]))
    return kept


def node_of(size: int, *steps: int) -> tree.Node:
    kept = stored(size, *steps)
    return tiles.node_reader(
        size, lambda name: kept[name.level or 0, name.number][: name.width * tree.HASH_BYTES]
    )


@given(size=sizes)
def test_a_root_is_the_one_of_the_definition(size: int) -> None:
    frontier = tree.Frontier()
    for entry in entries_up_to(size):
        frontier.append(tree.leaf_hash(entry))

    expected = naive.tree_hash(entries_up_to(size))
    assert frontier.root() == expected
    assert tree.root(size, node_of(size)) == expected


def test_an_empty_tree_has_a_root() -> None:
    assert tree.Frontier().root() == tree.root(0, node_of(0)) == naive.tree_hash([])


@given(size=sizes, data=st.data())
def test_an_inclusion_proof_is_the_one_of_the_definition(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    entries = entries_up_to(size)

    proof = tree.inclusion_proof(index, size, node_of(size))

    assert proof == naive.path(index, entries)
    leaf, root = tree.leaf_hash(entries[index]), naive.tree_hash(entries)
    assert tree.includes(leaf, index, size, proof, root)


@given(size=sizes, data=st.data())
def test_a_changed_inclusion_proof_convinces_nobody(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    entries = entries_up_to(size)
    proof = naive.path(index, entries)
    leaf, root = tree.leaf_hash(entries[index]), naive.tree_hash(entries)
    other = tree.leaf_hash(b"other")

    assert not tree.includes(other, index, size, proof, root)
    assert not tree.includes(leaf, index, size, proof, other)
    assert not tree.includes(leaf, index, size, [*proof, other], root)
    assert not tree.includes(leaf, size, size, proof, root)
    for place in range(len(proof)):
        assert not tree.includes(leaf, index, size, proof[:place] + proof[place + 1 :], root)
        changed = [*proof[:place], other, *proof[place + 1 :]]
        assert not tree.includes(leaf, index, size, changed, root)
    for elsewhere in {0, size // 2, size - 1} - {index}:
        assert not tree.includes(leaf, elsewhere, size, proof, root)


@given(size=sizes, data=st.data())
def test_a_consistency_proof_is_the_one_of_the_definition(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    entries = entries_up_to(size)

    proof = tree.consistency_proof(old, size, node_of(size))

    assert proof == naive.proof(old, entries)
    old_root, root = naive.tree_hash(entries[:old]), naive.tree_hash(entries)
    assert tree.extends(old, old_root, size, root, proof)


@given(size=sizes, data=st.data())
def test_a_changed_consistency_proof_convinces_nobody(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    entries = entries_up_to(size)
    proof = naive.proof(old, entries)
    old_root, root = naive.tree_hash(entries[:old]), naive.tree_hash(entries)
    other = tree.leaf_hash(b"other")

    assert not tree.extends(old, other, size, root, proof)
    assert not tree.extends(old, old_root, size, other, proof)
    assert not tree.extends(old, old_root, size, root, [*proof, other])
    assert not tree.extends(size + 1, old_root, size, root, proof)
    for place in range(len(proof)):
        assert not tree.extends(old, old_root, size, root, proof[:place] + proof[place + 1 :])
        changed = [*proof[:place], other, *proof[place + 1 :]]
        assert not tree.extends(old, old_root, size, root, changed)


def test_any_tree_begins_with_the_empty_one() -> None:
    root = naive.tree_hash(entries_up_to(5))

    assert tree.extends(0, tree.EMPTY_ROOT, 5, root, [])
    assert not tree.extends(0, root, 5, root, [])
    assert not tree.extends(0, tree.EMPTY_ROOT, 5, root, [root])
    assert not tree.extends(0, tree.EMPTY_ROOT, 0, root, [])


@given(size=sizes, data=st.data())
def test_however_a_log_grew_its_tiles_are_the_same(size: int, data: st.DataObject) -> None:
    steps = sorted(data.draw(st.sets(st.integers(1, size), max_size=4)) - {size})

    kept = stored(size, *steps)

    assert kept == stored(size)
    assert {name: len(tile) // 32 for name, tile in kept.items()} == {
        (name.level, name.number): name.width for name in tiles.names_of(size)
    }


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (tiles.TileName(0, 0), "tile/0/000"),
        (tiles.TileName(0, 1234067), "tile/0/x001/x234/067"),
        (tiles.TileName(2, 999, 17), "tile/2/999.p/17"),
        (tiles.TileName(None, 1000, 1), "tile/entries/x001/000.p/1"),
    ],
)
def test_a_tile_has_one_path(name: tiles.TileName, path: str) -> None:
    assert name.path == path
    assert tiles.parse_path(path.removeprefix("tile/")) == name


@pytest.mark.parametrize(
    "path",
    ["0/0", "00/000", "64/000", "0/x000/000", "0/000.p/256", "0/000.p/0", "0/1000", "-1/000", "0/"],
)
def test_no_other_path_is_read(path: str) -> None:
    with pytest.raises(tiles.NoTile):
        tiles.parse_path(path)


def test_seventy_thousand_leaves_make_the_tiles_the_specification_counts() -> None:
    names = list(tiles.names_of(70_000))

    assert len([name for name in names if name.level == 0]) == 274
    assert [name for name in names if name.width < 256] == [(0, 273, 112), (1, 1, 17), (2, 0, 1)]


@given(st.lists(st.binary(max_size=300), max_size=256))
def test_a_bundle_gives_its_entries_back(entries: list[bytes]) -> None:
    assert tiles.entries_of(tiles.bundle(entries)) == entries


@pytest.mark.parametrize("data", [b"\x00", b"\x00\x02a"])
def test_a_bundle_that_was_cut_off_is_none(data: bytes) -> None:
    with pytest.raises(tiles.NoTile):
        tiles.entries_of(data)
