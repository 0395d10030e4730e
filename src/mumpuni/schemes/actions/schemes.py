"""What becomes of a scheme by its steps, and the changes that span scheme, version and units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from mumpuni.kernel.errors import Invalid
from mumpuni.kernel.numbering import take
from mumpuni.kernel.workflow import Actor, Attempt, Changes, amend_parts, begin
from mumpuni.schemes.models import CompetencyUnit, Scheme, SchemeUnit, SchemeVersion
from mumpuni.schemes.queries import similar_unit_codes, units_by_code

UNITS = "units"


@transaction.atomic
def begin_scheme(
    organisation_id: int, kind: str, values: Mapping[str, Any], actor: Actor, *, at: datetime
) -> SchemeVersion:
    """Begin a scheme with its first version, a draft."""
    if kind not in Scheme.Kind.values:
        raise Invalid(_("Jenis skema tidak dikenal."), fields={"kind": [_("Jenis tidak dikenal.")]})
    scheme = Scheme.objects.create(organisation_id=organisation_id, kind=kind)
    version = SchemeVersion(scheme=scheme, **values)
    begin(version, actor, at=at)
    return version


@transaction.atomic
def begin_next_version(old: SchemeVersion, actor: Actor, *, at: datetime) -> SchemeVersion:
    """Begin the next version of a scheme as a copy of a published one."""
    copied = {name: getattr(old, name) for name in SchemeVersion.EDITABLE}
    latest = SchemeVersion.objects.filter(scheme_id=old.scheme_id).latest("version").version
    version = SchemeVersion(scheme=old.scheme, version=latest + 1, **copied)
    begin(version, actor, at=at, note=_("Disalin dari versi %d.") % old.version)
    SchemeUnit.objects.bulk_create(
        SchemeUnit(
            scheme_version=version, unit_id=row.unit_id, position=row.position, part=row.part
        )
        for row in old.scheme_units.all()
    )
    return version


def add_units(
    version: SchemeVersion, codes: Sequence[str], part: str, actor: Actor, *, at: datetime
) -> None:
    """Add units by their codes, in any spelling; those that are there already are passed over."""
    wanted = _known_units(codes)

    def change(locked: SchemeVersion) -> Changes:
        present = set(locked.scheme_units.values_list("unit_id", flat=True))
        new = {unit.pk: unit for unit in wanted if unit.pk not in present}
        _save_units(locked, len(present), [(key, part) for key in new])
        added = ", ".join(unit.code for unit in new.values())
        return {UNITS: ["", f"+ {added} ({part})"]} if new else {}

    amend_parts(version, UNITS, change, actor, at=at)


def arrange_units(
    version: SchemeVersion, rows: Sequence[tuple[int, str]], actor: Actor, *, at: datetime
) -> None:
    """Put the units of a version, by key and part, in this order; those left out are removed."""

    def change(locked: SchemeVersion) -> Changes:
        before = {row.unit_id: row for row in locked.scheme_units.select_related("unit")}
        after = [(key, part) for key, part in dict(rows).items() if key in before]
        if after == [(key, row.part) for key, row in before.items()]:
            return {}
        locked.scheme_units.all().delete()
        _save_units(locked, 0, after)
        return {
            UNITS: [
                ", ".join(f"{row.unit.code} ({row.part})" for row in before.values()),
                ", ".join(f"{before[key].unit.code} ({part})" for key, part in after),
            ]
        }

    amend_parts(version, UNITS, change, actor, at=at)


def _save_units(version: SchemeVersion, offset: int, rows: Sequence[tuple[int, str]]) -> None:
    SchemeUnit.objects.bulk_create(
        SchemeUnit(scheme_version=version, unit_id=key, position=place, part=part)
        for place, (key, part) in enumerate(rows, start=offset + 1)
    )


def _known_units(codes: Sequence[str]) -> list[CompetencyUnit]:
    """S-04: a unit is added by a code that is known; others are named, with codes alike."""
    found = units_by_code(list(codes))
    problems = [_unknown(code) for code in codes if code not in found]
    if problems or not codes:
        raise Invalid(
            " ".join(problems) or _("Tuliskan paling sedikit satu kode unit."),
            code="S-04",
            fields={"codes": problems or [_("Tuliskan paling sedikit satu kode unit.")]},
        )
    return list(found.values())


def _unknown(code: str) -> str:
    alike = _(" atau ").join(similar_unit_codes(code, limit=3))
    if alike:
        return _("Kode “%(code)s” tidak dikenal. Mungkin %(alike)s?") % {
            "code": code,
            "alike": alike,
        }
    return _("Kode “%s” tidak dikenal.") % code


def file_under_category(version: SchemeVersion, attempt: Attempt) -> None:
    """Note the letter of the KBLI category, by which scheme numbers name the sector."""
    group = version.kbli
    while group is not None and group.parent is not None:
        group = group.parent
    version.sector_category = group.code if group else ""


def date_submission(version: SchemeVersion, attempt: Attempt) -> None:
    version.submitted_on = attempt.on


def count_in_year(versions: Sequence[SchemeVersion], attempt: Attempt) -> None:
    """Note how many each owner has submitted this year (S-12); one query."""
    submitted = Counter(
        dict(
            SchemeVersion.objects.filter(
                scheme__organisation__in={one.scheme.organisation_id for one in versions},
                submitted_on__year=attempt.on.year,
            )
            .exclude(pk__in=[one.pk for one in versions])
            .values_list("scheme__organisation")
            .annotate(Count("pk"))
        )
    )
    for version in versions:
        submitted[version.scheme.organisation_id] += 1
        version.count_in_year = submitted[version.scheme.organisation_id]


def date_verification(version: SchemeVersion, attempt: Attempt) -> None:
    version.verified_on = attempt.on


def date_retirement(version: SchemeVersion, attempt: Attempt) -> None:
    version.retired_on = attempt.on


def number_schemes(versions: Sequence[SchemeVersion], attempt: Attempt) -> None:
    """Number the schemes whose owner has a code, by owner and year (S-08)."""
    series: defaultdict[tuple[str, int], list[SchemeVersion]] = defaultdict(list)
    for version in versions:
        code = version.scheme.organisation.code
        if code and not version.scheme.number and version.verified_on:
            series[code, version.verified_on.year].append(version)
    numbered = []
    for (code, year), members in sorted(series.items(), key=itemgetter(0)):
        serials = take(f"scheme/{code}/{year}", len(members))
        for version, serial in zip(members, serials, strict=True):
            version.scheme.number = scheme_number(version, code, year, serial)
            numbered.append(version.scheme)
    Scheme.objects.bulk_update(numbered, ["number"], batch_size=1000)


def scheme_number(version: SchemeVersion, code: str, year: int, serial: int) -> str:
    """Return a scheme's number as `SKM/1565/00010/2/2026/7`."""
    ordinal = ord(version.sector_category) - ord("A") + 1
    return f"SKM/{code}/{ordinal:05d}/{version.scheme.kind}/{year}/{serial}"
