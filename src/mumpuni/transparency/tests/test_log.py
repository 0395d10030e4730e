"""The log grows, tells in order what happened, and signs nothing that it would have to take back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from mumpuni.transparency import actions, jobs, queries, tiles, tree
from mumpuni.transparency.entries import Entry, commitment
from mumpuni.transparency.models import Checkpoint, Leaf, SelfCheck, Tile
from mumpuni.transparency.notes import Checkpoint as Head
from mumpuni.transparency.notes import Note, VerifierKey
from mumpuni.transparency.tests import naive
from mumpuni.transparency.tests.make import NOON, deeds, publish, tamper

pytestmark = pytest.mark.django_db


def lines() -> list[bytes]:
    return [line for _index, line in queries.lines_between(0, 10_000)]


def test_what_is_appended_waits_until_it_is_published() -> None:
    actions.append(deeds(3))

    assert set(Leaf.objects.values_list("index", "at")) == {(None, None)}
    assert queries.latest() is None


def test_published_leaves_have_a_place_a_time_and_a_signed_root() -> None:
    published = publish(3)

    assert list(Leaf.objects.order_by("id").values_list("index", "at")) == [
        (0, NOON),
        (1, NOON),
        (2, NOON),
    ]
    assert bytes(published.root) == naive.tree_hash(lines())
    note = Note.parse(published.note.encode())
    note.require(VerifierKey.parse(published.key))
    assert Head.parse(note.text) == Head(settings.LOG_ORIGIN, 3, bytes(published.root))


def test_a_log_that_grows_has_the_root_of_all_its_entries() -> None:
    heads = [publish(count, minutes=count) for count in (1, 250, 5, 255, 300, 1)]

    for head in heads:
        assert bytes(head.root) == naive.tree_hash(lines()[: head.size])
    assert heads[-1].size == 812
    assert Tile.objects.count() == 4 + 1


def test_an_entry_says_nothing_but_deed_time_and_commitment() -> None:
    """Rule T-03: who it is about cannot be read, and cannot be tried out."""
    publish(1)

    told = commitment("issue", "SECRET0", b"digest of a credential")
    assert lines()[0].startswith(b"mumpuni/v1 issue 2026-11-22T05:00:00Z ")
    assert Entry.parse(lines()[0]) == Entry("issue", NOON, told)


def test_a_commitment_is_of_one_deed_one_secret_and_one_digest() -> None:
    told = {
        commitment(*parts)
        for parts in [
            ("issue", "AB", b"C"),
            ("issue", "A", b"BC"),
            ("issueA", "B", b"C"),
            ("issue", "AB", b""),
            ("revoke", "AB", b"C"),
        ]
    }

    assert len(told) == 5


def test_nothing_new_is_nothing_to_sign() -> None:
    assert actions.publish(NOON) is None
    first = publish(2)

    assert actions.publish(NOON + timedelta(hours=1)) == first
    assert Checkpoint.objects.count() == 1


def test_a_clock_that_was_set_back_does_not_turn_the_log_back() -> None:
    """Rule T-04."""
    publish(1, minutes=5)

    assert publish(1, minutes=-5).at == NOON + timedelta(minutes=5)


def test_a_log_keeps_its_name() -> None:
    publish(1)

    with override_settings(LOG_ORIGIN="elsewhere.example/log"):
        again = publish(1)

    assert again.note.startswith(f"{settings.LOG_ORIGIN}\n2\n")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE transparency_leaf SET index = 7 WHERE index = 1", "a leaf finds its place once"),
        ("UPDATE transparency_leaf SET at = now() WHERE index = 1", "a leaf finds its place once"),
        (
            "UPDATE transparency_leaf SET action = 'key' WHERE index IS NULL",
            "a leaf finds its place once",
        ),
        ("DELETE FROM transparency_leaf", "append-only"),
        ("UPDATE transparency_tile SET data = sha256(data)", "a tile only gets longer"),
        ("UPDATE transparency_tile SET data = sha256(data) || data", "a tile only gets longer"),
        ("UPDATE transparency_tile SET number = 5, data = data || data", "a tile only gets longer"),
        ("DELETE FROM transparency_tile", "append-only"),
        ("UPDATE transparency_checkpoint SET size = 9", "append-only"),
        ("DELETE FROM transparency_checkpoint", "append-only"),
        ("DELETE FROM transparency_cosignature", "append-only"),
        ("UPDATE transparency_selfcheck SET findings = '[]'", "append-only"),
    ],
)
def test_the_database_refuses_to_change_what_was_said(change: str, told: str) -> None:
    """Rule T-01."""
    publish(2)
    actions.append(deeds(1))

    with (
        pytest.raises(DatabaseError, match=told),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


@pytest.mark.parametrize(
    "table", ["leaf", "tile", "checkpoint", "cosignature", "selfcheck", "logkey"]
)
def test_the_database_refuses_to_empty_the_log(table: str) -> None:
    """Rule T-01."""
    with connection.cursor() as cursor:
        # tests that commit switch it off
        cursor.execute(
            f"ALTER TABLE transparency_{table} ENABLE TRIGGER transparency_{table}_never_emptied"
        )
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(f"TRUNCATE transparency_{table} CASCADE")


def test_a_commitment_that_is_no_hash_is_not_taken() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.append([actions.Deed(Leaf.Action.KEY, b"short", "", 1)])


@pytest.mark.parametrize(
    ("statement", "kind", "leaf"),
    [
        ("UPDATE transparency_leaf SET action = 'revoke' WHERE index = 300", "leaf-altered", 300),
        ("UPDATE transparency_leaf SET at = now() WHERE index = 0", "leaf-altered", 0),
        ("DELETE FROM transparency_leaf WHERE index = 599", "leaf-missing", 599),
        ("UPDATE transparency_leaf SET index = 600 WHERE index = 5", "leaf-missing", 5),
    ],
)
def test_a_leaf_changed_by_sql_is_named_and_stops_the_signing(
    statement: str, kind: str, leaf: int
) -> None:
    """Rule T-02."""
    publish(600)
    tamper(statement)

    found = actions.self_check(NOON).findings

    assert (found[0]["kind"], found[0]["first"], found[0]["last"]) == (kind, leaf, leaf)
    with pytest.raises(actions.LogDamaged, match=f"leaf {leaf} ") as refused:
        publish(1)
    assert refused.value.code == "T-02"
    assert Checkpoint.objects.count() == 1


def test_a_leaf_slipped_in_by_sql_is_named() -> None:
    publish(3)
    tamper(
        "INSERT INTO transparency_leaf (index, at, action, commitment, subject, subject_id)"
        " VALUES (3, now(), 'issue', sha256(''), '', 1)",
    )

    assert [one["kind"] for one in actions.self_check(NOON).findings] == ["leaf-unsigned"]


def test_an_old_leaf_beyond_the_tail_stops_the_signing_once_the_check_has_found_it() -> None:
    publish(actions.TAIL + 300)
    tamper("UPDATE transparency_leaf SET action = 'key' WHERE index = 17")
    publish(1)
    actions.self_check(NOON)

    with pytest.raises(actions.LogDamaged, match="leaf 17 "):
        publish(1)


def test_a_leaf_of_the_last_head_stops_the_signing_at_once() -> None:
    """Rule T-02."""
    for count in (300, 300):
        publish(count)
    tamper("UPDATE transparency_leaf SET action = 'key' WHERE index = 400")

    with pytest.raises(actions.LogDamaged, match="leaf 400 "):
        publish(1)


def test_an_older_leaf_of_the_tail_stops_the_signing_in_the_next_minute() -> None:
    """Rule T-02: all of the tail is compared before the first head of a minute."""
    for count in (300, 300):
        publish(count)
    tamper("UPDATE transparency_leaf SET action = 'key' WHERE index = 17")

    assert publish(1).size == 601
    with pytest.raises(actions.LogDamaged, match="leaf 17 "):
        publish(1, minutes=1)


def test_a_log_that_was_mended_signs_again_after_a_check() -> None:
    publish(5)
    tamper("UPDATE transparency_leaf SET action = 'key' WHERE index = 2")
    actions.self_check(NOON)
    tamper("UPDATE transparency_leaf SET action = 'issue' WHERE index = 2")

    with pytest.raises(actions.LogDamaged):
        publish(1)
    assert actions.self_check(NOON).findings == []
    assert publish(1).size > 5


def test_a_tile_changed_by_sql_is_named() -> None:
    publish(600)
    tamper(
        "UPDATE transparency_tile SET data = set_byte(data, 40, get_byte(data, 40) # 1)"
        " WHERE level = 0 AND number = 1",
    )

    found = actions.self_check(NOON).findings

    assert [(one["kind"], one["first"], one["last"]) for one in found] == [
        ("leaf-altered", 257, 257),
        ("tile-altered", 256, 511),
    ]


def test_a_tile_that_is_gone_is_named() -> None:
    publish(600)
    tamper("DELETE FROM transparency_tile WHERE level = 1")

    kinds = {(one["kind"], one["what"]) for one in actions.self_check(NOON).findings}

    assert ("tile-missing", "tile 1/0 is not in the database") in kinds


def test_a_history_rewritten_throughout_still_does_not_give_the_signed_roots() -> None:
    """Leaves and tiles changed alike: the heads tell between which of them."""
    publish(10)
    publish(10, minutes=1)
    publish(10, minutes=2)
    tamper("UPDATE transparency_leaf SET action = 'revoke' WHERE index = 14")
    hashes = b"".join(map(tree.leaf_hash, lines()))
    tamper("UPDATE transparency_tile SET data = decode(%s, 'hex')", hashes.hex())

    found = actions.self_check(NOON).findings

    assert [(one["kind"], one["first"], one["last"]) for one in found] == [("root-differs", 10, 29)]
    with pytest.raises(actions.LogDamaged, match="do not give the root"):
        publish(1)


def test_a_head_changed_by_sql_is_named() -> None:
    publish(3)
    tamper("UPDATE transparency_checkpoint SET note = replace(note, E'\\n3\\n', E'\\n4\\n')")

    assert [one["kind"] for one in actions.self_check(NOON).findings] == ["head-altered"]


def test_heads_deleted_by_sql_do_not_start_the_log_anew() -> None:
    publish(3)
    tamper("DELETE FROM transparency_checkpoint")

    with pytest.raises(actions.LogDamaged, match="beyond the signed head"):
        publish(1)


def test_another_key_does_not_continue_the_log(tmp_path_factory: pytest.TempPathFactory) -> None:
    publish(1)

    with (
        override_settings(KEYS_DIR=tmp_path_factory.mktemp("keys")),
        pytest.raises(actions.WrongKey),
    ):
        publish(1)


def test_the_key_file_is_unreadable_without_the_secret_of_the_installation(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("keys")
    with override_settings(KEYS_DIR=folder):
        publish(1)

    kept = folder / "log.key"
    assert kept.stat().st_mode & 0o077 == 0
    assert len(kept.read_bytes()) == 12 + 32 + 16


def test_a_check_that_finds_nothing_says_so() -> None:
    publish(300)

    check = actions.self_check(NOON)

    assert (check.size, check.findings) == (300, [])
    assert SelfCheck.objects.get() == check


def test_appending_and_publishing_take_a_fixed_number_of_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    publish(3000)
    with django_assert_num_queries(1):
        actions.append(deeds(2000))
    with django_assert_num_queries(21):
        actions.publish(NOON + timedelta(minutes=1))


@pytest.mark.django_db(transaction=True)
def test_many_append_and_publish_at_once_and_nothing_is_lost_or_told_twice() -> None:
    def work(first: int) -> None:
        try:
            for start in range(first, first + 60, 20):
                with transaction.atomic():
                    actions.append(deeds(20, start))
                actions.publish(NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(work, range(0, 600, 100)))

    told = Leaf.objects.order_by("index").values_list("index", "subject_id")
    assert [index for index, _subject in told] == list(range(360))
    assert len({subject for _index, subject in told}) == 360
    assert actions.self_check(NOON).findings == []
    last = queries.latest()
    assert last is not None
    for head in Checkpoint.objects.all():
        proof = tree.consistency_proof(head.size, last.size, queries.node_of(last.size))
        assert tree.extends(head.size, bytes(head.root), last.size, bytes(last.root), proof)


@pytest.mark.django_db(transaction=True)
def test_a_check_while_others_publish_finds_nothing() -> None:
    publish(200)

    def publish_on() -> None:
        try:
            for _turn in range(30):
                publish(7)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        publishing = thread.submit(publish_on)
        while not publishing.done():
            assert actions.self_check(NOON).findings == []
        publishing.result()


def test_the_job_finds_out_once_what_is_damaged_and_signs_nothing() -> None:
    publish(5)
    tamper("DELETE FROM transparency_leaf WHERE index = 2")
    actions.append(deeds(1))

    for minute in range(3):
        jobs.publish_log(timestamp=minute)

    assert [one["what"] for one in SelfCheck.objects.get().findings] == [
        "leaf 2 is not in the database"
    ]
    assert Checkpoint.objects.count() == 1


def test_the_job_checks_everything() -> None:
    publish(5)

    jobs.check_log(timestamp=0)

    assert SelfCheck.objects.get().size == 5


@pytest.mark.django_db(transaction=True)
def test_what_was_not_committed_is_not_told() -> None:
    with transaction.atomic():
        actions.append(deeds(2))
        transaction.set_rollback(True)
    publish(1)

    assert tiles.entries_of(queries.tile_bytes(tiles.TileName(None, 0, 1)))
    assert Leaf.objects.count() == 1
