"""Personal numbers at rest: encrypted with AES-256-GCM, found through a keyed blind index."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

NONCE_BYTES = 12
FIELD = "field"


@cache
def derived_key(purpose: str) -> bytes:
    """Return 32 bytes that only this installation knows, others for every purpose."""
    secret = base64.urlsafe_b64decode(settings.FIELD_KEY)
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret)


def seal(data: bytes, purpose: str) -> bytes:
    """Return nonce and ciphertext; the same data never give the same bytes twice."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(derived_key(purpose)).encrypt(nonce, data, None)


def unseal(sealed: bytes, purpose: str) -> bytes:
    """Return what was sealed for that purpose.

    Raises:
        cryptography.exceptions.InvalidTag: the bytes were changed or the key is another.
    """
    nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    return AESGCM(derived_key(purpose)).decrypt(nonce, ciphertext, None)


def encrypt(text: str) -> bytes:
    """Return a text of a field, sealed."""
    return seal(text.encode(), FIELD)


def decrypt(sealed: bytes) -> str:
    """Return the text, or raise as `unseal` does."""
    return unseal(sealed, FIELD).decode()


def blind_index(text: str) -> str:
    """Return a keyed digest (64 hex digits) by which equal texts find each other."""
    return hmac.new(derived_key("index"), text.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.BinaryField):  # type: ignore[type-arg] # as StateField
    """Text that only this application can read; the column holds ciphertext."""

    def from_db_value(self, value: bytes | None, *_: object) -> str | None:
        return None if value is None else decrypt(bytes(value))

    def get_prep_value(self, value: str | None) -> bytes | None:
        return None if value is None else encrypt(value)

    def to_python(self, value: str | None) -> str | None:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))
