"""A certificate in a QR code that is checked without a network: COSE_Sign1 in base45.

It says what stands on the paper and who signed it, in some 250 bytes; whether it was revoked since,
only a status list can tell.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import cbor2

from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.signing import PublicKey, Signer

type Resolve = Callable[[str], PublicKey | None]

PREFIX: Final = "MUM1:"
LONGEST: Final = 4_296
"""Letters that fit into the largest QR code."""

COSE_SIGN1: Final = 18
ALGORITHM, KEY_ID = 1, 4
EDDSA: Final = -8
ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
DIGITS: Final = {letter: value for value, letter in enumerate(ALPHABET)}
SQUARE: Final = len(ALPHABET) ** 2
TWO_LETTERS: Final = [first + second for second in ALPHABET for first in ALPHABET]
EPOCH: Final = date(1970, 1, 1)
DIGEST_BYTES: Final = 32


@dataclass(frozen=True)
class Claims:
    """What the code says; `status_list` is the list's short name, `digest` the credential's."""

    number: str
    name: str
    scheme: str
    issued_on: date
    valid_until: date
    status_list: str
    status_index: int
    digest: bytes


@dataclass(frozen=True)
class Verified:
    """Claims that a key of this name signed."""

    claims: Claims
    verification_method: str


def encode(claims: Claims, signer: Signer) -> str:
    """Return the text of the code, signed with an Ed25519 key; the same claims give the same."""
    protected = _cbor({ALGORITHM: EDDSA, KEY_ID: signer.verification_method.encode()})
    payload = _cbor(dict(enumerate(_packed(claims), start=1)))
    signature = signer.sign(to_be_signed(protected, payload))
    return PREFIX + base45(_cbor(cbor2.CBORTag(COSE_SIGN1, [protected, {}, payload, signature])))


def verify(text: str, resolve: Resolve) -> Verified:
    """Read a code and check who signed it.

    Raises:
        NotVerified: it is no such code, nobody knows its key, or the signature is wrong.
    """
    protected, payload, signature = _parts(text)
    method = _key_id(protected)
    key = resolve(method)
    if key is None:
        raise NotVerified("key-not-found", method)
    if key.kind != "ed25519":
        raise NotVerified("key-kind-wrong", method)
    key.check(signature, to_be_signed(protected, payload))
    return Verified(_unpacked(_plain(payload)), method)


def to_be_signed(protected: bytes, payload: bytes) -> bytes:
    """Return what a COSE_Sign1 signature is about (RFC 9052, section 4.4)."""
    return _cbor(["Signature1", protected, b"", payload])


def base45(data: bytes) -> str:
    """Write bytes in the letters that QR codes keep most densely (RFC 9285)."""
    *pairs, rest = struct.unpack(f">{len(data) // 2}H{len(data) % 2}s", data)
    letters = [TWO_LETTERS[pair % SQUARE] + ALPHABET[pair // SQUARE] for pair in pairs]
    return "".join(letters) + (TWO_LETTERS[rest[0]] if rest else "")


def from_base45(text: str) -> bytes:
    """Read what `base45` wrote.

    Raises:
        NotVerified: it is nothing of the kind.
    """
    found = bytearray()
    for at in range(0, len(text), 3):
        try:
            digits = [DIGITS[letter] for letter in text[at : at + 3]]
            number = sum(digit * 45**place for place, digit in enumerate(digits))
            found += number.to_bytes(len(digits) - 1)
        except (KeyError, OverflowError) as error:
            raise NotVerified("code-malformed", "base45") from error
        if len(digits) == 1:
            raise NotVerified("code-malformed", "base45")
    return bytes(found)


def _parts(text: str) -> tuple[bytes, bytes, bytes]:
    if not text.startswith(PREFIX) or len(text) > LONGEST:
        raise NotVerified("code-unknown")
    message = _plain(from_base45(text.removeprefix(PREFIX)))
    match message:
        case cbor2.CBORTag(
            tag=tag, value=[bytes(protected), others, bytes(payload), bytes(signature)]
        ) if tag == COSE_SIGN1 and others == {}:
            return protected, payload, signature
    raise NotVerified("code-malformed", "COSE_Sign1")


def _key_id(protected: bytes) -> str:
    match _plain(protected):
        case {1: -8, 4: bytes(name), **others} if not others and name.isascii():
            return name.decode()
    raise NotVerified("code-malformed", "header")


def _packed(claims: Claims) -> list[Any]:
    return [
        claims.number,
        claims.name,
        claims.scheme,
        (claims.issued_on - EPOCH).days,
        (claims.valid_until - EPOCH).days,
        claims.status_list,
        claims.status_index,
        claims.digest,
    ]


def _unpacked(payload: Any) -> Claims:
    match payload:
        case {
            1: str(number),
            2: str(name),
            3: str(scheme),
            4: int(issued),
            5: int(until),
            6: str(status_list),
            7: int(index),
            8: bytes(digest),
            **others,
        } if not others and len(digest) == DIGEST_BYTES and index >= 0:
            return Claims(
                number, name, scheme, _day(issued), _day(until), status_list, index, digest
            )
    raise NotVerified("code-malformed", "claims")


def _day(count: int) -> date:
    try:
        return EPOCH + timedelta(days=count)
    except OverflowError as error:
        raise NotVerified("code-malformed", "date") from error


def _cbor(value: Any) -> bytes:
    return cbor2.dumps(value, canonical=True)


def _plain(data: bytes) -> Any:
    """Read CBOR of which there is only one way to write it, so that nothing hides in it."""
    try:
        value = cbor2.loads(data)
        if _cbor(value) == data:
            return value
    except (cbor2.CBORError, ValueError, TypeError, RecursionError) as error:
        raise NotVerified("code-malformed", "CBOR") from error
    raise NotVerified("code-malformed", "CBOR")
