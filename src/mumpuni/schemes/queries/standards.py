"""Standards and units. They are public, so nobody is asked who asks."""

from __future__ import annotations

import re

from django.contrib.postgres.search import TrigramDistance
from django.db.models import OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from mumpuni.kernel.counting import count_of
from mumpuni.schemes.models import (
    CompetencyStandard,
    CompetencyUnit,
    PerformanceCriterion,
    SchemeUnit,
    SchemeVersion,
    StandardChange,
    UnitElement,
)
from mumpuni.schemes.models.codes import normalise_unit_code
from mumpuni.schemes.queries.schemes import published_versions

FARTHEST_LIKENESS = 0.7  # where PostgreSQL itself ceases to call two texts similar
MOST_STANDARDS_OF_A_CODE = 5
DECREE = re.compile(r"\b(?P<number>\d+)(?:\s*/\s*|\s+tahun\s+)(?P<year>\d{4})\b", re.IGNORECASE)


def standards() -> QuerySet[CompetencyStandard]:
    """Return every standard with `unit_count`, the units loaded, and `decreed`, its year or 0."""
    return CompetencyStandard.objects.annotate(
        decreed=Coalesce("year", 0),
        unit_count=count_of(CompetencyUnit.objects.filter(standard=OuterRef("key"))),
    )


def standard_by_key(key: str) -> CompetencyStandard | None:
    """Return a standard with what it amends, what amends it and what was announced of it."""
    told = Prefetch("changes", StandardChange.objects.told(), to_attr="told_changes")
    return (
        standards()
        .select_related("amends")
        .prefetch_related("amendments", told)
        .filter(key=key)
        .first()
    )


def search_standards(rows: QuerySet[CompetencyStandard], text: str) -> QuerySet[CompetencyStandard]:
    """Keep the standards whose title has the text or whose decree it names, as `321/2016`."""
    found = Q(title__icontains=text)
    if match := DECREE.search(text):
        found |= Q(number=match["number"], year=int(match["year"]))
    return rows.filter(found)


def years_of_standards() -> list[int]:
    """Return the years of which there are standards, newest first; one query."""
    years = CompetencyStandard.objects.order_by("-year").values_list("year", flat=True)
    return [year for year in years.distinct() if year is not None]


def units() -> QuerySet[CompetencyUnit]:
    """Return every unit with its standard and `element_count`."""
    return CompetencyUnit.objects.select_related("standard").annotate(
        element_count=count_of(UnitElement.objects.filter(unit=OuterRef("pk")))
    )


def units_of_standard(standard: CompetencyStandard) -> QuerySet[CompetencyUnit]:
    """Return the units of a standard in its own order."""
    return units().filter(standard=standard).order_by("position")


def unit_in_full(key: str, code: str) -> CompetencyUnit | None:
    """Return a unit of a standard, its code typed in any way, with all its parts; three queries."""
    return units_in_full().filter(standard__key=key, code=normalise_unit_code(code)).first()


def units_in_full() -> QuerySet[CompetencyUnit]:
    """Return units with standard, elements and criteria in their order; three queries."""
    criteria = PerformanceCriterion.objects.select_related("element").order_by("position")
    elements = UnitElement.objects.order_by("position").prefetch_related(
        Prefetch("criteria", criteria)
    )
    return CompetencyUnit.objects.select_related("standard").prefetch_related(
        Prefetch("elements", elements)
    )


def unit_by_code(code: str) -> CompetencyUnit | None:
    """Return the unit of a code however it is typed; of the standard surest to be in force."""
    return (
        CompetencyUnit.objects.select_related("standard")
        .filter(code=normalise_unit_code(code))
        .surest_first()
        .first()
    )


def units_by_code(codes: list[str]) -> dict[str, CompetencyUnit]:
    """Return the unit of each code that is known, by the code as it was typed; one query."""
    wanted = {code: normalise_unit_code(code) for code in codes}
    found = (
        CompetencyUnit.objects.select_related("standard")
        .filter(code__in=wanted.values())
        .surest_first()
    )
    surest: dict[str, CompetencyUnit] = {}
    for unit in found:
        surest.setdefault(unit.code, unit)
    return {typed: surest[code] for typed, code in wanted.items() if code in surest}


def similar_unit_codes(code: str, *, limit: int = 5) -> list[str]:
    """Return known codes that look like an unknown one, likest first; for "did you mean"."""
    nearest = (
        CompetencyUnit.objects.order_by(TrigramDistance("code", normalise_unit_code(code)))
        .annotate(distance=TrigramDistance("code", normalise_unit_code(code)))
        .values_list("code", "distance")
    )
    # a code may stand in several standards
    rows = nearest[: limit * MOST_STANDARDS_OF_A_CODE]
    alike = [near for near, distance in rows if distance < FARTHEST_LIKENESS]
    return list(dict.fromkeys(alike))[:limit]


def search_units(rows: QuerySet[CompetencyUnit], text: str) -> QuerySet[CompetencyUnit]:
    """Keep the units whose title has the text or whose code has it, however it is typed."""
    return rows.filter(Q(title__icontains=text) | Q(code__contains=normalise_unit_code(text)))


def same_code_elsewhere(unit: CompetencyUnit) -> QuerySet[CompetencyUnit]:
    """Return the units of other standards that have the unit's code."""
    alike = CompetencyUnit.objects.filter(code=unit.code).exclude(pk=unit.pk)
    return alike.select_related("standard").surest_first()


def schemes_with(unit: CompetencyUnit) -> QuerySet[SchemeVersion]:
    """Return the published schemes that use the unit's code, newest first."""
    using = SchemeUnit.objects.filter(unit__code=unit.code).values("scheme_version")
    return published_versions().filter(pk__in=using).order_by("-verified_on", "pk")
