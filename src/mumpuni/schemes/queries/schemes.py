"""Schemes: the published ones are public, all others belong to their owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from mumpuni.schemes.models import Scheme, SchemeUnit, SchemeVersion

if TYPE_CHECKING:
    from mumpuni.access.person import Person


def scheme_versions(person: Person) -> QuerySet[SchemeVersion]:
    """Return the versions whose record the person may see, each with `unit_count`."""
    return _shown(SchemeVersion.objects.visible_to(person))


def published_versions() -> QuerySet[SchemeVersion]:
    """Return the versions that everybody may read, verified or retired, with `unit_count`."""
    return _shown(SchemeVersion.objects.published())


def verified_versions() -> QuerySet[SchemeVersion]:
    """Return the versions that may be assessed against, with `unit_count`."""
    return _shown(SchemeVersion.objects.assessable())


def units_of(version: SchemeVersion) -> QuerySet[SchemeUnit]:
    """Return the units of a version in its order, each with its standard."""
    return SchemeUnit.objects.filter(scheme_version=version).select_related("unit__standard")


def units_of_version_in_full(version: SchemeVersion) -> QuerySet[SchemeUnit]:
    """Return the units of a version with elements and criteria; three queries."""
    return units_of(version).prefetch_related("unit__elements__criteria")


def versions_of(scheme: Scheme) -> QuerySet[SchemeVersion]:
    """Return all versions of a scheme, newest first."""
    return SchemeVersion.objects.filter(scheme=scheme).order_by("-version")


def versions_to_number() -> QuerySet[SchemeVersion]:
    """Return verified versions without a number whose owner has a code by now."""
    return SchemeVersion.objects.filter(
        state=SchemeVersion.State.VERIFIED, scheme__number=None
    ).exclude(scheme__organisation__code="")


def _shown(versions: QuerySet[SchemeVersion]) -> QuerySet[SchemeVersion]:
    return versions.select_related("scheme__organisation", "kbli", "kbji").annotate(
        unit_count=Count("scheme_units")
    )
