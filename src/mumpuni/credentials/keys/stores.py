"""Which place keeps a key, and who signs with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from mumpuni.credentials import rules
from mumpuni.credentials.keys.files import FileStore
from mumpuni.credentials.keys.interface import KeyStore, Sign
from mumpuni.credentials.keys.pkcs11 import TokenStore
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.signing import Signer

Backend = SigningKey.Backend


@dataclass(frozen=True)
class StoredKey:
    """A key that signs where it is kept."""

    verification_method: str
    sign: Sign


def signer(key: SigningKey) -> Signer:
    """Return who signs with a key; each process opens a key once.

    Raises:
        Refused: the key is not active any more (Y-02).
    """
    rules.is_active(key)
    return _opened(Backend(key.backend), SigningKey.Kind(key.kind), key.location, str(key))


def backend_of_new_keys() -> Backend:
    """Return where keys are made: in the hardware module where one is set up."""
    return Backend.PKCS11 if settings.PKCS11_MODULE else Backend.FILE


def store(backend: Backend) -> KeyStore:
    """Return the place of that kind in this installation."""
    if backend == Backend.FILE:
        return FileStore(settings.KEYS_DIR)
    return TokenStore(settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_PIN)


@lru_cache(maxsize=4096)
def _opened(
    backend: Backend, kind: SigningKey.Kind, location: str, verification_method: str
) -> Signer:
    return StoredKey(verification_method, store(backend).open(kind, location))
