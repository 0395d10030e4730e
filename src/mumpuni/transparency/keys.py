"""The log's own key: made once, kept in a file that only this installation can read."""

from __future__ import annotations

import os

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from mumpuni.kernel.secrecy import NONCE_BYTES, derived_key
from mumpuni.transparency.files import write_once
from mumpuni.transparency.notes import SigningKey

PURPOSE = "log key"


def log_key(origin: str) -> SigningKey:
    """Return the key that signs for a log of that name; made where there is none.

    Raises:
        cryptography.exceptions.InvalidTag: the file was encrypted by another installation.
    """
    path = settings.KEYS_DIR / "log.key"
    if not path.exists():
        write_once(path, _sealed(Ed25519PrivateKey.generate()))
    sealed = path.read_bytes()
    opener = AESGCM(derived_key(PURPOSE))
    raw = opener.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
    return SigningKey(origin, Ed25519PrivateKey.from_private_bytes(raw))


def _sealed(key: Ed25519PrivateKey) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(derived_key(PURPOSE)).encrypt(nonce, key.private_bytes_raw(), None)
