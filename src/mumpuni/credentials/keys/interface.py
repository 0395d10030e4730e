"""What a place that keeps private keys can do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Protocol

from mumpuni.credentials.models import SigningKey

type Kind = SigningKey.Kind
type Sign = Callable[[bytes], bytes]
"""Signs a message: Ed25519 itself, P-256 its SHA-256 as r‖s, a seal its SHA-256 as PKCS#1 v1.5."""


class Made(NamedTuple):
    """A new key: where it is, its public half, and its certificate where it has one already."""

    location: str
    public_key: bytes
    certificate: bytes = b""


class KeyStore(Protocol):
    """A place that keeps private keys; they never leave it."""

    def create(self, kind: Kind, owner: str, at: datetime) -> Made: ...
    def open(self, kind: Kind, location: str) -> Sign: ...
