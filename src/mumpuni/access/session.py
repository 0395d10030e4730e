"""From a browser's session to the person who acts."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.utils import timezone

from mumpuni.access.models import Membership, User
from mumpuni.access.person import Person
from mumpuni.access.queries import in_authority, memberships_of, person_for

ACTING_FOR = "acting_for"
HAS_MFA = "has_mfa"
MEMBERSHIPS = "memberships"


def person_of(request: HttpRequest) -> Person | None:
    """Return who acts in this session, or None for a stranger; at most two queries."""
    user = request.user
    if not isinstance(user, User):
        return None
    memberships = _memberships(request, user)
    return person_for(
        user,
        memberships,
        _acting_for(request, memberships),
        has_mfa=not in_authority(memberships) or _has_mfa(request, user),
    )


def choices(request: HttpRequest) -> dict[int, str]:
    """Return the organisations the user may act for, by name; no query after `person_of`."""
    user = request.user
    if not isinstance(user, User):
        return {}
    return {one.organisation_id: one.organisation.name for one in _memberships(request, user)}


def act_for(request: HttpRequest, organisation_id: int | None) -> None:
    """Remember for whom the user acts from now on; None means for themselves."""
    request.session[ACTING_FOR] = organisation_id or 0


def _memberships(request: HttpRequest, user: User) -> list[Membership]:
    """Ask once per request: header and person rest on the same."""
    kept = request.__dict__
    if MEMBERSHIPS not in kept:
        kept[MEMBERSHIPS] = memberships_of(user, timezone.localdate())
    held: list[Membership] = kept[MEMBERSHIPS]
    return held


def _acting_for(request: HttpRequest, memberships: list[Membership]) -> int | None:
    chosen = request.session.get(ACTING_FOR)
    if chosen == 0 or not memberships:
        return None
    held = [one.organisation_id for one in memberships]
    return chosen if chosen in held else held[0]


def _has_mfa(request: HttpRequest, user: User) -> bool:
    """Ask once per session: who switches MFA off is signed out of nothing, but asked next time."""
    if not request.session.get(HAS_MFA):
        request.session[HAS_MFA] = is_mfa_enabled(user)
    return bool(request.session[HAS_MFA])
