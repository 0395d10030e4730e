"""An audit needs nothing but the log's key, and finds whatever was changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from pytest_django.live_server_helper import LiveServer

from mumpuni.transparency import actions, queries, tiles, tree
from mumpuni.transparency.entries import Entry, commitment
from mumpuni.transparency.keys import first_key
from mumpuni.transparency.models import Checkpoint, Leaf
from mumpuni.transparency.notes import Checkpoint as Head
from mumpuni.transparency.notes import Note, SigningKey, VerifierKey
from mumpuni.transparency.tests.make import NOON, publish, tamper

pytestmark = pytest.mark.django_db


def write_out(folder: Path, since: int = 0) -> str:
    """Write the log as a static tree has it; return its key."""
    for path, data in queries.files_since(since):
        place = folder / "log" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return Checkpoint.objects.latest("size").key


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        call_command("audit", *map(str, arguments))
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture
def key(tmp_path: Path) -> str:
    publish(300)
    publish(300, minutes=1)
    return write_out(tmp_path)


def test_a_log_in_order_is_told_line_by_line(
    tmp_path: Path, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "--key", key) == 0

    told = capsys.readouterr().out
    assert [line.partition(":")[0] for line in told.splitlines()] == [
        "yes head",
        "yes tree",
        "yes tiles",
        "yes times",
    ]


def test_the_folder_of_the_log_itself_will_do(tmp_path: Path, key: str) -> None:
    assert run(tmp_path / "log", "--key", key) == 0


def test_programs_get_json(tmp_path: Path, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "--key", key, "--json") == 0

    report = json.loads(capsys.readouterr().out)
    assert (report["holds"], report["size"]) == (True, 600)


def flip(path: str, place: int) -> Callable[[Path], None]:
    def changed(folder: Path) -> None:
        data = bytearray((folder / path).read_bytes())
        data[place] ^= 1
        (folder / path).write_bytes(data)

    return changed


def gone(path: str) -> Callable[[Path], None]:
    return lambda folder: (folder / path).unlink()


def shorter(path: str) -> Callable[[Path], None]:
    def changed(folder: Path) -> None:
        (folder / path).write_bytes((folder / path).read_bytes()[:-32])

    return changed


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (flip("tile/entries/001", 5), "entry 256 is not what its tile says"),
        (flip("tile/entries/002.p/88", -2), "entry 599 is not what its tile says"),
        (flip("tile/0/000", 40), "entry 1 is not what its tile says"),
        (flip("tile/1/000.p/2", 0), "tile/1/000.p/2 is not made of the tiles below it"),
        (flip("checkpoint", 20), "not signed by"),
        (gone("tile/0/001"), "tile/0/001 is not there"),
        (gone("tile/entries/002.p/88"), "tile/entries/002 is not there"),
        (shorter("tile/0/001"), "entry 511 is not what its tile says"),
        (shorter("tile/entries/001"), "a bundle ends within an entry"),
    ],
)
def test_whatever_is_changed_is_found(
    tmp_path: Path,
    key: str,
    change: Callable[[Path], None],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    change(tmp_path / "log")

    assert run(tmp_path, "--key", key) == 1
    assert told in capsys.readouterr().out


def test_a_log_under_another_key_is_not_that_log(tmp_path: Path, key: str) -> None:
    name = VerifierKey.parse(key).name
    other = SigningKey(name, Ed25519PrivateKey.generate()).verifier

    assert run(tmp_path, "--key", other) == 1


def test_a_log_that_was_rewritten_does_not_continue(
    tmp_path: Path, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The log signs another history with its own key: only who remembers can tell."""
    state = tmp_path / "state"
    assert run(tmp_path, "--key", key, "--state", state) == 0
    tamper("UPDATE transparency_leaf SET action = 'revoke' WHERE index = 3")
    resign(tmp_path / "log")

    assert run(tmp_path, "--key", key) == 0
    assert run(tmp_path, "--key", key, "--state", state) == 1
    assert "does not continue the 600 entries of the audit before" in capsys.readouterr().out


