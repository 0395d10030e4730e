"""The static tree: complete, consistent at every moment, and written by what changed alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.base import File
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client
from pytest_django import Settings

from mumpuni.certificates import actions, jobs
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.publication.places import Folder
from mumpuni.certificates.publication.publishing import STATE, publish
from mumpuni.certificates.tests import make
from mumpuni.credentials.contexts import PINNED
from mumpuni.transparency import actions as log
from mumpuni.transparency import proofs
from mumpuni.transparency.models import Checkpoint, Cosignature
from mumpuni.transparency.notes import WITNESS_KEY, Note, SigningKey, VerifierKey

pytestmark = pytest.mark.django_db(transaction=True)

AT = make.ISSUED_AT


def issue(candidates: int = 1) -> list[Certificate]:
    """Issue certificates to people of one session, and let log and lists tell of them."""
    request = make.issued_request(make.decided_session(candidates=candidates))
    tell()
    return list(request.certificates.order_by("pk"))


def tell() -> None:
    log.publish(AT)
    actions.sign_status_lists(AT)


def written(*arguments: object) -> int:
    """Publish, and return the exit code."""
    with pytest.raises(SystemExit) as ended:
        call_command("publish", *map(str, arguments))
    assert isinstance(ended.value.code, int)
    return ended.value.code


def audited(folder: Path) -> int:
    key = Checkpoint.objects.latest("size").key
    with pytest.raises(SystemExit) as ended:
        call_command("audit", str(folder), "--key", key)
    assert isinstance(ended.value.code, int)
    return ended.value.code


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    assert before.keys() <= after.keys()
    return {path for path, data in after.items() if before.get(path) != data} - {STATE}


def test_the_tree_holds_what_the_site_answers(tmp_path: Path, client: Client) -> None:
    certificates = issue(3)

    assert written("--out", tmp_path) == 0

    tree = files(tmp_path)
    for path in tree.keys() - {STATE}:
        assert client.get(f"/{path}").content == tree[path], path
    body = certificates[0].organisation.code
    assert {
        ".well-known/did.json",
        "registry.json",
        f"lsp/{body}/did.json",
        f"lsp/{body}/recognition.json",
        f"status/{body}/2026/1/revocation",
        f"status/{body}/2026/1/suspension",
        f"status/{body}/2026/1/message",
        "log/checkpoint",
        "log/policy",
        *[f"contexts/{pinned.file}" for pinned in PINNED.values()],
        *[
            f"c/{certificate.public_id}{form}"
            for certificate in certificates
            for form in ("", ".json", ".jwt", ".tlog-proof")
        ],
    } <= tree.keys()


def test_an_audit_finds_the_tree_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issue(3)
    written("--out", tmp_path)

    assert audited(tmp_path) == 0

    assert "3 are in the log as they are here" in capsys.readouterr().out


def test_nothing_is_written_where_nothing_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issue()
    written("--out", tmp_path)
    capsys.readouterr()

    written("--out", tmp_path)

    assert capsys.readouterr().out == "0 files written\n"


def test_everything_is_written_again_where_that_is_asked(tmp_path: Path) -> None:
    issue()
    written("--out", tmp_path)
    whole = files(tmp_path)
    (tmp_path / "registry.json").unlink()

    written("--out", tmp_path, "--full")

    assert files(tmp_path) == whole


def test_a_new_certificate_adds_its_files_alone(tmp_path: Path) -> None:
    issue()
    written("--out", tmp_path)
    before = files(tmp_path)

    [certificate] = issue()
    written("--out", tmp_path)

    new = {path for path in changed(before, files(tmp_path)) if path.startswith("c/")}
    assert {path.partition(".")[0] for path in new} == {f"c/{certificate.public_id}"}
    assert audited(tmp_path) == 0


def test_a_revocation_changes_lists_and_log_alone(tmp_path: Path) -> None:
    [certificate] = issue()
    written("--out", tmp_path)
    before = files(tmp_path)

    make.take(certificate, "revoke")
    log.publish(AT)
    actions.sign_status_lists(AT + timedelta(minutes=1))
    written("--out", tmp_path)

    places_changed = {path.partition("/")[0] for path in changed(before, files(tmp_path))}
    assert places_changed == {"status", "log"}
    assert audited(tmp_path) == 0


def test_what_the_log_has_not_told_is_not_published(tmp_path: Path) -> None:
    issue()
    request = make.issued_request(make.decided_session())

    written("--out", tmp_path)

    untold = request.certificates.get().public_id
    assert not [path for path in files(tmp_path) if untold in path]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE certificates_certificate SET holder_name = 'Orang Lain' WHERE id = %s",
        "DELETE FROM certificates_credential WHERE certificate_id = %s",
    ],
)
def test_a_certificate_that_was_altered_is_named_and_not_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], statement: str
) -> None:
    altered, sound = issue(2)
    with connection.cursor() as cursor:
        cursor.execute(statement, [altered.pk])

    assert written("--out", tmp_path) == 1

    assert "the certificate is gone or was altered" in capsys.readouterr().err
    assert not (tmp_path / f"c/{altered.public_id}.json").exists()
    assert (tmp_path / f"c/{sound.public_id}.json").exists()


def test_a_proof_is_written_again_when_a_witness_has_signed(tmp_path: Path) -> None:
    [certificate] = issue()
    written("--out", tmp_path)
    witness = SigningKey("saksi.contoh.id", Ed25519PrivateKey.generate(), WITNESS_KEY)
    head = Checkpoint.objects.latest("size")
    line = witness.cosign(Note.parse(head.note.encode()).text, int(AT.timestamp()))
    Cosignature.objects.create(
        checkpoint=head, witness=str(witness.verifier), line=str(line), at=AT
    )

    written("--out", tmp_path)

    proof = (tmp_path / f"c/{certificate.public_id}.tlog-proof").read_text()
    proven = proofs.verify(proof, [VerifierKey.parse(head.key)], [witness.verifier])
    assert proven.witnessed == {"saksi.contoh.id": int(AT.timestamp())}
    assert str(line) in (tmp_path / "log/checkpoint").read_text()


class Failing(Folder):
    """A disk that is full after so many files."""

    left = 0

    def _save(self, name: str, content: File[bytes]) -> str:
        if self.left == 0:
            raise OSError("no space left")
        self.left -= 1
        return super()._save(name, content)


@pytest.mark.parametrize("room", [5, 12, 20, 24, 28])
def test_a_publication_that_broke_off_is_completed_by_the_next(tmp_path: Path, room: int) -> None:
    issue(3)
    broken = Failing(tmp_path)
    broken.left = room

    with pytest.raises(OSError, match="no space left"):
        publish(broken, AT, print)
    if (tmp_path / "log/checkpoint").exists():
        assert audited(tmp_path) == 0

    written("--out", tmp_path)
    assert audited(tmp_path) == 0
    assert len(list((tmp_path / "c").glob("*.json"))) == 3


class Meanwhile(Folder):
    """A place to which it takes so long to write that others issue meanwhile."""

    def _save(self, name: str, content: File[bytes]) -> str:
        if name == "log/checkpoint":
            issue()
            connections.close_all()
        return super()._save(name, content)


def test_what_is_issued_meanwhile_is_left_to_the_next(tmp_path: Path) -> None:
    [first] = issue()

    publish(Meanwhile(tmp_path), AT, print)

    assert [path.stem for path in (tmp_path / "c").glob("*.json")] == [first.public_id]
    assert audited(tmp_path) == 0
    written("--out", tmp_path)
    assert len(list((tmp_path / "c").glob("*.json"))) == 2
    assert audited(tmp_path) == 0


def test_a_tree_that_tells_of_more_than_the_log_is_not_overwritten(tmp_path: Path) -> None:
    issue()
    written("--out", tmp_path)
    state = json.loads((tmp_path / STATE).read_text())
    (tmp_path / STATE).write_text(json.dumps(state | {"size": 1000}))

    with pytest.raises(CommandError, match="tells of 1000 entries"):
        call_command("publish", "--out", str(tmp_path))


class Store(ThreadingHTTPServer):
    """As much of S3 as a publication needs: objects with their headers, by path."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Requests)
        self.objects: dict[str, tuple[bytes, str, str]] = {}


