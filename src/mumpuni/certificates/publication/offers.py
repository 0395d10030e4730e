"""Offers to wallets: OpenID for Verifiable Credential Issuance 1.0, pre-authorised code.

Y-09: an offer, its code and the token that the code buys are random, good for ten minutes, and gone
after that: nothing of them is written but in the shared cache. A code buys one token.
"""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Any, Final, Literal

import orjson
from django.conf import settings
from django.core.cache import cache

from mumpuni.certificates.award import CONTEXTS
from mumpuni.certificates.publication.credentials import credential, token

type Kept = Literal["offer", "code", "token"]
type Json = dict[str, Any]

GRANT: Final = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
EMBEDDED: Final = "sertifikat_ldp_vc"
JWT: Final = "sertifikat_jwt_vc_json"
SECONDS: Final = 600
RANDOM_BYTES: Final = 32
TYPES: Final = ["VerifiableCredential", "OpenBadgeCredential"]


class Denied(Exception):
    """A wallet asked for what it cannot have; `error` is the word of the protocol."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


def issuer_metadata() -> Json:
    """Return what wallets ask first: where credentials are fetched, and in which formats."""
    return {
        "credential_issuer": _base(),
        "credential_endpoint": f"{_base()}/dompet/kredensial",
        "display": [{"name": "Mumpuni", "locale": "id"}],
        "credential_configurations_supported": {
            EMBEDDED: _configuration(
                "ldp_vc", ["eddsa-rdfc-2022", "eddsa-jcs-2022"], {"@context": list(CONTEXTS)}
            ),
            JWT: _configuration("jwt_vc_json", ["ES256"], {}),
        },
    }


def server_metadata() -> Json:
    """Return where wallets exchange a code for a token (RFC 8414)."""
    return {
        "issuer": _base(),
        "token_endpoint": f"{_base()}/dompet/token",
        "response_types_supported": [],
        "grant_types_supported": [GRANT],
        "token_endpoint_auth_methods_supported": ["none"],
        "pre-authorized_grant_anonymous_access_supported": True,
    }


def make_offer(public_id: str) -> str:
    """Offer a certificate to one wallet; return the address of the offer."""
    return f"{_base()}/dompet/penawaran/{_keep('offer', _keep('code', public_id))}"


def offer(reference: str) -> Json:
    """Return an offer as wallets read it.

    Raises:
        Denied: there is none, or its time is over.
    """
    return {
        "credential_issuer": _base(),
        "credential_configuration_ids": [EMBEDDED, JWT],
        "grants": {GRANT: {"pre-authorized_code": _kept("offer", reference, "invalid_request")}},
    }


def exchange(grant_type: str, code: str) -> Json:
    """Return a token for a code; nobody gets a second one.

    Raises:
        Denied: it is no code, its time is over, or somebody has used it.
    """
    if grant_type != GRANT:
        raise Denied("unsupported_grant_type")
    public_id = _kept("code", code, "invalid_grant")
    if not cache.delete(_place("code", code)):
        raise Denied("invalid_grant")
    return {
        "access_token": _keep("token", public_id),
        "token_type": "Bearer",
        "expires_in": SECONDS,
    }


def issued(access_token: str, asked: Json) -> Json:
    """Return the credential that a token is for, in the form a wallet asks for.

    Raises:
        Denied: the token buys nothing, or there is no such form.
    """
    public_id = _kept("token", access_token, "invalid_token")
    if "credential_configuration_id" not in asked:
        raise Denied("invalid_credential_request")
    if asked["credential_configuration_id"] == EMBEDDED:
        return _response(orjson.loads(credential(public_id)))
    if asked["credential_configuration_id"] == JWT:
        return _response(token(public_id).decode())
    raise Denied("unknown_credential_configuration")


def _configuration(form: str, algorithms: list[str], definition: Json) -> Json:
    """Describe a form; a certificate is bound to a person by name and not to a wallet's key."""
    return {
        "format": form,
        "credential_signing_alg_values_supported": algorithms,
        "credential_definition": {**definition, "type": TYPES},
        "credential_metadata": {
            "display": [
                {"name": "Sertifikat Kompetensi", "locale": "id"},
                {"name": "Certificate of Competency", "locale": "en"},
            ]
        },
    }


def _response(content: Any) -> Json:
    return {"credentials": [{"credential": content}]}


def _keep(kind: Kept, value: str) -> str:
    """Keep a value for a while under a new random name; only the name's digest is written."""
    name = secrets.token_urlsafe(RANDOM_BYTES)
    cache.set(_place(kind, name), value, SECONDS)
    return name


def _kept(kind: Kept, name: str, error: str) -> str:
    value: str | None = cache.get(_place(kind, name))
    if value is None:
        raise Denied(error)
    return value


def _place(kind: Kept, name: str) -> str:
    return f"wallet-{kind}:{sha256(name.encode()).hexdigest()}"


def _base() -> str:
    return settings.PUBLIC_URL
