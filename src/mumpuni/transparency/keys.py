"""The log's own keys: made here, kept in files that only this installation can read."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mumpuni.kernel.files import write_once
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.secrecy import seal, unseal
from mumpuni.transparency.notes import SigningKey, VerifierKey

PURPOSE = "log key"
OVERLAP_DAYS = Policy(
    name="transparency.log_key_overlap_days",
    label=_("Masa dua kunci log menandatangani bersama"),
    unit=_("hari"),
    default=30,
    source="rancangan (T-06)",
)


def held(origin: str) -> dict[str, SigningKey]:
    """Return the keys of this host for a log of that name, by their public halves.

    Raises:
        cryptography.exceptions.InvalidTag: a file was encrypted by another installation.
    """
    files = [_first(), *sorted(settings.KEYS_DIR.glob("log-*.key"))]
    keys = [_read(path, origin) for path in files if path.exists()]
    return {str(key.verifier): key for key in keys}


def first_key(origin: str) -> SigningKey:
    """Return the key with which a log begins; made where there is none."""
    if not _first().exists():
        _write(_first(), Ed25519PrivateKey.generate())
    return _read(_first(), origin)


def further_key(origin: str) -> SigningKey:
    """Make a key for a log that has one."""
    key = SigningKey(origin, Ed25519PrivateKey.generate())
    _write(_further(key.verifier), key.private)
    return key


def destroy(verifier: VerifierKey) -> None:
    """Delete the private half of a key."""
    for path in (_first(), _further(verifier)):
        if path.exists() and _read(path, verifier.name).verifier == verifier:
            path.unlink()


def _first() -> Path:
    place: Path = settings.KEYS_DIR / "log.key"
    return place


def _further(verifier: VerifierKey) -> Path:
    place: Path = settings.KEYS_DIR / f"log-{verifier.key_id.hex()}.key"
    return place


def _write(path: Path, private: Ed25519PrivateKey) -> None:
    write_once(path, seal(private.private_bytes_raw(), PURPOSE))


def _read(path: Path, origin: str) -> SigningKey:
    raw = unseal(path.read_bytes(), PURPOSE)
    return SigningKey(origin, Ed25519PrivateKey.from_private_bytes(raw))
