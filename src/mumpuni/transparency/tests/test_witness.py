"""Witnesses: ours signs forward only, and our log asks theirs, both over real HTTP."""

from __future__ import annotations

import http.client
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from mumpuni.kernel.jobs import do_queued
from mumpuni.transparency import jobs, queries, tree, witnesses
from mumpuni.transparency.models import Checkpoint, Cosignature
from mumpuni.transparency.notes import Checkpoint as Head
from mumpuni.transparency.notes import Note, Signature, SigningKey, VerifierKey
from mumpuni.transparency.tests import naive
from mumpuni.transparency.tests.make import publish
from mumpuni.transparency.witness import Submission, Witness, server

LOG = SigningKey("log.example/log", Ed25519PrivateKey.generate())
ENTRIES = [b"%d" % number for number in range(20)]


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[Witness]:
    with closing(Witness(tmp_path, "witness.example/w1", [LOG.verifier])) as made:
        yield made


def submission(old: int, size: int, *, key: SigningKey = LOG, root: bytes = b"") -> bytes:
    head = Head(key.name, size, root or naive.tree_hash(ENTRIES[:size]))
    note = Note(head.text, (key.sign(head.text),))
    proof = naive.proof(old, ENTRIES[:size]) if 0 < old <= size else []
    return str(Submission(old, proof, str(note))).encode()


def test_a_log_that_continues_is_signed_with_the_time(witness: Witness) -> None:
    for old, size in [(0, 5), (5, 5), (5, 6), (6, 20)]:
        answer = witness.add_checkpoint(submission(old, size))

        assert answer.status == HTTPStatus.OK
        text = Note.parse(Submission.parse(submission(old, size)).note.encode()).text
        cosigned = Note(text, (Signature.parse(answer.body.rstrip("\n")),))
        assert cosigned.witnessed_at(witness.key.verifier)


def test_what_was_seen_outlives_the_process(tmp_path: Path) -> None:
    for old, size in [(0, 5), (5, 9)]:
        with closing(Witness(tmp_path, "witness.example/w1", [LOG.verifier])) as once:
            assert once.add_checkpoint(submission(old, size)).status == HTTPStatus.OK


def test_one_folder_is_one_witness(witness: Witness, tmp_path: Path) -> None:
    with pytest.raises(BlockingIOError):
        Witness(tmp_path, "witness.example/w1", [LOG.verifier])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (submission(4, 9), HTTPStatus.CONFLICT),
        (submission(0, 9), HTTPStatus.CONFLICT),
        (submission(5, 5, root=bytes(32)), HTTPStatus.CONFLICT),
        (submission(5, 9, root=bytes(32)), HTTPStatus.UNPROCESSABLE_ENTITY),
        (submission(5, 4), HTTPStatus.BAD_REQUEST),
        (submission(5, 9, key=SigningKey("other", LOG.private)), HTTPStatus.NOT_FOUND),
        (
            submission(5, 9, key=SigningKey(LOG.name, Ed25519PrivateKey.generate())),
            HTTPStatus.FORBIDDEN,
        ),
        (submission(5, 9).replace(b"old 5", b"old 05"), HTTPStatus.BAD_REQUEST),
        (submission(5, 9).replace(b"old 5\n", b"old 5\n" + b"x\n" * 64), HTTPStatus.BAD_REQUEST),
        (submission(5, 9)[:-20], HTTPStatus.BAD_REQUEST),
        (b"\xff\xfe", HTTPStatus.BAD_REQUEST),
        (b"", HTTPStatus.BAD_REQUEST),
    ],
)
def test_what_does_not_continue_is_not_signed(
    witness: Witness, body: bytes, status: HTTPStatus
) -> None:
    """Rule T-05."""
    witness.add_checkpoint(submission(0, 5))

    assert witness.add_checkpoint(body).status == status
    assert witness.add_checkpoint(submission(5, 6)).status == HTTPStatus.OK


def test_a_conflict_tells_the_size_that_was_seen(witness: Witness) -> None:
    witness.add_checkpoint(submission(0, 5))

    answer = witness.add_checkpoint(submission(3, 9))

    assert (answer.body, answer.kind) == ("5\n", "text/x.tlog.size")


def test_of_many_at_once_one_is_signed(witness: Witness) -> None:
    """Rule T-05."""
    bodies = [submission(0, size) for size in range(1, 17)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(witness.add_checkpoint, bodies))

    assert [answer.status for answer in answers].count(HTTPStatus.OK) == 1


