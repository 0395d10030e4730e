"""Schemes: the published ones are public, all others belong to their owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Prefetch, Q, QuerySet

from mumpuni.kernel.counting import count_of
from mumpuni.schemes.models import Scheme, SchemeUnit, SchemeVersion, VerificationRemark
from mumpuni.schemes.models.codes import normalise_unit_code

if TYPE_CHECKING:
    from mumpuni.access.person import Person


def scheme_versions(person: Person) -> QuerySet[SchemeVersion]:
    """Return the versions whose record the person may see, each with `unit_count`."""
    return shown(SchemeVersion.objects.visible_to(person))


def versions_to_decide(person: Person) -> QuerySet[SchemeVersion]:
    """Return the same with the units and remarks that the rules look at; three more queries."""
    return scheme_versions(person).prefetch_related("scheme_units__unit__standard", "remarks")


def in_full(rows: QuerySet[SchemeVersion]) -> QuerySet[SchemeVersion]:
    """Return versions with units, elements and criteria; four more queries."""
    return rows.prefetch_related(
        "scheme_units__unit__standard", "scheme_units__unit__elements__criteria"
    )


def version_in_full(person: Person, pk: int) -> SchemeVersion | None:
    """Return a version whose record the person may see, with its units and remarks."""
    return (
        in_full(scheme_versions(person))
        .prefetch_related(Prefetch("remarks", VerificationRemark.objects.select_related("unit")))
        .filter(pk=pk)
        .first()
    )


def published_versions() -> QuerySet[SchemeVersion]:
    """Return the versions that everybody may read, verified or retired, with `unit_count`."""
    return shown(SchemeVersion.objects.published())


def verified_versions() -> QuerySet[SchemeVersion]:
    """Return the versions that may be assessed against, with `unit_count`."""
    return shown(SchemeVersion.objects.assessable())


def search_versions(rows: QuerySet[SchemeVersion], text: str) -> QuerySet[SchemeVersion]:
    """Keep those whose title, number or owner has every word, or that have a unit of this code."""
    with_unit = SchemeUnit.objects.filter(unit__code=normalise_unit_code(text))
    worded = Q()
    for word in text.split():
        worded &= (
            Q(title__icontains=word)
            | Q(title_en__icontains=word)
            | Q(scheme__number__icontains=word)
            | Q(scheme__organisation__name__icontains=word)
        )
    return rows.filter(worded | Q(pk__in=with_unit.values("scheme_version")))


def awaiting_verification(person: Person) -> QuerySet[SchemeVersion]:
    """Return the versions that wait for a verifier."""
    return scheme_versions(person).filter(state=SchemeVersion.State.SUBMITTED)


def units_of(version: SchemeVersion) -> QuerySet[SchemeUnit]:
    """Return the units of a version in its order, each with its standard."""
    return SchemeUnit.objects.filter(scheme_version=version).select_related("unit__standard")


def versions_of(scheme: Scheme) -> QuerySet[SchemeVersion]:
    """Return all versions of a scheme, newest first."""
    return SchemeVersion.objects.filter(scheme=scheme).order_by("-version")


def versions_to_number() -> QuerySet[SchemeVersion]:
    """Return verified versions without a number whose owner has a code by now."""
    return SchemeVersion.objects.filter(
        state=SchemeVersion.State.VERIFIED, scheme__number=None
    ).exclude(scheme__organisation__code="")


def shown(versions: QuerySet[SchemeVersion]) -> QuerySet[SchemeVersion]:
    """Add what lists show, `unit_count` among it."""
    return versions.select_related("scheme__organisation", "kbli", "kbji").annotate(
        unit_count=count_of(SchemeUnit.objects.filter(scheme_version=OuterRef("pk")))
    )
