"""Who is acting, and whom one may look up."""

from __future__ import annotations

from datetime import date, datetime

from allauth.mfa.utils import is_mfa_enabled
from django.db.models import QuerySet

from mumpuni.access.models import (
    AccessToken,
    Individual,
    Membership,
    Organisation,
    User,
    document_index,
    secret_digest,
)
from mumpuni.access.person import Person
from mumpuni.access.roles import AUTHORITY_ROLES, Permission, Role


def memberships_of(user: User, on: date) -> list[Membership]:
    """Return the user's memberships in force on a day, by organisation; one query."""
    return list(
        Membership.objects.in_force(on)
        .filter(user=user)
        .select_related("organisation")
        .order_by("organisation__name", "role")
    )


def person_for(
    user: User,
    memberships: list[Membership],
    organisation_id: int | None,
    *,
    scopes: frozenset[Permission] | None = None,
    has_mfa: bool = True,
) -> Person:
    """Return the user as an actor for one of their organisations, or for themselves.

    Without a second factor the roles of the authority open nothing.
    """
    held = [one for one in memberships if one.organisation_id == organisation_id]
    roles = frozenset(Role(one.role) for one in held)
    needs_mfa = not has_mfa and bool(roles & AUTHORITY_ROLES)
    return Person(
        user_id=user.pk,
        name=str(user),
        roles=(frozenset() if needs_mfa else roles) | {Role.INDIVIDUAL},
        organisation_id=organisation_id if held else None,
        organisation_name=held[0].organisation.name if held else "",
        scopes=scopes,
        needs_mfa=needs_mfa,
    )


def authority() -> Organisation | None:
    """Return the organisation that answers for the register; one query."""
    return Organisation.objects.filter(kind=Organisation.Kind.AUTHORITY).first()


def in_authority(memberships: list[Membership]) -> bool:
    """Tell whether one of the roles is the authority's, which asks for a second factor."""
    return any(one.role in AUTHORITY_ROLES for one in memberships)


def person_of_token(secret: str, at: datetime, on: date) -> Person | None:
    """Return the actor a token stands for, or None where it opens nothing; at most three queries."""
    token = AccessToken.objects.select_related("user").filter(digest=secret_digest(secret)).first()
    if token is None or not token.usable(at) or not token.user.is_active:
        return None
    memberships = memberships_of(token.user, on)
    person = person_for(
        token.user,
        memberships,
        token.organisation_id,
        scopes=frozenset(each for each in Permission if each in token.scopes),
        has_mfa=not in_authority(memberships) or is_mfa_enabled(token.user),
    )
    return None if person.needs_mfa else person


def individual_by_document(kind: str, number: str) -> Individual | None:
    """Find a natural person by identity document; one query."""
    return Individual.objects.filter(document_index=document_index(kind, number)).first()


def individual_of(person: Person) -> Individual | None:
    """Return the natural person behind an account, if it has been told; one query."""
    if person.user_id is None:
        return None
    return Individual.objects.filter(user_id=person.user_id).first()


def organisation_of(person: Person) -> Organisation | None:
    """Return the organisation acted for; one query."""
    if person.organisation_id is None:
        return None
    return Organisation.objects.filter(pk=person.organisation_id).first()


def organisations(kind: str) -> QuerySet[Organisation]:
    """Return all organisations of a kind, by name."""
    return Organisation.objects.filter(kind=kind).order_by("name")


def registered(person: Person) -> QuerySet[Organisation]:
    """Return the organisations whose profile the person keeps."""
    return Organisation.objects.visible_to(person).select_related("region__parent")


def members(person: Person) -> QuerySet[Membership]:
    """Return the memberships the person looks after."""
    return Membership.objects.visible_to(person).select_related("user", "organisation")


def members_of(organisation: Organisation, on: date) -> QuerySet[Membership]:
    """Return who belongs to an organisation on a day, by name."""
    return (
        Membership.objects.in_force(on)
        .filter(organisation=organisation)
        .select_related("user")
        .order_by("user__name", "role")
    )


def tokens(person: Person) -> QuerySet[AccessToken]:
    """Return the person's own tokens."""
    return AccessToken.objects.visible_to(person).select_related("organisation")


def account(person: Person) -> User:
    """Return the account of who acts; one query."""
    assert person.user_id is not None
    return User.objects.get(pk=person.user_id)
