"""What is written into the log: one line per deed, in which nothing can be read but deed and time."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple, Self

from mumpuni.transparency.notes import Malformed, VerifierKey, parse_hash, to_base64

VERSION = "mumpuni/v1"
DOMAIN = b"mumpuni/v1 commitment\n"
LENGTH_BYTES = 4
TIME = "%Y-%m-%dT%H:%M:%SZ"
LINE = re.compile(rf"{VERSION} ([a-z]+) (\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ) (\S+)\n")


def commitment(action: str, secret: str, digest: bytes) -> bytes:
    """Return what the log says instead of a certificate, key or template (T-03).

    Whoever has the thing and its secret can make it; nobody else can find out what it is of, as long
    as the secret is random: the 80 bits of a certificate's public identifier.
    """
    hashed = sha256(DOMAIN)
    for part in (action.encode(), secret.encode(), digest):
        hashed.update(len(part).to_bytes(LENGTH_BYTES) + part)
    return hashed.digest()


def commitment_of_key(key: VerifierKey) -> bytes:
    """Return what the log says of a further key of its own, which everybody may know."""
    return commitment("key", key.name, sha256(str(key).encode()).digest())


class Entry(NamedTuple):
    """One line of the log."""

    action: str
    at: datetime
    commitment: bytes

    @property
    def line(self) -> bytes:
        """The bytes that are published and hashed."""
        return (
            f"{VERSION} {self.action} {_written(self.at)} {to_base64(self.commitment)}\n".encode()
        )

    @classmethod
    def parse(cls, line: bytes) -> Self:
        """Read a line.

        Raises:
            Malformed: no log of ours would write it.
        """
        found = LINE.fullmatch(line.decode(errors="replace"))
        if found is None:
            raise Malformed(f"no entry: {line[:120]!r}")
        action, at, encoded = found.groups()
        try:
            moment = datetime.strptime(at, TIME).replace(tzinfo=UTC)
        except ValueError as error:
            raise Malformed(f"no time: {at}") from error
        return cls(action, moment, parse_hash(encoded))


@lru_cache(maxsize=256)
def _written(at: datetime) -> str:
    """Write a time; the thousands of entries of a publication share theirs."""
    return at.astimezone(UTC).strftime(TIME)
