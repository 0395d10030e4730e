"""What everybody may know of bodies and schemes: no person, nothing unverified."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from mumpuni.kernel.counting import count_of
from mumpuni.licensing.models import Licence, LicenceScope
from mumpuni.licensing.queries import Status, licence_of, public_licences, scope_of
from mumpuni.oversight.models import SanctionCase
from mumpuni.oversight.queries import public_cases, with_appeal_state
from mumpuni.reference.models import Region
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.queries import verified_versions

ACTIVE = Q(status=Status.ACTIVE)


def bodies(on: date) -> QuerySet[Licence]:
    """Return every body that has or had a licence, with its `status` on a day."""
    return public_licences(on)


def body(organisation_id: int) -> Licence | None:
    """Return the licence of a body with terms and sanctions; three queries."""
    return licence_of(organisation_id)


def scope_on(licence: Licence, on: date) -> QuerySet[LicenceScope]:
    """Return what a body may certify on a day, by title."""
    return scope_of([licence]).filter(pk__in=LicenceScope.objects.in_force(on).values("pk"))


def sanctioned(on: date) -> QuerySet[Licence]:
    """Return the bodies whose licence is frozen or revoked on a day, with their sanctions."""
    found = public_licences(on).filter(Q(status=Status.FROZEN) | Q(status=Status.REVOKED))
    return with_appeal_state(found).prefetch_related("sanctions")


def decrees() -> QuerySet[SanctionCase]:
    """Return the decrees that froze, revoked or lifted, the newest first, with `appeal_state`."""
    return public_cases()


def decrees_on(licence: Licence) -> list[SanctionCase]:
    """Return the decrees on a licence, the oldest first; one query."""
    return list(public_cases().filter(licence=licence).order_by("effective_on", "pk"))


def schemes(on: date) -> QuerySet[SchemeVersion]:
    """Return the verified schemes, each with `licensed_count`: the active bodies that certify it."""
    scope = LicenceScope.objects.in_force(on).filter(scheme_version=OuterRef(OuterRef("pk")))
    licensed = public_licences(on).filter(ACTIVE, pk__in=scope.values("licence"))
    return verified_versions().annotate(licensed_count=count_of(licensed))


def licensed_for(version: SchemeVersion, on: date) -> QuerySet[Licence]:
    """Return the active bodies that certify a scheme on a day, by name."""
    scope = LicenceScope.objects.in_force(on).filter(licence=OuterRef("pk"), scheme_version=version)
    return public_licences(on).filter(Exists(scope), ACTIVE)


def province_of(region: Region | None) -> Region | None:
    """Return the province a region lies in, or is."""
    while region is not None and region.parent is not None:
        region = region.parent
    return region
