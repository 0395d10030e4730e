"""Whom the change of a standard concerns: it is asked here because only here all of them are seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from mumpuni.access.roles import Permission
from mumpuni.assessors.models import Assessor, AssessorScope, holding_on
from mumpuni.assessors.queries import assessors
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.queries import certificates
from mumpuni.licensing.models import LicenceScope
from mumpuni.licensing.queries import bodies_using, scope_using
from mumpuni.schemes.models import SchemeVersion, StandardChange
from mumpuni.schemes.queries import versions_using

if TYPE_CHECKING:
    from mumpuni.access.person import Person

STANDING = (Certificate.State.VALID, Certificate.State.SUSPENDED)


@dataclass(frozen=True)
class Impact:
    """How many a change concerns; of assessors and certificates those one may see, or None."""

    schemes: int
    bodies: int
    scopes: int
    assessors: int | None
    certificates: int | None


def impact_of(change: StandardChange, person: Person | None, on: date) -> Impact:
    """Count whom a change concerns on a day; five queries."""
    sees_assessors = person is not None and person.holds(Permission.ASSESSOR_VIEW)
    sees_certificates = person is not None and person.holds(Permission.CERTIFICATE_VIEW)
    return Impact(
        schemes=schemes_of(change).count(),
        bodies=bodies_using(change.standard, on).count(),
        scopes=scopes_of(change, on).count(),
        assessors=assessors_of(change, person, on).count() if person and sees_assessors else None,
        certificates=(
            certificates_of(change, person, on).count() if person and sees_certificates else None
        ),
    )


def schemes_of(change: StandardChange) -> QuerySet[SchemeVersion]:
    """Return the verified schemes that have a unit of the standard."""
    return versions_using(change.standard)


def scopes_of(change: StandardChange, on: date) -> QuerySet[LicenceScope]:
    """Return the places of these schemes in the scopes of bodies."""
    return scope_using(change.standard, on).select_related(
        "licence__organisation", "scheme_version__scheme"
    )


def assessors_of(change: StandardChange, person: Person, on: date) -> QuerySet[Assessor]:
    """Return the assessors one may see who are competent in one of these schemes."""
    held = AssessorScope.objects.filter(
        holding_on(on), assessor=OuterRef("pk"), scheme__in=schemes_of(change).values("scheme")
    )
    return assessors(person).filter(Exists(held))


def certificates_of(change: StandardChange, person: Person, on: date) -> QuerySet[Certificate]:
    """Return the certificates one may see that stand and are of one of these schemes."""
    return certificates(person).filter(
        candidate__session__scheme_version__in=schemes_of(change).values("pk"),
        state__in=STANDING,
        valid_until__gte=on,
    )
