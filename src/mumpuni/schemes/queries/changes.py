"""Changes of standards, and the transitions of bodies that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from mumpuni.access.roles import Permission, Reach
from mumpuni.kernel.counting import count_of
from mumpuni.schemes.models import (
    CompetencyStandard,
    SchemeTransition,
    SchemeUnit,
    SchemeVersion,
    StandardChange,
)
from mumpuni.schemes.queries.schemes import shown

if TYPE_CHECKING:
    from mumpuni.access.person import Person


def keeps_changes(person: Person | None) -> bool:
    """Tell whether somebody writes down and announces changes of standards."""
    return person is not None and Reach.NATIONAL in person.reaches(Permission.STANDARD_CHANGE)


def changes(person: Person | None) -> QuerySet[StandardChange]:
    """Return the changes one may read, each with `scheme_count`: all, or those announced."""
    found = StandardChange.objects.all()
    if not keeps_changes(person):
        found = found.told()
    return found.select_related("standard", "replacement").annotate(
        scheme_count=count_of(
            SchemeVersion.objects.filter(
                Exists(
                    SchemeUnit.objects.filter(
                        scheme_version=OuterRef("pk"),
                        unit__standard=OuterRef(OuterRef("standard__key")),
                    )
                ),
                state=SchemeVersion.State.VERIFIED,
            )
        )
    )


def changes_to_decide(person: Person) -> QuerySet[StandardChange]:
    """Return the changes whose record one may see."""
    return changes(person) if keeps_changes(person) else StandardChange.objects.none()


def versions_using(standard: CompetencyStandard) -> QuerySet[SchemeVersion]:
    """Return the verified versions that have a unit of a standard, with `unit_count`."""
    return shown(SchemeVersion.objects.assessable().built_from(standard))


def transitions(person: Person) -> QuerySet[SchemeTransition]:
    """Return the transitions one may see: all, or those of one's organisation."""
    return SchemeTransition.objects.visible_to(person).select_related(
        "organisation", "change__standard", "change__replacement"
    )


def own_versions_using(transition: SchemeTransition) -> QuerySet[SchemeVersion]:
    """Return what a body has yet to replace or to retire."""
    using = versions_using(transition.change.standard)
    return using.filter(scheme__organisation=transition.organisation_id).order_by("title", "pk")


def search_changes(rows: QuerySet[StandardChange], text: str) -> QuerySet[StandardChange]:
    """Keep the changes of standards whose title has every word, or whose decree it names."""
    found = Q()
    for word in text.split():
        found &= Q(standard__title__icontains=word) | Q(standard__key__icontains=word)
    return rows.filter(found)
