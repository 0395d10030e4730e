"""Ask the witnesses of this log to sign its head; one that does not answer holds up nobody."""

from __future__ import annotations

import urllib.error
import urllib.request
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import NamedTuple

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from mumpuni.transparency import queries, trust
from mumpuni.transparency.models import Checkpoint, Cosignature
from mumpuni.transparency.notes import Malformed, Note, Signature, VerifierKey, parse_size
from mumpuni.transparency.tree import consistency_proof
from mumpuni.transparency.witness import ADDRESS, MOST_BYTES, Submission

log = structlog.get_logger("mumpuni.transparency")

SECONDS_TO_ANSWER = 10


class Address(NamedTuple):
    """Where a witness is, and the key it signs with."""

    url: str
    key: VerifierKey


class Seen(NamedTuple):
    """The line of a witness, and when it signed."""

    line: str
    at: datetime


class Disagrees(ValueError):
    """A witness saw another size of the log than we thought."""

    def __init__(self, size: int) -> None:
        super().__init__(f"it has seen {size} entries")
        self.size = size


def configured() -> list[Address]:
    """Return the witnesses of the settings.

    Raises:
        ImproperlyConfigured: one of them is no address and key.
    """
    return [_address(text) for text in settings.LOG_WITNESSES]


def _address(text: str) -> Address:
    url, _space, key = text.partition(" ")
    try:
        parsed = VerifierKey.parse(key.strip())
    except Malformed as error:
        raise ImproperlyConfigured(f"MUMPUNI_WITNESSES: {error}") from error
    if not url.startswith(("https://", "http://")):
        raise ImproperlyConfigured(f"MUMPUNI_WITNESSES: {url!r} is no address")
    return Address(url.rstrip("/"), parsed)


def policy_file() -> str:
    """Return whom to believe about this log, as C2SP tlog-policy.

    Raises:
        NotPublished: nothing was signed yet.
    """
    keys = queries.log_keys()
    if not keys:
        raise queries.NotPublished("policy")
    return trust.written(
        [VerifierKey.parse(one.verifier) for one in keys],
        f"{settings.PUBLIC_URL}/log",
        [(one.key, one.url) for one in configured()],
    )


def last_seen() -> list[tuple[VerifierKey, Checkpoint | None]]:
    """Return the witnesses of the settings, each with the newest head it signed."""
    return [(one.key, queries.last_seen_by(one.key)) for one in configured()]


def missing(head: Checkpoint) -> list[Address]:
    """Return the witnesses that have not signed a head."""
    signed = set(head.cosignatures.values_list("witness", flat=True))
    return [one for one in configured() if str(one.key) not in signed]


def collect(head: Checkpoint) -> None:
    """Ask each witness that has not signed a head, and keep what it signs."""
    for witness in missing(head):
        before = queries.last_seen_by(witness.key)
        try:
            seen = _signed_by(witness, head, before.size if before else 0)
        except (OSError, HTTPException, ValueError) as error:
            log.warning("witness_failed", witness=witness.key.name, reason=str(error))
        else:
            kept = Cosignature(
                checkpoint=head, witness=str(witness.key), line=seen.line, at=seen.at
            )
            Cosignature.objects.bulk_create([kept], ignore_conflicts=True)


def _signed_by(witness: Address, head: Checkpoint, old: int) -> Seen:
    try:
        return _ask(witness, head, old)
    except Disagrees as answer:
        if answer.size == old or answer.size > head.size:
            raise
        return _ask(witness, head, answer.size)


def _ask(witness: Address, head: Checkpoint, old: int) -> Seen:
    way = consistency_proof(old, head.size, queries.node_of(head.size))
    body = str(Submission(old, way, head.note)).encode()
    request = urllib.request.Request(witness.url + ADDRESS, data=body, method="POST")  # noqa: S310 - `_address` holds it to HTTP
    request.add_header("Content-Type", "text/plain; charset=utf-8")
    try:
        with urllib.request.urlopen(request, timeout=SECONDS_TO_ANSWER) as answer:  # noqa: S310 - likewise
            told = answer.read(MOST_BYTES).decode()
    except urllib.error.HTTPError as refused:
        told = refused.read(MOST_BYTES).decode(errors="replace")
        if refused.code == HTTPStatus.CONFLICT:
            raise Disagrees(parse_size(told.strip())) from refused
        raise ValueError(f"{refused.code}: {told[:200]}") from refused
    return _checked(told, head, witness.key)


def _checked(told: str, head: Checkpoint, key: VerifierKey) -> Seen:
    """Return the line that holds among those a witness answered."""
    text = Note.parse(head.note.encode()).text
    for line in told.splitlines():
        signature = Signature.parse(line)
        at = Note(text, (signature,)).witnessed_at(key)
        if at is not None:
            return Seen(str(signature), datetime.fromtimestamp(at, UTC))
    raise ValueError("its signature does not hold")