def resign(folder: Path) -> None:
    """Write the log anew from its leaves, as whoever holds its key could."""
    lines = [line for _index, line in queries.lines_between(0, 600)]
    kept = tiles.extend(0, [tree.leaf_hash(line) for line in lines], lambda *_: b"")
    frontier = tree.Frontier()
    for line in lines:
        frontier.append(tree.leaf_hash(line))
    for name in (*tiles.names_of(600), *tiles.bundles_of(600)):
        first = name.number * tiles.WIDTH
        data = (
            tiles.bundle(lines[first : first + name.width])
            if name.level is None
            else kept[name.level, name.number]
        )
        (folder / name.path).write_bytes(data)
    key = first_key(VerifierKey.parse(Checkpoint.objects.latest("size").key).name)
    head = Head(key.name, 600, frontier.root())
    (folder / "checkpoint").write_text(str(Note(head.text, (key.sign(head.text),))))


def test_a_log_that_grew_continues_and_is_remembered(
    tmp_path: Path, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state"
    assert run(tmp_path, "--key", key, "--state", state) == 0
    publish(200, minutes=2)
    write_out(tmp_path, since=600)

    assert run(tmp_path, "--key", key, "--state", state) == 0
    assert "continues the 600 entries of the audit before" in capsys.readouterr().out
    assert state.read_text().splitlines()[1] == "800"


def test_times_that_run_backwards_are_found(
    tmp_path: Path, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rule T-04."""
    tamper("UPDATE transparency_leaf SET at = at - interval '1 hour' WHERE index = 555")
    resign(tmp_path / "log")

    assert run(tmp_path, "--key", key) == 1
    assert "entry 555 is dated" in capsys.readouterr().out


def test_times_to_come_are_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(1, minutes=60 * 24 * 365 * 50)

    assert run(tmp_path, "--key", write_out(tmp_path)) == 1
    assert "not yet" in capsys.readouterr().out


def test_a_witness_that_did_not_sign_is_told(tmp_path: Path, key: str) -> None:
    witness = SigningKey("w.example", Ed25519PrivateKey.generate(), 0x04).verifier

    assert run(tmp_path, "--key", key, "--witness", witness) == 1


def policy_for(place: Path, key: str, quorum: str) -> Path:
    """Write a policy of this log with two witnesses of which one has signed its head."""
    head = Checkpoint.objects.latest("size")
    signed, away = (
        SigningKey(name, Ed25519PrivateKey.generate(), 0x04) for name in ("signed", "away")
    )
    note = Note.parse(head.note.encode())
    line = signed.cosign(note.text, 1_800_000_000)
    (place / "log/checkpoint").write_text(str(Note(note.text, (*note.signatures, line))))
    lines = [
        f"log {key}",
        f"witness a {signed.verifier} https://signed.example",
        f"witness b {away.verifier}",
        *([f"group g {quorum} a b", "quorum g"] if quorum in {"any", "all"} else []),
        *([f"quorum {quorum}"] if quorum not in {"any", "all"} else []),
    ]
    (place / "policy").write_text("".join(f"{line}\n" for line in lines))
    return place / "policy"


@pytest.mark.parametrize(
    ("quorum", "status"), [("none", 0), ("any", 0), ("a", 0), ("b", 1), ("all", 1)]
)
def test_a_policy_names_the_log_and_the_quorum_that_must_have_signed(
    tmp_path: Path, key: str, quorum: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "--policy", policy_for(tmp_path, key, quorum)) == status
    assert f"{['yes', 'NO '][status]} quorum: signed by signed" in capsys.readouterr().out


def test_a_key_of_ones_own_goes_before_those_of_a_policy(tmp_path: Path, key: str) -> None:
    other = SigningKey(VerifierKey.parse(key).name, Ed25519PrivateKey.generate()).verifier
    policy = policy_for(tmp_path, str(other), "none")

    assert run(tmp_path, "--policy", policy) == 1
    assert run(tmp_path, "--policy", policy, "--key", key) == 0


def test_what_is_no_policy_is_said_at_once(tmp_path: Path, key: str) -> None:
    (tmp_path / "policy").write_text(f"log {key}\n")

    for place in (tmp_path / "policy", tmp_path / "elsewhere"):
        with pytest.raises(CommandError, match=r"a policy names its quorum|No such file"):
            call_command("audit", str(tmp_path), "--policy", str(place))


def test_a_policy_without_logs_needs_a_key(tmp_path: Path, key: str) -> None:
    (tmp_path / "policy").write_text("quorum none\n")

    assert run(tmp_path, "--policy", tmp_path / "policy") == 2
    assert run(tmp_path, "--policy", tmp_path / "policy", "--key", key) == 0


def test_a_partial_tile_may_be_gone_once_the_full_one_is_there(tmp_path: Path, key: str) -> None:
    old = (tmp_path / "log/checkpoint").read_bytes()
    publish(200, minutes=2)
    write_out(tmp_path, since=600)
    (tmp_path / "log/checkpoint").write_bytes(old)
    gone("tile/0/002.p/88")(tmp_path / "log")
    gone("tile/entries/002.p/88")(tmp_path / "log")

    assert run(tmp_path, "--key", key) == 0


def issue(folder: Path, name: str, data: bytes, action: Leaf.Action = Leaf.Action.ISSUE) -> None:
    """Publish a credential and its proof."""
    told = commitment(action, name, sha256(data).digest())
    actions.append([actions.Deed(action, told, "certificates.certificate", 9)])
    actions.publish(NOON + timedelta(minutes=5))
    leaf = Leaf.objects.latest("index")
    (folder / "c").mkdir(exist_ok=True)
    (folder / "c" / f"{name}.json").write_bytes(data)
    (folder / "c" / f"{name}.tlog-proof").write_text(queries.proof_of(leaf))


def test_credentials_are_looked_up_in_the_log(
    tmp_path: Path, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    issue(tmp_path, "ABCDEFGH23456723", b'{"a": 1}')
    issue(tmp_path, "ABCDEFGH23456724", b'{"a": 2}')
    write_out(tmp_path)

    assert run(tmp_path, "--key", key) == 0
    assert "2 are in the log as they are here" in capsys.readouterr().out


@pytest.mark.parametrize("changed", ["A.json", "A.tlog-proof", "B.json"])
def test_a_credential_that_was_changed_or_renamed_is_found(
    tmp_path: Path, key: str, changed: str
) -> None:
    issue(tmp_path, "A", b'{"a": 1}')
    write_out(tmp_path)
    folder = tmp_path / "c"
    if changed == "B.json":
        for ending in ("json", "tlog-proof"):
            (folder / f"A.{ending}").rename(folder / f"B.{ending}")
    else:
        flip(changed, 40 if changed.endswith("proof") else 3)(folder)

    assert run(tmp_path, "--key", key) == 1


def test_that_a_credential_was_revoked_does_not_show_it_was_issued(
    tmp_path: Path, key: str
) -> None:
    issue(tmp_path, "A", b'{"a": 1}', Leaf.Action.REVOKE)
    write_out(tmp_path)

    assert run(tmp_path, "--key", key) == 1


def test_without_a_log_nothing_can_be_said(tmp_path: Path) -> None:
    key = SigningKey("log.example", Ed25519PrivateKey.generate()).verifier

    assert run(tmp_path, "--key", key) == 2
    assert run("http://127.0.0.1:9/log", "--key", key) == 2
    assert run(tmp_path) == 2


@pytest.fixture
def site(tmp_path: Path, key: str) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    handler = partial(Quiet, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as listening:
        thread = Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/log/"
        listening.shutdown()
        thread.join()


def test_a_log_is_audited_over_http(site: str, key: str, tmp_path: Path) -> None:
    assert run(site, "--key", key) == 0

    flip("log/tile/0/000", 0)(tmp_path)
    assert run(site, "--key", key) == 1


def test_our_own_site_is_audited(live_server: LiveServer) -> None:
    head = publish(300)

    assert run(f"{live_server.url}/log", "--key", head.key) == 0


def test_the_own_database_is_compared(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--database") == 0
    tamper("DELETE FROM transparency_leaf WHERE index = 77")

    assert run("--database") == 1
    assert "leaf 77 is not in the database" in capsys.readouterr().out


def test_an_entry_nobody_of_us_would_write_is_found() -> None:
    with pytest.raises(ValueError, match="no entry"):
        Entry.parse(b"mumpuni/v1 issue 2026-11-22T05:00:00Z\n")
    with pytest.raises(ValueError, match="no time"):
        Entry.parse(b"mumpuni/v1 issue 2026-13-22T05:00:00Z " + b"A" * 43 + b"=\n")
