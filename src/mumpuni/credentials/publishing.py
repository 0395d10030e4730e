"""Keys as people and programs are shown them."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)
from django.conf import settings

from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.did import document_path, jwk
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.signing import multikey

Kind = SigningKey.Kind


def public_half(key: SigningKey) -> str:
    """Return the public key as its users write it: Multikey, JSON Web Key, or PEM for a seal."""
    if key.kind == Kind.ED25519:
        return multikey(key.published)
    if key.kind == Kind.P256:
        return canonical_json(jwk(key)).decode()
    sealing = load_der_public_key(bytes(key.public_key))
    return sealing.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def fingerprint(public: bytes) -> str:
    """Return the SHA-256 of a key or certificate, in hexadecimal digits."""
    return hashlib.sha256(public).hexdigest()


def address_of(key: SigningKey) -> str:
    """Return where the document that lists a key is published; nowhere for a seal's."""
    if key.kind == Kind.SEAL:
        return ""
    return f"{settings.PUBLIC_URL}/{document_path(key.controller)}"