class Requests(BaseHTTPRequestHandler):
    server: Store
    protocol_version = "HTTP/1.1"  # answers `Expect: 100-continue`, for which a client waits

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        kind, keep = self.headers["Content-Type"], self.headers["Cache-Control"]
        self.server.objects[self.path] = content, kind, keep
        self._answer(HTTPStatus.OK)

    def do_GET(self) -> None:
        found = self.server.objects.get(self.path)
        self._answer(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND, found[0] if found else b"")

    do_HEAD = do_GET  # noqa: N815 - http.server's name

    def _answer(self, status: HTTPStatus, content: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_of_the_request: Any) -> None:
        pass


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        options = {
            "bucket_name": "sertifikat",
            "endpoint_url": f"http://127.0.0.1:{server.server_port}",
            "access_key": "kunci",
            "secret_key": "rahasia",
            "region_name": "id",
            "addressing_style": "path",
            "object_parameters": {"CacheControl": "public, max-age=300"},
        }
        s3 = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
        settings.STORAGES = settings.STORAGES | {"published": s3}
        yield server
        server.shutdown()


def test_a_store_is_filled_with_the_same(tmp_path: Path, store: Store) -> None:
    [certificate] = issue()

    assert written("--store") == 0

    written("--out", tmp_path)
    tree = files(tmp_path)
    held = {path.removeprefix("/sertifikat/"): one for path, one in store.objects.items()}
    assert {path: content for path, (content, _kind, _keep) in held.items()} == tree
    _content, kind, keep = held[f"c/{certificate.public_id}"]
    assert (kind, keep) == ("application/vc", "public, max-age=300")


