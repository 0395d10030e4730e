"""What happens to a key when it moves, and how it gets the certificate of an authority."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from mumpuni.credentials import rules
from mumpuni.credentials.models import SigningKey
from mumpuni.kernel.models import Event
from mumpuni.kernel.workflow import Actor, Attempt, amend_parts

CERTIFICATE = "certificate"


def date_compromise(key: SigningKey, attempt: Attempt) -> None:
    """Distrust a key from now on, where nobody said since when (Y-03)."""
    key.compromised_at = key.compromised_at or attempt.at


def certify(key: SigningKey, certificate: bytes, actor: Actor, *, at: datetime) -> Event | None:
    """Give a seal the certificate (DER) that an authority made for its key.

    Raises:
        Refused: the actor may not, or the certificate is of another key (Y-05).
    """

    def change(locked: SigningKey) -> Mapping[str, list[str]]:
        before = bytes(locked.certificate)
        if before == certificate:
            return {}
        locked.certificate = certificate
        rules.certificate_is_of_the_key(locked)
        locked.save(update_fields=["certificate"])
        key.certificate = certificate
        return {CERTIFICATE: [_fingerprint(before), _fingerprint(certificate)]}

    return amend_parts(key, CERTIFICATE, change, actor, at=at)


def _fingerprint(certificate: bytes) -> str:
    return f"SHA-256 {hashlib.sha256(certificate).hexdigest()}" if certificate else ""
