"""Notes, checkpoints, keys and proofs are read only as they are written."""

from __future__ import annotations

from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from mumpuni.transparency import proofs, queries
from mumpuni.transparency.entries import commitment
from mumpuni.transparency.models import Cosignature, Leaf
from mumpuni.transparency.notes import (
    WITNESS_KEY,
    Checkpoint,
    Malformed,
    Note,
    Signature,
    SigningKey,
    Unsigned,
    VerifierKey,
)
from mumpuni.transparency.tests.make import NOON, publish

KEY = SigningKey("log.example/log", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
WITNESS = SigningKey("w.example", Ed25519PrivateKey.from_private_bytes(bytes(32)), WITNESS_KEY)
HEAD = Checkpoint(KEY.name, 7, sha256(b"").digest())
NOTE = str(Note(HEAD.text, (KEY.sign(HEAD.text),)))
# the note and the key of the example in the documentation of golang.org/x/mod/sumdb/note
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZ"
    "SNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_a_note_of_somebody_elses_software_is_read() -> None:
    key = VerifierKey.parse(GO_KEY)

    Note.parse(GO_NOTE.encode()).require(key)

    assert str(key) == GO_KEY
    with pytest.raises(Unsigned):
        Note.parse(GO_NOTE.replace("answer", "Answer").encode()).require(key)


def test_a_checkpoint_is_written_and_read() -> None:
    note = Note.parse(NOTE.encode())

    note.require(KEY.verifier)

    assert str(note) == NOTE
    assert Checkpoint.parse(note.text) == HEAD


def test_a_signature_by_another_key_of_the_same_name_is_none() -> None:
    other = SigningKey(KEY.name, Ed25519PrivateKey.generate())

    with pytest.raises(Unsigned):
        Note.parse(NOTE.encode()).require(other.verifier)


def test_one_wrong_signature_of_a_known_key_spoils_the_note() -> None:
    right = KEY.sign(HEAD.text)
    wrong = Signature(KEY.name, KEY.verifier.key_id, right.data[::-1])

    with pytest.raises(Unsigned):
        Note(HEAD.text, (right, wrong)).require(KEY.verifier)


def test_a_witness_signs_the_time_too() -> None:
    line = WITNESS.cosign(HEAD.text, 1_800_000_000)
    later = line._replace(data=(1_800_000_001).to_bytes(8) + line.data[8:])

    assert Note(HEAD.text, (line,)).witnessed_at(WITNESS.verifier) == 1_800_000_000
    assert Note(HEAD.text, (later,)).witnessed_at(WITNESS.verifier) is None
    assert Note(HEAD.text, (KEY.sign(HEAD.text),)).witnessed_at(WITNESS.verifier) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff",
        NOTE.encode()[:-1],
        NOTE.replace("\n\n", "\n").encode(),
        NOTE.replace("— ", "- ").encode(),
        NOTE.replace("log\n7", "log\r\n7").encode(),
        NOTE.replace("\n\n—", "\n\n\t—").encode(),
        HEAD.text.encode() + b"\n",
        HEAD.text.encode() + b"\n" + str(KEY.sign(HEAD.text)).encode() * 65,
        HEAD.text.encode() + "\n— log.example/log AAAA\n".encode(),
        HEAD.text.encode() + "\n— log.example/log AAAAAB==\n".encode(),
    ],
)
def test_what_is_no_note_is_not_read(raw: bytes) -> None:
    with pytest.raises(Malformed):
        Note.parse(raw)


@pytest.mark.parametrize(
    ("old", "new"),
    [("\n7\n", "\n07\n"), ("\n7\n", "\n-7\n"), ("\n7\n", "\n٧\n"), ("=\n", "=\nmore\n"), ("4", "")],
)
def test_what_is_no_checkpoint_is_not_read(old: str, new: str) -> None:
    with pytest.raises(Malformed):
        Checkpoint.parse(HEAD.text.replace(old, new))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "log.example/log",
        str(KEY.verifier).replace("log.example", "log.other"),
        str(KEY.verifier).replace("log.example/log", "log example"),
        "log+00000000+Ag==",
    ],
)
def test_what_is_no_key_is_not_read(text: str) -> None:
    with pytest.raises(Malformed):
        VerifierKey.parse(text)


@given(st.binary(max_size=200))
def test_whatever_is_sent_is_read_or_refused(raw: bytes) -> None:
    for parse in (Note.parse, lambda data: proofs.Proof.parse(data.decode(errors="replace"))):
        try:
            parse(raw)
        except Malformed:
            continue


@pytest.mark.django_db
def test_a_proof_tells_what_stands_where_and_who_saw_it() -> None:
    head = publish(300)
    line = WITNESS.cosign(text_of(head.note), 1_800_000_000)
    Cosignature.objects.create(
        checkpoint=head, witness=str(WITNESS.verifier), line=str(line), at=NOON
    )
    publish(5)
    key = VerifierKey.parse(head.key)

    proven = proofs.verify(
        queries.proof_of(Leaf.objects.get(index=256)), [key], [WITNESS.verifier, KEY.verifier]
    )

    assert (proven.index, proven.checkpoint.size) == (256, 300)
    assert proven.witnessed == {"w.example": 1_800_000_000}
    told = commitment("issue", "SECRET256", b"digest of a credential")
    assert proven.entry.commitment == told


def text_of(note: str) -> str:
    return Note.parse(note.encode()).text


@pytest.mark.django_db
def test_a_leaf_after_the_last_witnessed_head_is_proven_by_the_newest() -> None:
    first, newest = publish(3), publish(3)
    line = WITNESS.cosign(text_of(first.note), 1_800_000_000)
    Cosignature.objects.create(checkpoint=first, witness="w", line=str(line), at=NOON)

    proven = dict(queries.proofs_of(Leaf.objects.order_by("index")))

    key = VerifierKey.parse(newest.key)
    sizes = [proofs.verify(text, [key]).checkpoint.size for text in proven.values()]
    assert sizes == [3, 3, 3, 6, 6, 6]


@pytest.mark.django_db
def test_what_is_not_in_the_log_has_no_proof() -> None:
    publish(1)
    waiting = Leaf.objects.create(
        action=Leaf.Action.KEY, commitment=bytes(32), subject="", subject_id=1
    )

    with pytest.raises(queries.NotPublished):
        queries.proof_of(waiting)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2", Malformed),
        ("index 1", "index 2", proofs.NotIncluded),
        ("index 1", "index 01", Malformed),
        ("index 1", "place 1", Malformed),
        ("\n3\n", "\n4\n", Unsigned),
        ("extra ", "extra AA", Malformed),
    ],
)
def test_a_changed_proof_convinces_nobody(old: str, new: str, error: type[Exception]) -> None:
    head = publish(3)
    text = queries.proof_of(Leaf.objects.get(index=1))

    with pytest.raises(error):
        proofs.verify(text.replace(old, new, 1), [VerifierKey.parse(head.key)])


@pytest.mark.django_db
def test_a_proof_of_another_entry_convinces_nobody() -> None:
    head = publish(3)
    lines = [queries.proof_of(Leaf.objects.get(index=index)).split("\n")[1] for index in (0, 1)]
    text = queries.proof_of(Leaf.objects.get(index=1)).replace(lines[1], lines[0])

    with pytest.raises(proofs.NotIncluded):
        proofs.verify(text, [VerifierKey.parse(head.key)])
