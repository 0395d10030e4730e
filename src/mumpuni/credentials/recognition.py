"""The authority says whom it recognises: signed, for verifiers that know nobody here.

Experimental: Recognized Entities 1.0 is a W3C Working Draft (August 2026). Its own context is not
stable yet, so a credential defines the few terms it uses; only `context` knows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from mumpuni.credentials import contexts
from mumpuni.credentials.proofs import instant

TERMS: Final = "https://www.w3.org/ns/credentials/recognized-entities#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
CREDENTIALS: Final = "https://www.w3.org/2018/credentials#"

CONTEXT: Final[dict[str, Any]] = {
    "@protected": True,
    "RecognizedEntityCredential": f"{TERMS}RecognizedEntityCredential",
    "VerifiableRecognitionCredential": f"{TERMS}VerifiableRecognitionCredential",
    "RecognizedEntity": {
        "@id": f"{TERMS}RecognizedEntity",
        "@context": {
            "legalName": f"{TERMS}legalName",
            "url": {"@id": f"{TERMS}url", "@type": "@id"},
            "recognizedTo": {"@id": f"{TERMS}recognizedTo", "@type": "@id"},
        },
    },
    "RecognizedAction": {
        "@id": f"{TERMS}RecognizedAction",
        "@context": {
            "action": f"{TERMS}action",
            "recognizedBy": {"@id": f"{TERMS}recognizedBy", "@type": "@id"},
            "validFrom": {"@id": f"{CREDENTIALS}validFrom", "@type": f"{XSD}dateTime"},
            "validUntil": {"@id": f"{CREDENTIALS}validUntil", "@type": f"{XSD}dateTime"},
        },
    },
}


@dataclass(frozen=True)
class Recognised:
    """A body that may issue, and the time for which it may."""

    did: str
    name: str
    url: str
    since: datetime
    until: datetime


def recognition(
    url: str,
    authority: str,
    bodies: Sequence[Recognised],
    *,
    valid_from: datetime,
    valid_until: datetime,
) -> dict[str, Any]:
    """Return the unsigned credential by which the authority recognises one body, or several.

    It has the name of the first draft as a second type: verifiers exist that look for it.
    """
    return {
        "@context": [contexts.CREDENTIALS_V2, CONTEXT],
        "id": url,
        "type": [
            "VerifiableCredential",
            "RecognizedEntityCredential",
            "VerifiableRecognitionCredential",
        ],
        "issuer": authority,
        "validFrom": instant(valid_from),
        "validUntil": instant(valid_until),
        "credentialSubject": [_entity(url, authority, body) for body in bodies],
    }


def registry(bodies: Iterable[Recognised], *, updated: datetime) -> dict[str, Any]:
    """Return the same as a plain list of issuers by DID, as wallets for learners read it."""
    return {
        "meta": {"updated": instant(updated)},
        "registry": {body.did: {"name": body.name, "url": body.url} for body in bodies},
    }


def _entity(url: str, authority: str, body: Recognised) -> dict[str, Any]:
    return {
        "id": body.did,
        "type": "RecognizedEntity",
        "name": body.name,
        "legalName": body.name,
        "url": body.url,
        "recognizedTo": {
            "id": f"{url}#{body.did}",
            "type": "RecognizedAction",
            "action": "issue",
            "recognizedBy": authority,
            "validFrom": instant(body.since),
            "validUntil": instant(body.until),
        },
    }
