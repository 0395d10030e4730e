"""`vc+jwt` in ES256 (VC-JOSE-COSE): the credential itself is the payload, the header says who signs."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.parsing import LONGEST, parse_object
from mumpuni.credentials.signing import PublicKey, Signer

ALGORITHM, TYPE, CONTENT_TYPE = "ES256", "vc+jwt", "vc"
WRAPPERS = ("vc", "vp")
"""Claims of the older format: a reader could take their content for the credential."""

COMPACT = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")


@dataclass(frozen=True)
class Token:
    """A token taken apart; nothing of it is proven yet."""

    header: dict[str, Any]
    payload: dict[str, Any]
    signed: bytes
    signature: bytes

    @property
    def verification_method(self) -> str:
        return str(self.header["kid"])

    def check(self, key: PublicKey) -> None:
        """Raise `NotVerified` unless the key signed this token."""
        if key.kind != "p256":
            raise NotVerified("key-kind-wrong")
        key.check(self.signature, self.signed)


def sign(document: bytes, signer: Signer) -> str:
    """Return the token of a credential given as JSON without proofs."""
    return assemble(document, signer.verification_method, signature(document, signer))


def signature(document: bytes, signer: Signer) -> bytes:
    """Return the signature alone: what is to be kept where the document can be written again."""
    return signer.sign(_signed(document, signer.verification_method).encode())


def check(document: bytes, signature: bytes, key: PublicKey, verification_method: str) -> None:
    """Raise `NotVerified` unless the key made the signature that was kept for a document."""
    key.check(signature, _signed(document, verification_method).encode())


def assemble(document: bytes, verification_method: str, signature: bytes) -> str:
    """Return the token of a document and a signature that was kept."""
    return f"{_signed(document, verification_method)}.{_encoded(signature)}"


def _signed(document: bytes, verification_method: str) -> str:
    return f"{_header(verification_method)}.{_encoded(document)}"


def parse(token: str) -> Token:
    """Take a token apart.

    Raises:
        NotVerified: it is no `vc+jwt` in ES256 as we understand it.
    """
    parts = COMPACT.fullmatch(token) if len(token) <= LONGEST else None
    if not parts:
        raise NotVerified("jwt-malformed")
    header, payload, signature = map(_decoded, parts.groups())
    fields = parse_object(header)
    _check_header(fields)
    claims = parse_object(payload)
    if wrapped := [name for name in WRAPPERS if name in claims]:
        raise NotVerified("jwt-wraps-credential", wrapped[0])
    return Token(fields, claims, f"{parts[1]}.{parts[2]}".encode(), signature)


def _check_header(header: dict[str, Any]) -> None:
    """Let pass one algorithm and one type only: what is to be negotiated can be forged."""
    requirements: list[tuple[str, Callable[[Any], bool], str]] = [
        ("alg", lambda value: value == ALGORITHM, "jwt-algorithm-wrong"),
        ("typ", lambda value: value == TYPE, "jwt-type-wrong"),
        ("cty", lambda value: value in (None, CONTENT_TYPE), "jwt-content-type-wrong"),
        ("crit", lambda value: value is None, "jwt-extension-unknown"),
        ("kid", lambda value: isinstance(value, str), "jwt-key-unnamed"),
    ]
    for name, fits, code in requirements:
        if not fits(header.get(name)):
            raise NotVerified(code, str(header.get(name)))


@lru_cache(maxsize=256)
def _header(verification_method: str) -> str:
    header = {
        "alg": ALGORITHM,
        "cty": CONTENT_TYPE,
        "iss": verification_method.partition("#")[0],
        "kid": verification_method,
        "typ": TYPE,
    }
    return _encoded(canonical_json(header))


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    """Decode strictly: two texts never stand for the same bytes."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise NotVerified("jwt-malformed") from error
    if _encoded(data) != text:
        raise NotVerified("jwt-malformed")
    return data
