"""Who signs, and with which key a signature is checked: Ed25519 and P-256, as Multikey and did:key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mumpuni.credentials.errors import NotVerified

type KeyKind = Literal["ed25519", "p256"]

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
PAIRS = [first + second for first, second in product(BASE58, repeat=2)]
DIGITS = {letter: value for value, letter in enumerate(BASE58)}
LONGEST_BASE58 = 200
"""Decoding is quadratic; no key or signature we know comes near this."""

MULTICODEC: dict[KeyKind, bytes] = {"ed25519": b"\xed\x01", "p256": b"\x80\x24"}
DID_KEY = "did:key:"
P256_HALF = 32
KEYS_AT_HAND = 1_000
"""Many signatures are of few keys, and finding the point of a key takes as long as checking one."""


class Signer(Protocol):
    """A private key that may be anywhere, and the URL by which verifiers find its public half.

    Ed25519 signs the message itself, P-256 its SHA-256; both give 64 bytes, P-256 as r‖s.
    """

    @property
    def verification_method(self) -> str: ...
    def sign(self, message: bytes, /) -> bytes: ...


@dataclass(frozen=True)
class PublicKey:
    """A key to check signatures with; P-256 points are kept compressed."""

    kind: KeyKind
    raw: bytes

    def check(self, signature: bytes, message: bytes) -> None:
        """Raise `NotVerified` unless the signature is this key's on exactly this message."""
        try:
            if self.kind == "ed25519":
                _ed25519(self.raw).verify(signature, message)
            else:
                _point(self.raw).verify(_der(signature), message, ec.ECDSA(SHA256()))
        except (InvalidSignature, ValueError) as error:
            raise NotVerified("signature-wrong") from error


@dataclass(frozen=True)
class Ed25519Signer:
    """An Ed25519 key in memory."""

    verification_method: str
    key: Ed25519PrivateKey

    def sign(self, message: bytes, /) -> bytes:
        return self.key.sign(message)


@dataclass(frozen=True)
class P256Signer:
    """A P-256 key in memory."""

    verification_method: str
    key: ec.EllipticCurvePrivateKey

    def sign(self, message: bytes, /) -> bytes:
        r, s = decode_dss_signature(self.key.sign(message, ec.ECDSA(SHA256())))
        return r.to_bytes(P256_HALF) + s.to_bytes(P256_HALF)


def public_key(private: Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> PublicKey:
    """Return the public half as it is published."""
    if isinstance(private, Ed25519PrivateKey):
        return PublicKey("ed25519", private.public_key().public_bytes_raw())
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return PublicKey("p256", point)


def multikey(key: PublicKey) -> str:
    """Write a key as `publicKeyMultibase`."""
    return multibase(MULTICODEC[key.kind] + key.raw)


def from_multikey(text: str) -> PublicKey:
    """Read a key from `publicKeyMultibase`.

    Raises:
        NotVerified: it is none of the kinds we know.
    """
    raw = from_multibase(text)
    for kind, prefix in MULTICODEC.items():
        if raw.startswith(prefix):
            return _checked(PublicKey(kind, raw.removeprefix(prefix)))
    raise NotVerified("key-kind-unknown")


def did_key(key: PublicKey) -> str:
    """Return the verification method of a key that is its own identifier."""
    name = multikey(key)
    return f"{DID_KEY}{name}#{name}"


def resolve_did_key(verification_method: str) -> PublicKey | None:
    """Return the key that a did:key verification method spells out; None for any other URL.

    Raises:
        NotVerified: it is a did:key that spells no key.
    """
    if not verification_method.startswith(DID_KEY):
        return None
    name, _, fragment = verification_method.removeprefix(DID_KEY).partition("#")
    if fragment not in {"", name}:
        raise NotVerified("key-not-found", verification_method)
    return from_multikey(name)


def multibase(data: bytes) -> str:
    """Encode as base58btc behind its multibase letter `z`."""
    number = int.from_bytes(data)
    pairs: list[str] = []
    while number:
        number, pair = divmod(number, len(PAIRS))
        pairs.append(PAIRS[pair])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + "1" * zeros + "".join(reversed(pairs)).lstrip(BASE58[0])


def from_multibase(text: str) -> bytes:
    """Decode base58btc behind its `z`.

    Raises:
        NotVerified: it is nothing of the kind.
    """
    if not text.startswith("z") or len(text) > LONGEST_BASE58:
        raise NotVerified("multibase-wrong")
    letters = text[1:]
    number = 0
    for letter in letters:
        if letter not in DIGITS:
            raise NotVerified("multibase-wrong")
        number = number * 58 + DIGITS[letter]
    zeros = len(letters) - len(letters.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def _checked(key: PublicKey) -> PublicKey:
    """Refuse what has the right prefix and is no point of its curve."""
    try:
        if key.kind == "ed25519":
            _ed25519(key.raw)
        else:
            _point(key.raw)
    except ValueError as error:
        raise NotVerified("key-malformed") from error
    return key


@lru_cache(maxsize=KEYS_AT_HAND)
def _ed25519(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)


@lru_cache(maxsize=KEYS_AT_HAND)
def _point(raw: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)


def _der(signature: bytes) -> bytes:
    if len(signature) != 2 * P256_HALF:
        raise ValueError("r and s are 32 bytes each")
    r, s = signature[:P256_HALF], signature[P256_HALF:]
    return encode_dss_signature(int.from_bytes(r), int.from_bytes(s))
