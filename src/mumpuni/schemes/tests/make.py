"""Valid records for tests."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from mumpuni.access.models import Organisation
from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.workflow import perform
from mumpuni.reference.models import ClassificationCode
from mumpuni.schemes import actions
from mumpuni.schemes.models import (
    CompetencyStandard,
    CompetencyUnit,
    PerformanceCriterion,
    Scheme,
    SchemeUnit,
    SchemeVersion,
    UnitElement,
)

NOON = datetime(2026, 6, 1, 5, tzinfo=UTC)

_ordinals = count(1)


def standard(key: str = "skkni-1-2020", **changed: Any) -> CompetencyStandard:
    """Make a ministerial standard in force."""
    values: dict[str, Any] = {
        "kind": CompetencyStandard.Kind.SKKNI,
        "status": CompetencyStandard.Status.IN_FORCE,
        "decree_kind": "Keputusan Menteri Ketenagakerjaan",
        "number": key.split("-")[1],
        "year": int(key.split("-")[2]),
        "title": "Penetapan SKKNI Bidang Contoh",
        "category_letter": "J",
        "category_name": "Informasi dan Komunikasi",
        "source": "dibuat untuk pengujian",
    }
    return CompetencyStandard.objects.create(key=key, **values | changed)


def unit(
    code: str = "J.620100.001.01",
    *,
    within: CompetencyStandard | None = None,
    elements: int = 2,
    criteria: int = 2,
    **changed: Any,
) -> CompetencyUnit:
    """Make a unit with elements and criteria; in a standard of its own unless one is given."""
    parent = within or standard()
    values: dict[str, Any] = {
        "position": parent.units.count() + 1,
        "printed_code": code,
        "title": "Menggunakan Struktur Data",
    }
    made = CompetencyUnit.objects.create(standard=parent, code=code, **values | changed)
    for position in range(1, elements + 1):
        element = UnitElement.objects.create(
            unit=made,
            position=position,
            printed_number=str(position),
            text=f"Elemen contoh {position}",
        )
        PerformanceCriterion.objects.bulk_create(
            PerformanceCriterion(
                element=element,
                position=place,
                printed_number=f"{position}.{place}",
                text=f"Kriteria contoh {position}.{place}",
            )
            for place in range(1, criteria + 1)
        )
    return made


def kbli(code: str = "62019", category: str = "J") -> ClassificationCode:
    """Return a five-digit business activity of KBLI 2020, made at the first call."""
    root = _code("kbli", "2020", category, 1, None)
    return _code("kbli", "2020", code, 5, root)


def kbji(code: str = "2514") -> ClassificationCode:
    """Return a four-digit occupation of KBJI 2014, made at the first call."""
    return _code("kbji", "2014", code, 4, None)


def _code(
    system: str, version: str, code: str, level: int, parent: ClassificationCode | None
) -> ClassificationCode:
    return ClassificationCode.objects.get_or_create(
        system=system,
        version=version,
        code=code,
        defaults={"level": level, "parent": parent, "title": f"Kode {code}"},
    )[0]


def scheme_author(owner: Organisation) -> Person:
    """Make somebody who writes schemes for an organisation."""
    of_authority = owner.kind == Organisation.Kind.AUTHORITY
    return access.person(
        Role.REFERENCE_AUTHOR if of_authority else Role.BODY_SCHEME_AUTHOR, of=owner
    )


def scheme_verifier() -> Person:
    """Make somebody who verifies schemes for the authority."""
    return access.person(Role.SCHEME_VERIFIER, of=access.authority())


def draft_scheme(  # noqa: PLR0913 - what tests change of a draft
    owner: Organisation | None = None,
    units: int = 3,
    *,
    kind: str = Scheme.Kind.OCCUPATION,
    at: datetime = NOON,
    by: Person | None = None,
    elements: int = 2,
    **changed: Any,
) -> SchemeVersion:
    """Make a complete draft; its units are new ones in a standard of their own."""
    owner = owner or access.authority()
    author = by or scheme_author(owner)
    ordinal = next(_ordinals)
    values: dict[str, Any] = {
        "title": f"Pemrogram Junior {ordinal}",
        "title_en": f"Junior Coder {ordinal}",
        "purpose": "Memastikan kompetensi kerja pemrogram junior.",
        "requirements": "Lulus pendidikan menengah.",
        "kbli": kbli(),
        "kbji": kbji(),
        "kkni_level": 2,
    }
    version = actions.begin_scheme(owner.pk, kind, values | changed, author, at=at)
    if units:
        parent = standard(f"skkni-{1000 + ordinal}-2020")
        codes = [f"J.62{ordinal:04d}.{place:03d}.01" for place in range(1, units + 1)]
        for place, code in enumerate(codes, start=1):
            unit(code, within=parent, elements=elements, title=f"Unit contoh {place}")
        actions.add_units(version, codes, SchemeUnit.Part.CORE, author, at=at)
    return version


def verified_scheme(
    owner: Organisation | None = None,
    units: int = 3,
    *,
    at: datetime = NOON,
    **given: Any,
) -> SchemeVersion:
    """Make a scheme, submit it and have it verified; the authority's unless an owner is given."""
    version = submitted_scheme(owner, units, at=at, **given)
    perform(version, "verify", scheme_verifier(), at=at)
    return SchemeVersion.objects.get(pk=version.pk)


def submitted_scheme(
    owner: Organisation | None = None,
    units: int = 3,
    *,
    at: datetime = NOON,
    **given: Any,
) -> SchemeVersion:
    """Make a complete draft and submit it."""
    owner = owner or access.authority()
    author = given.pop("by", None) or scheme_author(owner)
    version = draft_scheme(owner, units, at=at, by=author, **given)
    perform(version, "submit", author, at=at)
    return version
