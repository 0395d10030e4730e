"""Verify what a test suite sends: credentials, and what holders present."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mumpuni.credentials import jwt, linked_data, structure, verification
from mumpuni.credentials.conformance.documents import (
    CREDENTIAL,
    PRESENTATION,
    controller,
    listed,
    token_in,
)
from mumpuni.credentials.conformance.embedding import check_authentication
from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.parsing import LONGEST, parse_object
from mumpuni.credentials.signing import resolve_did_key

MOST_CREDENTIALS = 20
MOST_PROOFS = 8
TOKEN_HEADER = {"alg": (jwt.ALGORITHM,), "typ": ("vp+jwt",), "cty": (None, "vp"), "crit": (None,)}
"""What a header may say; only the optional names may be missing."""
CLAIMS = ("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce")
"""Names that belong to the token and not to the presentation in it."""


@dataclass(frozen=True)
class Asked:
    """What a verifier wants signed along, so that no presentation made for another is replayed."""

    domain: Any = None
    challenge: Any = None

    def check(self, domain: Any, challenge: Any) -> None:
        """Raise `NotVerified` unless the holder signed what was asked; nothing may be asked."""
        if self.domain is not None and self.domain not in listed(domain):
            raise NotVerified("domain-wrong", str(domain))
        if self.challenge is not None and self.challenge != challenge:
            raise NotVerified("challenge-wrong", str(challenge))


def verify_credential(given: Any, at: datetime) -> dict[str, Any]:
    """Return a credential that was given with proofs, in an envelope, or as a token.

    Raises:
        NotVerified: something does not hold.
    """
    token = token_in(given, CREDENTIAL)
    if token is None:
        return verification.verify_document(given, resolve_did_key, at=at).require()
    if not jwt.COMPACT.fullmatch(token):
        raise NotVerified("jwt-malformed")
    return verification.verify(token.encode(), resolve_did_key, at=at).require()


def verify_presentation(given: Any, asked: Asked, at: datetime) -> None:
    """Check a presentation that was given with proofs, in an envelope, or as a token.

    Raises:
        NotVerified, NotLinkedData, Unsignable: something does not hold.
    """
    token = token_in(given, PRESENTATION)
    if token is None:
        _verify_embedded(given, asked, at)
    else:
        _verify_token(token, asked, at)


def _verify_embedded(presentation: dict[str, Any], asked: Asked, at: datetime) -> None:
    unsigned = {name: value for name, value in presentation.items() if name != "proof"}
    proofs = listed(presentation["proof"]) if "proof" in presentation else []
    if not 0 < len(proofs) <= MOST_PROOFS:
        raise NotVerified("proofs-many" if proofs else "proofs-none")
    _check_structure(unsigned)
    methods = [check_authentication(unsigned, proof, at) for proof in proofs]
    for proof in proofs:
        asked.check(proof.get("domain"), proof.get("challenge"))
    _check_content(unsigned, {controller(method) for method in methods}, at)


def _verify_token(text: str, asked: Asked, at: datetime) -> None:
    token = _parse(text)
    method = token.verification_method
    key = resolve_did_key(method)
    if key is None:
        raise NotVerified("key-not-found", method)
    token.check(key)
    claims = {name: token.payload[name] for name in CLAIMS if name in token.payload}
    asked.check(claims.get("aud"), claims.get("nonce"))
    _check_claims(claims, controller(method), at)
    presentation = {name: value for name, value in token.payload.items() if name not in CLAIMS}
    _check_structure(presentation)
    _check_content(presentation, {controller(method)}, at)


def _check_claims(claims: dict[str, Any], signer: str, at: datetime) -> None:
    if claims.get("iss", signer) != signer:
        raise NotVerified("key-of-another", str(claims["iss"]))
    begin, end = claims.get("nbf", at.timestamp()), claims.get("exp", at.timestamp())
    if not all(isinstance(moment, int | float) for moment in (begin, end)):
        raise NotVerified("jwt-time-malformed")
    if not begin <= at.timestamp() <= end:
        raise NotVerified("jwt-time-wrong")


def _parse(text: str) -> jwt.Token:
    parts = jwt.COMPACT.fullmatch(text) if len(text) <= LONGEST else None
    if not parts:
        raise NotVerified("jwt-malformed")
    try:
        header, payload, signature = (
            base64.urlsafe_b64decode(f"{one}==") for one in parts.groups()
        )
    except binascii.Error as error:
        raise NotVerified("jwt-malformed") from error
    fields, claims = parse_object(header), parse_object(payload)
    for name, allowed in TOKEN_HEADER.items():
        if fields.get(name) not in allowed:
            raise NotVerified(f"jwt-{name}-wrong", str(fields.get(name)))
    if not isinstance(fields.get("kid"), str):
        raise NotVerified("jwt-key-unnamed")
    if wrapped := [name for name in jwt.WRAPPERS if name in claims]:
        raise NotVerified("jwt-wraps-credential", wrapped[0])
    return jwt.Token(fields, claims, text.rpartition(".")[0].encode(), signature)


def _check_structure(presentation: dict[str, Any]) -> None:
    if listed(presentation.get("@context"))[:1] not in ([base] for base in structure.BASES):
        raise NotVerified("context-first-wrong")
    if "VerifiablePresentation" not in listed(presentation.get("type")):
        raise NotVerified("type-wrong")
    for name, node in (("id", presentation), ("holder", _holder(presentation))):
        if name in presentation and not _is_url(node.get("id")):
            raise NotVerified(f"{name}-malformed")
    linked_data.dataset(presentation)


def _check_content(presentation: dict[str, Any], signers: set[str], at: datetime) -> None:
    holder = _holder(presentation).get("id")
    if holder is not None and signers != {holder}:
        raise NotVerified("holder-did-not-sign", ", ".join(sorted(signers)))
    credentials = listed(presentation.get("verifiableCredential", []))
    if len(credentials) > MOST_CREDENTIALS:
        raise NotVerified("credentials-many")
    for credential in credentials:
        if not isinstance(credential, dict):
            raise NotVerified("credential-malformed")
        if "proof" in credential or token_in(credential, CREDENTIAL):
            verify_credential(credential, at)
        else:
            _check_self_asserted(credential, holder)


def _check_self_asserted(credential: dict[str, Any], holder: Any) -> None:
    """What only the presentation secures can only be what its holder says (VCDM 2.0, 4.13)."""
    if faults := structure.faults(credential):
        raise NotVerified(faults[0], ", ".join(faults))
    if holder is None or structure.issuer_id(credential) != holder:
        raise NotVerified("credential-unsecured")


def _holder(presentation: dict[str, Any]) -> dict[str, Any]:
    holder = presentation.get("holder")
    return holder if isinstance(holder, dict) else {"id": holder}


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and bool(structure.URL.fullmatch(value))
