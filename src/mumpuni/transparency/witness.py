"""A witness: it signs the head of a log that continues all it saw of it (C2SP tlog-witness).

It knows nothing of this installation: a folder, a key and the keys of the logs it watches.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Self, TextIO

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mumpuni.kernel import files
from mumpuni.transparency.notes import (
    WITNESS_KEY,
    Checkpoint,
    Malformed,
    Note,
    SigningKey,
    Unsigned,
    VerifierKey,
    parse_hash,
    parse_size,
    to_base64,
)
from mumpuni.transparency.tree import EMPTY_ROOT, extends

log = structlog.get_logger("mumpuni.witness")

ADDRESS = "/add-checkpoint"
MOST_HASHES = 63
MOST_BYTES = 64 * 1024
SECONDS_TO_SPEAK = 15
TEXT = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"


@dataclass(frozen=True)
class Submission:
    """What a log sends: where the witness stood, how the log went on from there, and its head."""

    old: int
    proof: Sequence[bytes]
    note: str

    def __str__(self) -> str:
        way = "".join(f"{to_base64(one)}\n" for one in self.proof)
        return f"old {self.old}\n{way}\n{self.note}"

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Read the body of a request.

        Raises:
            Malformed: it is none.
        """
        above, blank, note = body.partition(b"\n\n")
        old, *way = above.decode(errors="replace").split("\n")
        if not blank or not old.startswith("old ") or len(way) > MOST_HASHES:
            raise Malformed("a submission is a line `old`, hashes, an empty line, and a note")
        size = parse_size(old.removeprefix("old "))
        return cls(size, [parse_hash(one) for one in way], note.decode(errors="replace"))


@dataclass(frozen=True)
class Answer:
    """What the witness says."""

    status: HTTPStatus
    body: str
    kind: str = TEXT


def witness_key(state: Path, name: str) -> SigningKey:
    """Return the key of the witness whose folder this is; made where there is none."""
    path = state / "witness.key"
    files.write_once(path, Ed25519PrivateKey.generate().private_bytes_raw())
    private = Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    return SigningKey(name, private, WITNESS_KEY)


def _claim(path: Path) -> TextIO:
    """Return a file that no other process has as long as it is open."""
    file = path.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise
    return file


class Witness:
    """Remembers the newest head of each log, and signs those that continue it (T-05)."""

    def __init__(self, state: Path, name: str, logs: Iterable[VerifierKey]) -> None:
        """Take the folder for this process alone.

        Raises:
            BlockingIOError: another process is the witness of that folder.
        """
        self.key = witness_key(state, name)
        self._state = state
        self._logs: dict[str, list[VerifierKey]] = {}
        for key in logs:
            self._logs.setdefault(key.name, []).append(key)
        self._one_at_a_time = Lock()
        self._claim = _claim(state / "lock")

    def close(self) -> None:
        """Give the folder free."""
        self._claim.close()

    def add_checkpoint(self, body: bytes) -> Answer:
        """Sign the head that was sent, or say why not."""
        try:
            submission = Submission.parse(body)
            note = Note.parse(submission.note.encode())
            head = Checkpoint.parse(note.text)
        except Malformed as error:
            return Answer(HTTPStatus.BAD_REQUEST, f"{error}\n")
        keys = self._logs.get(head.origin)
        if keys is None:
            return Answer(HTTPStatus.NOT_FOUND, "this log is not watched here\n")
        try:
            note.require(*keys)
        except Unsigned as error:
            return Answer(HTTPStatus.FORBIDDEN, f"{error}\n")
        if submission.old > head.size:
            return Answer(HTTPStatus.BAD_REQUEST, "the old size is beyond the new one\n")
        with self._one_at_a_time:
            return self._continue(submission, note, head)

    def _continue(self, submission: Submission, note: Note, head: Checkpoint) -> Answer:
        seen = self._seen(head.origin)
        if submission.old != seen.size:
            return Answer(HTTPStatus.CONFLICT, f"{seen.size}\n", SIZE)
        if head.size == seen.size and head.root != seen.root:
            return Answer(HTTPStatus.CONFLICT, f"{seen.size}\n", SIZE)
        if not extends(seen.size, seen.root, head.size, head.root, submission.proof):
            return Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "the log does not continue itself\n")
        signature = self.key.cosign(note.text, int(time.time()))
        files.replace(self._path(head.origin), str(note).encode())
        return Answer(HTTPStatus.OK, str(signature))

    def _seen(self, origin: str) -> Checkpoint:
        path = self._path(origin)
        if not path.exists():
            return Checkpoint(origin, 0, EMPTY_ROOT)
        return Checkpoint.parse(Note.parse(path.read_bytes()).text)

    def _path(self, origin: str) -> Path:
        return self._state / f"{sha256(origin.encode()).hexdigest()}.checkpoint"


def server(witness: Witness, host: str, port: int) -> ThreadingHTTPServer:
    """Return the server of a witness, listening; port 0 takes any."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "mumpuni-witness"
        sys_version = ""
        timeout = SECONDS_TO_SPEAK

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > MOST_BYTES:
                self.close_connection = True
                self._say(Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too long\n"))
            elif self.path.endswith(ADDRESS):
                self._say(witness.add_checkpoint(self.rfile.read(int(length))))
            else:
                self.rfile.read(int(length))
                self._say(Answer(HTTPStatus.NOT_FOUND, f"only {ADDRESS} is here\n"))

        def _say(self, answer: Answer) -> None:
            body = answer.body.encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            log.info("request", status=int(code))

    return ThreadingHTTPServer((host, port), Handler)
