"""The keys of a body for a year: made at the first need, all of them once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mumpuni.access.models import Organisation
from mumpuni.access.person import SYSTEM
from mumpuni.credentials import queries
from mumpuni.credentials.did import did_of_body
from mumpuni.credentials.keys.stores import backend_of_new_keys, store
from mumpuni.credentials.models import SigningKey
from mumpuni.kernel.workflow import begin, perform_all

Kind = SigningKey.Kind


@transaction.atomic
def ensure_keys(
    organisation: Organisation, year: int, at: datetime, kinds: Collection[Kind] = tuple(Kind)
) -> dict[Kind, SigningKey]:
    """Return the body's active keys for a year, by kind; make those it lacks, retire older ones.

    Whoever comes second waits for the first and finds what they made.

    Raises:
        Refused: the body has no code yet (Y-06).
    """
    controller = did_of_body(organisation)
    keys = queries.active_keys(organisation, year)
    if keys.keys() >= set(kinds):
        return keys
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    keys = queries.active_keys(organisation, year)
    for kind in kinds:
        if kind not in keys:
            keys[kind] = _make(organisation, controller, kind, year, at)
    perform_all(queries.outdated_keys(organisation, year), "retire", SYSTEM, at=at)
    return keys


def _make(
    organisation: Organisation, controller: str, kind: Kind, year: int, at: datetime
) -> SigningKey:
    backend = backend_of_new_keys()
    made = store(backend).create(kind, organisation.name, at)
    key = SigningKey(
        organisation=organisation,
        kind=kind,
        year=year,
        key_id=_name(controller, kind, year),
        controller=controller,
        public_key=made.public_key,
        backend=backend,
        location=made.location,
        certificate=made.certificate,
    )
    begin(key, SYSTEM, at=at)
    return key


def _name(controller: str, kind: Kind, year: int) -> str:
    """Name a key as `2026-ed25519`, and the one that follows a compromised one `…-2`."""
    earlier = SigningKey.objects.filter(controller=controller, kind=kind, year=year).count()
    return f"{year}-{kind}" + (f"-{earlier + 1}" if earlier else "")
