"""Reading keys and status lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from mumpuni.access.models import Organisation
from mumpuni.access.person import Person
from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.models import SigningKey, StatusList
from mumpuni.credentials.signing import PublicKey

ACTIVE = SigningKey.State.ACTIVE


def keys(person: Person) -> QuerySet[SigningKey]:
    """Return the keys a person may see, newest first, with their bodies."""
    seen = SigningKey.objects.visible_to(person)
    return seen.select_related("organisation").order_by("-year", "organisation_id", "kind", "-pk")


def years_of_keys() -> list[tuple[str, str]]:
    """Return the years for which there are keys, the newest first, to choose from; one query."""
    years = SigningKey.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in years]


def active_keys(organisation: Organisation, year: int) -> dict[SigningKey.Kind, SigningKey]:
    """Return the keys with which a body signs in a year, by kind; one query."""
    held = SigningKey.objects.filter(organisation=organisation, year=year, state=ACTIVE)
    return {SigningKey.Kind(key.kind): key for key in held}


def outdated_keys(organisation: Organisation, year: int) -> QuerySet[SigningKey]:
    """Return the keys of earlier years that could still sign."""
    return SigningKey.objects.filter(
        organisation=organisation, year__lt=year, state=ACTIVE
    ).order_by("pk")


def keys_under(did: str) -> QuerySet[SigningKey]:
    """Return all keys that ever signed under a name: what its document lists."""
    return SigningKey.objects.filter(controller=did).order_by("year", "key_id")


def find_key(verification_method: str) -> SigningKey | None:
    """Return the key of ours that a signature names, whatever it names."""
    if "\0" in verification_method:  # no text for PostgreSQL
        return None
    controller, _, key_id = verification_method.partition("#")
    return SigningKey.objects.filter(
        ~Q(kind=SigningKey.Kind.SEAL), controller=controller, key_id=key_id
    ).first()


def resolver(logged_at: datetime | None = None) -> Callable[[str], PublicKey | None]:
    """Return what finds the public key that a signature names, if it is ours; one query each.

    A compromised key is found only for what the public log held before the compromise (Y-03).
    """

    def resolve(verification_method: str) -> PublicKey | None:
        key = find_key(verification_method)
        if key is None:
            return None
        if not key.is_trusted(logged_at):
            raise NotVerified("key-compromised", verification_method)
        return key.published

    return resolve


def lists_to_sign(now: datetime, every: timedelta) -> QuerySet[StatusList]:
    """Return the status lists that changed since they were signed, or were signed long ago."""
    due = Q(stale=True) | Q(signed_at=None) | Q(signed_at__lte=now - every)
    return StatusList.objects.filter(due).select_related("organisation").order_by("pk")