@pytest.fixture
def address(witness: Witness) -> Iterator[tuple[str, int]]:
    with server(witness, "127.0.0.1", 0) as listening:
        thread = Thread(target=listening.serve_forever)
        thread.start()
        yield "127.0.0.1", listening.server_port
        listening.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/add-checkpoint", submission(0, 5), 200),
        ("/elsewhere", b"", 404),
        ("/add-checkpoint", b"x" * 70_000, 413),
    ],
)
def test_it_answers_over_http(
    address: tuple[str, int], path: str, body: bytes, status: int
) -> None:
    with closing(http.client.HTTPConnection(*address)) as asking:
        asking.request("POST", path, body)
        assert asking.getresponse().status == status


def test_the_command_is_a_witness(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mumpuni.config.cli", "witness", "--port", "0"]
    given = ["--state", str(tmp_path), "--name", "w.example", "--log", str(LOG.verifier)]
    with subprocess.Popen([*command, *given], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            key = VerifierKey.parse(process.stdout.readline().strip())
            host, _colon, rest = process.stdout.readline().removeprefix("http://").partition(":")
            with closing(http.client.HTTPConnection(host, int(rest.partition("/")[0]))) as asking:
                asking.request("POST", "/add-checkpoint", submission(0, 5))
                answer = asking.getresponse().read().decode()
        finally:
            process.terminate()

    assert Signature.parse(answer.rstrip("\n")).key_id == key.key_id


@pytest.fixture
def watching(
    db: None, tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> Iterator[Witness]:
    """Run a witness that watches the log of this installation."""
    log = VerifierKey.parse(publish(3).key)
    folder = tmp_path_factory.mktemp("watching")
    with (
        closing(Witness(folder, "witness.example/w2", [log])) as made,
        server(made, "127.0.0.1", 0) as listening,
    ):
        thread = Thread(target=listening.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{listening.server_port}"
        settings.LOG_WITNESSES = [f"{url} {made.key.verifier}"]
        yield made
        listening.shutdown()
        thread.join()


def test_the_log_has_its_heads_signed_one_after_the_other(watching: Witness) -> None:
    for head in [queries.latest(), publish(300), publish(1)]:
        assert head is not None
        witnesses.collect(head)

        note = Note.parse(queries.note_of(head).encode())
        assert note.witnessed_at(watching.key.verifier)
        assert witnesses.missing(head) == []
    assert Cosignature.objects.count() == 3


def test_a_witness_that_saw_more_than_we_remember_is_asked_from_there(watching: Witness) -> None:
    head = queries.latest()
    assert head is not None
    way = tree.consistency_proof(0, head.size, queries.node_of(head.size))
    watching.add_checkpoint(str(Submission(0, way, head.note)).encode())

    longer = publish(5)
    witnesses.collect(longer)

    assert witnesses.missing(longer) == []


def test_a_witness_that_saw_a_longer_log_does_not_sign_the_shorter(watching: Witness) -> None:
    shorter = queries.latest()
    assert shorter is not None
    witnesses.collect(publish(5))

    witnesses.collect(shorter)

    assert len(witnesses.missing(shorter)) == 1


@pytest.mark.django_db
def test_a_witness_that_is_away_holds_up_nobody(settings: Settings) -> None:
    away = SigningKey("away.example", Ed25519PrivateKey.generate(), 0x04).verifier
    settings.LOG_WITNESSES = [f"http://127.0.0.1:9 {away}"]
    head = publish(1)

    witnesses.collect(head)

    assert witnesses.missing(head) == [witnesses.Address("http://127.0.0.1:9", away)]


def test_a_signature_by_somebody_else_is_not_kept(watching: Witness, settings: Settings) -> None:
    url = settings.LOG_WITNESSES[0].partition(" ")[0]
    other = SigningKey("witness.example/w2", Ed25519PrivateKey.generate(), 0x04).verifier
    settings.LOG_WITNESSES = [f"{url} {other}"]

    witnesses.collect(publish(1))

    assert not Cosignature.objects.exists()


@pytest.mark.parametrize("text", ["https://w.example", "w.example w+1+1", "ftp://w.example/"])
def test_a_witness_is_an_address_and_a_key(text: str, settings: Settings) -> None:
    settings.LOG_WITNESSES = [text]

    with pytest.raises(ImproperlyConfigured):
        witnesses.configured()


@pytest.mark.django_db(transaction=True)
def test_jobs_publish_and_have_it_witnessed(watching: Witness) -> None:
    publish(2)

    jobs.publish_soon()
    jobs.publish_soon()
    do_queued()

    newest = Checkpoint.objects.latest("size")
    assert witnesses.missing(newest) == []
