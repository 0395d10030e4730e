"""Signed notes and checkpoints: C2SP signed-note, tlog-checkpoint and tlog-cosignature.

A note is a text and lines of signatures below it. A log signs a checkpoint, which tells its name, its
size and its root; witnesses add a line each with the time at which they saw it.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mumpuni.transparency.tree import HASH_BYTES

LOG_KEY = 0x01
WITNESS_KEY = 0x04
KEY_BYTES = 32
KEY_ID_BYTES = 4
TIME_BYTES = 8
MOST_SIGNATURES = 64
DECIMAL = re.compile(r"0|[1-9]\d{0,18}")
DASH = "—"
NAME = re.compile(r"[^\s+]+")


class Malformed(ValueError):
    """A note, checkpoint or key is not written as it should be."""


class Unsigned(ValueError):
    """No signature by the key is there, or it does not hold."""


def to_base64(data: bytes) -> str:
    """Return standard Base64 with padding."""
    return base64.b64encode(data).decode()


def from_base64(text: str) -> bytes:
    """Return the bytes of the one way to write them.

    Raises:
        Malformed: it is no Base64, or not the canonical one.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed(f"no Base64: {text[:80]!r}") from error
    if to_base64(data) != text:
        raise Malformed(f"no canonical Base64: {text[:80]!r}")
    return data


def parse_hash(line: str) -> bytes:
    """Return a hash from its line.

    Raises:
        Malformed: it is none.
    """
    data = from_base64(line)
    if len(data) != HASH_BYTES:
        raise Malformed(f"no hash: {line[:80]!r}")
    return data


def parse_size(text: str) -> int:
    """Return the size of a tree.

    Raises:
        Malformed: it is no number, or has leading zeros.
    """
    if not DECIMAL.fullmatch(text):
        raise Malformed(f"no size: {text[:80]!r}")
    return int(text)


class Signature(NamedTuple):
    """One line below a note."""

    name: str
    key_id: bytes
    data: bytes

    def __str__(self) -> str:
        return f"{DASH} {self.name} {to_base64(self.key_id + self.data)}\n"

    @classmethod
    def parse(cls, line: str) -> Self:
        """Read a line without its newline.

        Raises:
            Malformed: it is no line of a signature.
        """
        dash, _space, rest = line.partition(" ")
        name, _space, encoded = rest.partition(" ")
        data = from_base64(encoded)
        if dash != DASH or not NAME.fullmatch(name) or len(data) <= KEY_ID_BYTES:
            raise Malformed(f"no signature: {line[:80]!r}")
        return cls(name, data[:KEY_ID_BYTES], data[KEY_ID_BYTES:])


@dataclass(frozen=True)
class VerifierKey:
    """The public half of a key, with the name of its holder and the kind of its signatures."""

    name: str
    public: bytes
    kind: int = LOG_KEY

    @cached_property
    def key_id(self) -> bytes:
        """Four bytes by which signatures find their key."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return sha256(named).digest()[:KEY_ID_BYTES]

    def __str__(self) -> str:
        material = to_base64(bytes([self.kind]) + self.public)
        return f"{self.name}+{self.key_id.hex()}+{material}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key as its holder hands it out: name, id and key, joined by plus signs.

        Raises:
            Malformed: it is none of the kinds known here, or its id is another's.
        """
        name, _plus, rest = text.partition("+")
        key_id, _plus, encoded = rest.partition("+")
        material = from_base64(encoded)
        key = cls(name, material[1:], material[0] if material else 0)
        known = key.kind in {LOG_KEY, WITNESS_KEY} and len(key.public) == KEY_BYTES
        if not NAME.fullmatch(name) or not known or key.key_id.hex() != key_id:
            raise Malformed(f"no key: {text[:120]!r}")
        return key

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Tell whether the key made a signature."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """An Ed25519 key of a log or a witness."""

    name: str
    private: Ed25519PrivateKey
    kind: int = LOG_KEY

    @cached_property
    def verifier(self) -> VerifierKey:
        """The half that everybody may know."""
        return VerifierKey(self.name, self.private.public_key().public_bytes_raw(), self.kind)

    def sign(self, text: str) -> Signature:
        """Sign the text of a note."""
        return Signature(self.name, self.verifier.key_id, self.private.sign(text.encode()))

    def cosign(self, text: str, at: int) -> Signature:
        """Sign as a witness that saw a checkpoint at a time, in seconds since 1970."""
        signature = at.to_bytes(TIME_BYTES) + self.private.sign(_witnessed(text, at))
        return Signature(self.name, self.verifier.key_id, signature)


def _witnessed(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


@dataclass(frozen=True)
class Note:
    """A text and the signatures below it, of which nothing is known yet."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        """Read a note.

        Raises:
            Malformed: it is none.
        """
        try:
            whole = raw.decode()
        except UnicodeDecodeError as error:
            raise Malformed("a note is UTF-8") from error
        if any(character < " " and character != "\n" for character in whole):
            raise Malformed("a note has no control characters")
        text, blank, below = whole.rpartition("\n\n")
        lines = below.split("\n")
        if not blank or lines.pop() or not 0 < len(lines) <= MOST_SIGNATURES:
            raise Malformed("a note is a text, an empty line and signatures")
        return cls(text + "\n", tuple(map(Signature.parse, lines)))

    def signatures_by(self, key: VerifierKey) -> list[Signature]:
        """Return the lines that say they are by a key."""
        return [one for one in self.signatures if (one.name, one.key_id) == (key.name, key.key_id)]

    def require(self, *keys: VerifierKey) -> VerifierKey:
        """Hold that a log signed the note with one of its keys; return that key.

        Raises:
            Unsigned: it did not.
        """
        message = self.text.encode()
        for key in keys:
            found = self.signatures_by(key)
            if found and all(key.verifies(message, one.data) for one in found):
                return key
        names = " or ".join(dict.fromkeys(key.name for key in keys))
        raise Unsigned(f"not signed by {names}")

    def witnessed_at(self, key: VerifierKey) -> int | None:
        """Return when a witness saw the note, in seconds since 1970; None if it did not sign it."""
        times = [_time_of(one, self.text, key) for one in self.signatures_by(key)]
        return max((at for at in times if at is not None), default=None)


def _time_of(signature: Signature, text: str, key: VerifierKey) -> int | None:
    at = int.from_bytes(signature.data[:TIME_BYTES])
    holds = key.verifies(_witnessed(text, at), signature.data[TIME_BYTES:])
    return at if holds else None


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: its name, how many leaves it has, and their root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a note.

        Raises:
            Malformed: it is no checkpoint, or one with lines we know nothing of.
        """
        match text.split("\n"):
            case [origin, size, encoded, ""] if origin:
                return cls(origin, parse_size(size), parse_hash(encoded))
        raise Malformed("a checkpoint is three lines: name, size, root")
