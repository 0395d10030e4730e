"""What credentials and presentations have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mumpuni.credentials import contexts
from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.signing import Signer


@dataclass(frozen=True)
class Envelope:
    """A kind of object in which a token stands where a document could."""

    type: str
    media_type: str


CREDENTIAL = Envelope("EnvelopedVerifiableCredential", "application/vc+jwt")
PRESENTATION = Envelope("EnvelopedVerifiablePresentation", "application/vp+jwt")


def envelope(kind: Envelope, token: str) -> dict[str, Any]:
    return {
        "@context": contexts.CREDENTIALS_V2,
        "id": f"data:{kind.media_type},{token}",
        "type": kind.type,
    }


def token_in(given: Any, kind: Envelope) -> str | None:
    """Return the token that was given, bare or in an envelope; None for a document.

    Raises:
        NotVerified: it is no object, or an envelope of something else.
    """
    if isinstance(given, str):
        return given
    if not isinstance(given, dict):
        raise NotVerified("document-malformed")
    if kind.type not in listed(given.get("type")):
        return None
    if contexts.CREDENTIALS_V2 not in listed(given.get("@context")):
        raise NotVerified("envelope-malformed", "@context")
    scheme, _, token = str(given.get("id")).partition(",")
    if scheme != f"data:{kind.media_type}":
        raise NotVerified("envelope-malformed", "id")
    return token


def did(signer: Signer) -> str:
    """Return the identifier under which a key is found."""
    return controller(signer.verification_method)


def controller(verification_method: str) -> str:
    return verification_method.partition("#")[0]


def listed(value: Any) -> list[Any]:
    """Return what may be one or several as a list."""
    return value if isinstance(value, list) else [value]
