"""A version beside its earlier one, beside the standards it is built from, beside schemes like it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, FloatField, OuterRef
from django.db.models.functions import Cast

from mumpuni.kernel.counting import count_of
from mumpuni.schemes.models import (
    CompetencyStandard,
    CompetencyUnit,
    SchemeUnit,
    SchemeVersion,
)

MOST_ALIKE = 10


@dataclass(frozen=True)
class EarlierVersion:
    """What a version has that the one before had not, what it dropped, and what it has otherwise."""

    version: SchemeVersion
    added: list[SchemeUnit]
    dropped: list[SchemeUnit]
    changed: list[tuple[SchemeUnit, SchemeUnit]]
    kept_count: int


@dataclass(frozen=True)
class StandardBeside:
    """How much of a standard a version uses, and which of its units it leaves out."""

    standard: CompetencyStandard
    used: list[CompetencyUnit]
    missing: list[CompetencyUnit]

    @property
    def unit_count(self) -> int:
        """How many units the standard has."""
        return len(self.used) + len(self.missing)


@dataclass(frozen=True)
class NewerUnit:
    """A unit of the same code in a newer standard, and how its text differs."""

    unit: CompetencyUnit
    newer: CompetencyUnit
    added: list[str]
    dropped: list[str]

    @property
    def same(self) -> bool:
        """Whether title and elements are the same."""
        return not (self.added or self.dropped) and self.unit.title == self.newer.title


@dataclass(frozen=True)
class LikeScheme:
    """A scheme of another body: the codes of units in both, here only and there only.

    `likeness` is what both have in hundredths of what either has.
    """

    version: SchemeVersion
    shared: list[str]
    here: list[str]
    there: list[str]
    likeness: int


@dataclass(frozen=True)
class Comparison:
    """A version beside everything it is compared with."""

    earlier: EarlierVersion | None
    standards: list[StandardBeside]
    newer: list[NewerUnit]
    alike: list[LikeScheme]


def comparison_of(version: SchemeVersion) -> Comparison:
    """Compare a version fetched with its units; ten queries, however many units and schemes."""
    return Comparison(
        earlier=earlier_version(version),
        standards=standards_beside(version),
        newer=newer_units(version),
        alike=like_schemes(version),
    )


def earlier_version(version: SchemeVersion) -> EarlierVersion | None:
    """Compare with the version before by the codes of units; three queries."""
    before = (
        SchemeVersion.objects.filter(scheme=version.scheme_id, version__lt=version.version)
        .prefetch_related("scheme_units__unit__standard")
        .order_by("-version")
        .first()
    )
    if before is None:
        return None
    old = {row.unit.code: row for row in before.scheme_units.all()}
    new = {row.unit.code: row for row in version.scheme_units.all()}
    both = [(old[code], new[code]) for code in new if code in old]
    changed = [
        (was, now) for was, now in both if (was.unit_id, was.part) != (now.unit_id, now.part)
    ]
    return EarlierVersion(
        version=before,
        added=[row for code, row in new.items() if code not in old],
        dropped=[row for code, row in old.items() if code not in new],
        changed=changed,
        kept_count=len(both) - len(changed),
    )


def standards_beside(version: SchemeVersion) -> list[StandardBeside]:
    """Return the standards a version takes units from, the one it uses most first; one query."""
    used = {row.unit_id for row in version.scheme_units.all()}
    standards = {row.unit.standard.pk: row.unit.standard for row in version.scheme_units.all()}
    units = CompetencyUnit.objects.filter(standard__in=standards.values()).order_by("position")
    of_standard: defaultdict[str, list[CompetencyUnit]] = defaultdict(list)
    for unit in units:
        of_standard[unit.standard_id].append(unit)
    found = [
        StandardBeside(
            standard,
            used=[unit for unit in of_standard[standard.key] if unit.pk in used],
            missing=[unit for unit in of_standard[standard.key] if unit.pk not in used],
        )
        for standard in standards.values()
    ]
    return sorted(found, key=lambda one: -len(one.used))


def newer_units(version: SchemeVersion) -> list[NewerUnit]:
    """Return the units of which a newer standard, not revoked, has an edition; four queries."""
    rows = version.scheme_units.all()
    newest: dict[str, CompetencyUnit] = {}
    same_codes = (
        CompetencyUnit.objects.citable()
        .filter(code__in=[row.unit.code for row in rows])
        .select_related("standard")
        .prefetch_related("elements")
        .order_by(F("standard__year").desc(nulls_last=True), "pk")
    )
    for unit in same_codes:
        newest.setdefault(unit.code, unit)
    found = []
    for row in rows:
        unit, newer = row.unit, newest.get(row.unit.code)
        if newer and (newer.standard.year or 0) > (unit.standard.year or 0):
            before, after = _elements(unit), _elements(newer)
            found.append(NewerUnit(unit, newer, _less(after, before), _less(before, after)))
    return found


def like_schemes(version: SchemeVersion, *, limit: int = MOST_ALIKE) -> list[LikeScheme]:
    """Return the schemes of other bodies that are most like it by codes of units; four queries.

    Likeness is Jaccard's: the codes in both among the codes in either. Of each scheme only the
    newest verified version counts.
    """
    own = {row.unit.code for row in version.scheme_units.all()}
    newer = SchemeVersion.objects.filter(
        scheme=OuterRef("scheme"),
        version__gt=OuterRef("version"),
        state=SchemeVersion.State.VERIFIED,
    )
    held = SchemeUnit.objects.filter(scheme_version=OuterRef("pk"))
    nearest = (
        SchemeVersion.objects.filter(
            ~Exists(newer),
            state=SchemeVersion.State.VERIFIED,
            scheme_units__unit__code__in=own,
        )
        .exclude(scheme__organisation=version.scheme.organisation_id)
        .values("pk")
        .annotate(
            shared=Count("scheme_units__unit__code", distinct=True),
            either=count_of(held) + len(own) - F("shared"),
        )
        .order_by(Cast("shared", FloatField()) / F("either"), "-pk")
        .reverse()
        .values_list("pk", flat=True)[:limit]
    )
    keys = list(nearest)
    versions = (
        SchemeVersion.objects.select_related("scheme__organisation")
        .prefetch_related("scheme_units__unit")
        .in_bulk(keys)
    )
    return [_beside(versions[key], own) for key in keys]


def _beside(other: SchemeVersion, own: set[str]) -> LikeScheme:
    theirs = {row.unit.code for row in other.scheme_units.all()}
    shared = own & theirs
    return LikeScheme(
        other,
        shared=sorted(shared),
        here=sorted(own - theirs),
        there=sorted(theirs - own),
        likeness=round(100 * len(shared) / len(own | theirs)),
    )


def _elements(unit: CompetencyUnit) -> list[str]:
    return [element.text for element in unit.elements.all()]


def _less(texts: Iterable[str], others: Iterable[str]) -> list[str]:
    known = set(others)
    return [text for text in texts if text not in known]
