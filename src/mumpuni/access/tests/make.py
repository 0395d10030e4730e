"""Valid people and organisations, and the table of who may take which step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from itertools import count

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from mumpuni.access.models import Individual, Membership, Organisation, User
from mumpuni.access.person import Person
from mumpuni.access.roles import AUTHORITY_ROLES, Role
from mumpuni.kernel.models import Record

PASSWORD = "benar-kuda-baterai-staples"
SINCE = date(2020, 1, 1)

_ordinals = count(1)


def organisation(name: str = "", kind: str = "certification_body", **given: object) -> Organisation:
    """Make an organisation; a certification body unless told otherwise."""
    return Organisation.objects.create(
        name=name or f"LSP Uji {next(_ordinals)}", kind=kind, **given
    )


def authority() -> Organisation:
    """Return the authority, made at the first call."""
    return Organisation.objects.get_or_create(
        code="BNSP", defaults={"kind": Organisation.Kind.AUTHORITY, "name": "BNSP"}
    )[0]


@cache
def _hashed() -> str:
    """Hash the password once: doing so is slow on purpose."""
    return make_password(PASSWORD)


def user(name: str = "", **given: object) -> User:
    """Make a user with the password `PASSWORD`."""
    ordinal = next(_ordinals)
    return User.objects.create(
        email=f"orang{ordinal}@contoh.test",
        password=_hashed(),
        name=name or f"Orang {ordinal}",
        **given,
    )


def confirm_email(of: User) -> None:
    """Let an account have shown that its e-mail address is its own."""
    EmailAddress.objects.update_or_create(
        user=of, email=of.email, defaults={"verified": True, "primary": True}
    )


def member(role: Role, of: Organisation | None = None, name: str = "") -> User:
    """Make a user who holds a role; in the authority, with a second factor, where it belongs there."""
    place = of or (authority() if role in AUTHORITY_ROLES else organisation())
    made = user(name)
    if role in AUTHORITY_ROLES:
        Authenticator.objects.create(user=made, type=Authenticator.Type.TOTP, data={})
    Membership.objects.create(user=made, organisation=place, role=role, valid_from=SINCE)
    return made


def person(*roles: Role, of: Organisation | None = None, by: User | None = None) -> Person:
    """Make an actor with these roles, acting for an organisation where one is given."""
    acting = by or user()
    return Person(
        user_id=acting.pk,
        name=str(acting),
        roles=frozenset({*roles, Role.INDIVIDUAL}),
        organisation_id=of.pk if of else None,
        organisation_name=of.name if of else "",
    )


def individual(name: str = "", by: User | None = None, **given: object) -> Individual:
    """Make a natural person with a made-up identity number."""
    ordinal = next(_ordinals)
    made = Individual(name=name or f"Asesi {ordinal}", user=by, **given)
    made.identify(Individual.Document.NIK, f"317405010190{ordinal:04d}")
    made.save()
    return made


def matrix(
    states: Mapping[str, Record] | Callable[[], Mapping[str, Record]], people: Mapping[str, Person]
) -> dict[str, list[str]]:
    """Return `state who` → the steps permitted there, rules aside; empty cells are left out."""
    records = states() if callable(states) else states
    table = {
        f"{state} {who}": [
            step.name
            for step in record.workflow.steps
            if record.state in step.source and actor.can(step.permission, record)
        ]
        for state, record in records.items()
        for who, actor in people.items()
    }
    return {cell: steps for cell, steps in table.items() if steps}