def test_a_store_remembers_how_far_it_is(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    issue()
    written("--store")
    capsys.readouterr()

    written("--store")

    assert capsys.readouterr().out == "0 files written\n"


def test_where_no_store_was_named_that_is_said() -> None:
    with pytest.raises(CommandError, match="MUMPUNI_S3_BUCKET"):
        call_command("publish", "--store")


@pytest.fixture
def tree(settings: Settings, tmp_path: Path) -> Path:
    folder = "mumpuni.certificates.publication.places.Folder"
    named = {"BACKEND": folder, "OPTIONS": {"folder": tmp_path / "tree"}}
    settings.STORAGES = settings.STORAGES | {"tree": named}
    return tmp_path / "tree"


def test_the_worker_keeps_folder_and_store_up_to_date(tree: Path, store: Store) -> None:
    issue()
    jobs.publish_tree(timestamp=0)
    assert audited(tree) == 0
    before = files(tree)

    [certificate] = issue()
    jobs.publish_tree(timestamp=60)

    path = f"c/{certificate.public_id}.json"
    assert path in changed(before, files(tree))
    assert store.objects[f"/sertifikat/{path}"][0] == files(tree)[path]
    assert audited(tree) == 0


def test_the_worker_publishes_nowhere_unless_told_where(tmp_path: Path) -> None:
    issue()

    jobs.publish_tree(timestamp=0)

    assert not files(tmp_path)


def test_the_worker_does_not_wait_for_who_publishes(tree: Path) -> None:
    issue()
    with ThreadPoolExecutor(1) as thread:

        class Slow(Folder):
            """A place in which somebody is still writing when the worker comes."""

            met = False

            def _save(self, name: str, content: File[bytes]) -> str:
                if not self.met:
                    self.met = True
                    thread.submit(beside).result(timeout=20)
                return super()._save(name, content)

        def beside() -> None:
            jobs.publish_tree(timestamp=0)
            connections.close_all()

        place = Slow(tree)
        publish(place, AT, print)

    assert place.met
    assert audited(tree) == 0
    jobs.publish_tree(timestamp=60)
    assert audited(tree) == 0


def test_the_worker_says_what_it_cannot_publish(
    tree: Path, caplog: pytest.LogCaptureFixture
) -> None:
    [altered, _sound] = issue(2)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE certificates_certificate SET holder_name = 'X' WHERE id = %s", [altered.pk]
        )

    jobs.publish_tree(timestamp=0)
    state = json.loads((tree / STATE).read_text())
    (tree / STATE).write_text(json.dumps(state | {"size": 1000}))
    jobs.publish_tree(timestamp=60)

    assert "tree_finding" in caplog.text
    assert "tree_ahead_of_log" in caplog.text
    assert json.loads((tree / STATE).read_text())["size"] == 1000
