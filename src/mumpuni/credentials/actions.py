"""What happens to keys when they move, and to status lists when credentials do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.db import transaction

from mumpuni.credentials import proofs, rules
from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.models import SigningKey, StatusList
from mumpuni.credentials.signing import Signer
from mumpuni.credentials.status import PURPOSES, Purpose, status_list_credential
from mumpuni.kernel.models import Event
from mumpuni.kernel.workflow import Actor, Attempt, amend_parts

CERTIFICATE = "certificate"

type Values = Mapping[Purpose, Iterable[tuple[int, int]]]
"""For each purpose the entries that are not zero."""


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


def mark_stale(status_list_ids: Iterable[int]) -> None:
    """Have lists signed again: what they tell has changed."""
    StatusList.objects.filter(pk__in=sorted(set(status_list_ids))).update(stale=True)


@transaction.atomic
def sign_status_list(
    key: int,
    urls: Mapping[Purpose, str],
    read: Callable[[StatusList], Values],
    by: Signer,
    at: datetime,
) -> StatusList:
    """Sign the lists of all purposes with what `read` finds, and keep the documents.

    The list is locked before it is read, so that a change at the same time is either in it or
    marks it stale again.
    """
    one = StatusList.objects.select_for_update().get(pk=key)
    values = read(one)
    for purpose in PURPOSES:
        unsigned = status_list_credential(
            urls[purpose], by.verification_method.partition("#")[0], purpose, values[purpose], at
        )
        signed = canonical_json(proofs.sign_document(unsigned, by, at))
        setattr(one, purpose, signed.decode())
    one.signed_at, one.stale = at, False
    one.save(update_fields=[*PURPOSES, "signed_at", "stale"])
    return one


def _fingerprint(certificate: bytes) -> str:
    return f"SHA-256 {hashlib.sha256(certificate).hexdigest()}" if certificate else ""
