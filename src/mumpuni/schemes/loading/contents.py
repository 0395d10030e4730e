"""The elements and criteria of units, from two files that both sources shape alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mumpuni.reference.loading import CsvRow, Loading
from mumpuni.schemes.models import CompetencyUnit, PerformanceCriterion, UnitElement


def load_contents(
    loading: Loading,
    units: Mapping[str, CompetencyUnit],
    elements: Sequence[CsvRow],
    criteria: Sequence[CsvRow],
) -> None:
    """Load what the units hold."""
    element_rows = [
        UnitElement(
            unit=units[row["kode_unit"]],
            position=int(row["urut_elemen"]),
            printed_number=row.get("nomor_cetak", ""),
            text=row["elemen"],
        )
        for row in elements
    ]
    saved = loading.upsert(UnitElement, element_rows, by=["unit", "position"])
    by_place = {(element.unit.code, element.position): element for element in saved}
    criterion_rows = [
        PerformanceCriterion(
            element=by_place[row["kode_unit"], int(row["urut_elemen"])],
            position=int(row["urut_kuk"]),
            printed_number=row.get("nomor_cetak", ""),
            text=row["kriteria_unjuk_kerja"],
        )
        for row in criteria
    ]
    loading.upsert(PerformanceCriterion, criterion_rows, by=["element", "position"])


def places_within(groups: Iterable[str]) -> Iterator[int]:
    """Yield, for each member of a group in turn, its place in that group, from 1."""
    seen: Counter[str] = Counter()
    for group in groups:
        seen[group] += 1
        yield seen[group]
