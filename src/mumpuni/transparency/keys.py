"""The log's own key: made once, kept in a file that only this installation can read."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from mumpuni.kernel.files import write_once
from mumpuni.kernel.secrecy import seal, unseal
from mumpuni.transparency.notes import SigningKey

PURPOSE = "log key"


def log_key(origin: str) -> SigningKey:
    """Return the key that signs for a log of that name; made where there is none.

    Raises:
        cryptography.exceptions.InvalidTag: the file was encrypted by another installation.
    """
    path = settings.KEYS_DIR / "log.key"
    if not path.exists():
        write_once(path, seal(Ed25519PrivateKey.generate().private_bytes_raw(), PURPOSE))
    raw = unseal(path.read_bytes(), PURPOSE)
    return SigningKey(origin, Ed25519PrivateKey.from_private_bytes(raw))
