"""The log gets a new key, and whoever trusted the old one can follow (T-06)."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client
from pytest_django import Settings

from mumpuni.kernel.errors import Refused
from mumpuni.transparency import actions, proofs, queries
from mumpuni.transparency.entries import commitment
from mumpuni.transparency.models import Checkpoint, Leaf, LogKey
from mumpuni.transparency.notes import Note, SigningKey, Unsigned, VerifierKey
from mumpuni.transparency.rotation import introduce_key, retire_key
from mumpuni.transparency.tests.make import NOON, publish
from mumpuni.transparency.tests.test_audit import run, write_out
from mumpuni.transparency.tree import consistency_proof
from mumpuni.transparency.trust import TrustPolicy
from mumpuni.transparency.witness import Submission, Witness

pytestmark = pytest.mark.django_db(transaction=True)

MONTH = 30 * 24 * 60


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.KEYS_DIR = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture
def old() -> VerifierKey:
    return VerifierKey.parse(publish(300).key)


@pytest.fixture
def new(old: VerifierKey) -> VerifierKey:
    return introduce_key(NOON + timedelta(minutes=1))


def signed_by(head: Checkpoint, *keys: VerifierKey) -> list[bool]:
    note = Note.parse(head.note.encode())
    return [bool(note.signatures_by(key)) and note.require(key) == key for key in keys]


def retire() -> VerifierKey:
    publish(1, minutes=2)
    return retire_key(NOON + timedelta(minutes=MONTH + 1))


def test_both_keys_sign_until_the_old_one_is_retired(old: VerifierKey, new: VerifierKey) -> None:
    assert signed_by(publish(1, minutes=2), old, new) == [True, True]

    assert retire_key(NOON + timedelta(minutes=MONTH + 1)) == old

    assert signed_by(publish(1, minutes=MONTH + 2), old, new) == [False, True]
    assert actions.self_check(NOON).findings == []


def test_the_log_tells_of_the_new_key_in_an_entry_that_everybody_can_make(
    old: VerifierKey, new: VerifierKey
) -> None:
    publish(1, minutes=2)

    told = Leaf.objects.get(action="key")
    digest = sha256(str(new).encode()).digest()
    assert bytes(told.commitment) == commitment("key", old.name, digest)
    assert told.index == 300


def test_the_private_half_of_a_retired_key_is_gone(
    old: VerifierKey, new: VerifierKey, folder: Path
) -> None:
    assert len(list(folder.iterdir())) == 2

    retire()

    assert [path.name for path in folder.iterdir()] == [f"log-{new.key_id.hex()}.key"]
    third = introduce_key(NOON + timedelta(minutes=MONTH + 2))
    publish(1, minutes=MONTH + 3)
    assert retire_key(NOON + timedelta(minutes=3 * MONTH)) == new
    assert [path.name for path in folder.iterdir()] == [f"log-{third.key_id.hex()}.key"]
    assert signed_by(publish(1, minutes=3 * MONTH), old, new, third) == [False, False, True]


def test_nobody_is_left_behind(old: VerifierKey, new: VerifierKey) -> None:
    """Rule T-06: not before a month has passed, nor before the new key has signed at all."""
    with pytest.raises(Refused) as unsigned:
        retire_key(NOON + timedelta(minutes=MONTH + 1))
    publish(1, minutes=2)
    with pytest.raises(Refused) as early:
        retire_key(NOON + timedelta(days=29))

    assert (unsigned.value.code, early.value.code) == ("T-06", "T-06")
    retire_key(NOON + timedelta(days=30))


def test_one_key_follows_another(old: VerifierKey, new: VerifierKey) -> None:
    """Rule T-06: never three at once, and never none."""
    with pytest.raises(Refused):
        introduce_key(NOON)
    retire()
    with pytest.raises(Refused):
        retire_key(NOON + timedelta(days=365))


def test_a_log_begins_before_its_key_changes() -> None:
    with pytest.raises(Refused) as refused:
        introduce_key(NOON)

    assert refused.value.code == "T-06"


def test_a_host_without_the_new_key_signs_nothing(new: VerifierKey, folder: Path) -> None:
    (folder / f"log-{new.key_id.hex()}.key").unlink()

    with pytest.raises(actions.WrongKey):
        publish(1)


@pytest.mark.parametrize(
    "statement",
    [
        {"verifier": "another"},
        {"since": NOON},
        {"retired_at": None},
    ],
)
def test_what_is_known_of_a_key_is_not_changed(
    statement: dict[str, object], new: VerifierKey
) -> None:
    """Rule T-06."""
    retire()

    for change in (LogKey.objects.all().delete, lambda: LogKey.objects.update(**statement)):
        with transaction.atomic(), pytest.raises(DatabaseError, match="append-only"):
            change()


def test_audits_follow_with_either_key_and_then_with_both(
    tmp_path: Path, old: VerifierKey, new: VerifierKey, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(1, minutes=2)
    write_out(tmp_path)
    state = tmp_path / "state"
    for keys in (["--key", old], ["--key", new], ["--key", new, "--key", old]):
        assert run(tmp_path, *keys, "--state", state) == 0
    assert "the log tells of 1 that followed its first" in capsys.readouterr().out

    retire_key(NOON + timedelta(minutes=MONTH + 1))
    publish(1, minutes=3)
    write_out(tmp_path)

    assert run(tmp_path, "--key", old) == 1
    assert run(tmp_path, "--key", new, "--state", state) == 0
    assert run(tmp_path, "--key", old, "--key", new, "--state", state) == 0


def test_a_key_of_which_the_log_does_not_tell_is_named(
    tmp_path: Path, old: VerifierKey, capsys: pytest.CaptureFixture[str]
) -> None:
    write_out(tmp_path)
    slipped = SigningKey(old.name, Ed25519PrivateKey.generate()).verifier

    assert run(tmp_path, "--key", old, "--key", slipped) == 1
    assert f"the log does not tell of {old} nor of {slipped}" in capsys.readouterr().out


def test_a_proof_of_before_holds_with_the_key_of_then(old: VerifierKey, new: VerifierKey) -> None:
    leaf = Leaf.objects.get(index=7)
    kept = queries.proof_of(leaf)
    retire()
    publish(1, minutes=MONTH + 2)
    later = queries.proof_of(leaf)

    assert proofs.verify(kept, [new, old]).index == 7
    assert proofs.verify(later, [new, old]).index == 7
    for proof, key in ((kept, new), (later, old)):
        with pytest.raises(Unsigned):
            proofs.verify(proof, [key])


def test_page_and_policy_name_both_keys(client: Client, old: VerifierKey, new: VerifierKey) -> None:
    together = client.get("/log/").content.decode()
    assert together.count("</code> sejak 22 November 2026") == 2
    retire()
    afterwards = client.get("/log/").content.decode()
    assert "dari 22 November 2026 sampai 22 Desember 2026" in afterwards

    for page in (together, afterwards):
        assert str(old) in page
        assert str(new) in page
    assert TrustPolicy.parse(client.get("/log/policy").content).logs == (new, old)


def test_a_witness_follows_with_the_keys_it_was_told(
    tmp_path: Path, old: VerifierKey, new: VerifierKey
) -> None:
    def submitted(before: int) -> bytes:
        head = queries.latest()
        assert head is not None
        way = consistency_proof(before, head.size, queries.node_of(head.size))
        return str(Submission(before, way, head.note)).encode()

    place = tmp_path / "witness"
    with closing(Witness(place, "w.example", [old])) as witness:
        assert witness.add_checkpoint(submitted(0)).status == HTTPStatus.OK
        publish(1, minutes=2)
        assert witness.add_checkpoint(submitted(300)).status == HTTPStatus.OK
        retire_key(NOON + timedelta(minutes=MONTH + 1))
        publish(1, minutes=MONTH + 2)
        assert witness.add_checkpoint(submitted(302)).status == HTTPStatus.FORBIDDEN
    with closing(Witness(place, "w.example", [old, new])) as witness:
        assert witness.add_checkpoint(submitted(302)).status == HTTPStatus.OK


def test_the_command_makes_a_key_signs_with_both_and_retires_the_old(
    old: VerifierKey, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError):
        call_command("rotate_log_key", "--retire")

    call_command("rotate_log_key")

    new = VerifierKey.parse(capsys.readouterr().out.removeprefix("new: ").strip())
    assert signed_by(Checkpoint.objects.latest("size"), old, new) == [True, True]
    with pytest.raises(CommandError):
        call_command("rotate_log_key", "--retire")
