"""Valid records for tests."""

from typing import Any

from mumpuni.schemes.models import (
    CompetencyStandard,
    CompetencyUnit,
    PerformanceCriterion,
    UnitElement,
)


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
