"""Who signs: `did:web` names under the authority's host, and the documents that list their keys."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils.translation import gettext as _

from mumpuni.access.models import Organisation
from mumpuni.credentials import contexts
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.proofs import instant
from mumpuni.credentials.signing import multikey
from mumpuni.kernel.errors import Refused

COORDINATE_BYTES = 32


def did_of(public_url: str, path: str = "") -> str:
    """Return the name whose document stands at that address and path: `lsp/1001` or none."""
    host = public_url.partition("://")[2].rstrip("/")
    parts = host.replace(":", "%3A").split("/") + [part for part in path.split("/") if part]
    return ":".join(("did:web", *parts))


def did_of_body(organisation: Organisation) -> str:
    """Return the name of a body: the authority's is the host itself.

    Raises:
        Refused: the body has no code yet (Y-06).
    """
    if organisation.kind == Organisation.Kind.AUTHORITY:
        return did_of(settings.PUBLIC_URL)
    if not organisation.code:
        raise Refused(
            _("Lembaga tanpa kode penerbit tidak dapat menandatangani."),
            code="Y-06",
        )
    return did_of(settings.PUBLIC_URL, f"lsp/{organisation.code}")


def document_path(did: str) -> str:
    """Return where below the host the document of a name is published."""
    folders = did.removeprefix("did:web:").split(":")[1:]
    return "/".join(folders or [".well-known"]) + "/did.json"


def did_document(did: str, keys: Iterable[SigningKey]) -> dict[str, Any]:
    """Return the document that lists all keys which ever signed under a name.

    Y-04: a retired key stays among them without an end, so that what it signed can be checked
    forever; a compromised one stays too, and says since when it is not to be trusted.
    """
    listed = [key for key in keys if key.kind != SigningKey.Kind.SEAL]
    listed.sort(key=lambda key: (key.year, key.key_id))
    return {
        "@context": [contexts.DID, contexts.CONTROLLED_IDENTIFIER],
        "id": did,
        "verificationMethod": [_verification_method(did, key) for key in listed],
        "assertionMethod": [f"{did}#{key.key_id}" for key in listed],
    }


def jwk(key: SigningKey) -> dict[str, str]:
    """Write a P-256 key as JOSE has it."""
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes(key.public_key))
    numbers = point.public_numbers()
    return {"kty": "EC", "crv": "P-256", "x": _coordinate(numbers.x), "y": _coordinate(numbers.y)}


def _verification_method(did: str, key: SigningKey) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": f"{did}#{key.key_id}", "controller": did}
    if key.kind == SigningKey.Kind.P256:
        entry |= {"type": "JsonWebKey", "publicKeyJwk": jwk(key)}
    else:
        entry |= {"type": "Multikey", "publicKeyMultibase": multikey(key.published)}
    if key.state == SigningKey.State.COMPROMISED and key.compromised_at:
        entry["revoked"] = instant(key.compromised_at)
    return entry


def _coordinate(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(COORDINATE_BYTES)).rstrip(b"=").decode()
