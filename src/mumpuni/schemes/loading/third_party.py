"""Units that are known only from schemes which others have typed.

Their decrees are not known, so units whose codes begin alike stand under one unnumbered standard,
marked as unverified, until the decree is loaded.
"""

from __future__ import annotations

from operator import itemgetter

from django.utils.text import slugify

from mumpuni.reference.loading import CsvRow, Dataset, Loading
from mumpuni.schemes.loading.contents import load_contents, places_within
from mumpuni.schemes.models import CompetencyStandard, CompetencyUnit

SCHEMES = "skema/skema_contoh.csv"
UNITS = "skema/skema_contoh_unit.csv"
ELEMENTS = "skema/skema_contoh_elemen.csv"
CRITERIA = "skema/skema_contoh_kuk.csv"


def load_third_party_units(loading: Loading) -> None:
    rows = sorted(loading.read(UNITS), key=itemgetter("kode_unit"))
    criteria = loading.read(CRITERIA)
    sources = {row["nomor_skema"]: row["sumber"] for row in loading.read(SCHEMES)}
    standards = {
        _prefix(row): _unnumbered(_prefix(row), sources[row["nomor_skema"]]) for row in rows
    }
    loading.upsert(
        CompetencyStandard, list(standards.values()), by=["key"], keep=["status", "amends"]
    )
    abridged = {row["kode_unit"] for row in criteria if row["disingkat"] == "ya"}
    units = {
        row["kode_unit"]: CompetencyUnit(
            standard=standards[_prefix(row)],
            position=position,
            code=row["kode_unit"],
            printed_code=row["kode_unit_sumber"],
            title=row["judul_unit"],
            abridged=row["kode_unit"] in abridged,
        )
        for row, position in zip(rows, places_within(map(_prefix, rows)), strict=True)
    }
    loading.upsert(CompetencyUnit, list(units.values()), by=["standard", "code"])
    load_contents(loading, units, loading.read(ELEMENTS), criteria)


def _prefix(row: CsvRow) -> str:
    """Return the part of a unit's code that names its field, as `J.620100`."""
    return ".".join(row["kode_unit"].split(".")[:2])


def _unnumbered(prefix: str, source: str) -> CompetencyStandard:
    return CompetencyStandard(
        key=f"tanpa-nomor-{slugify(prefix.replace('.', '-'))}",
        kind=CompetencyStandard.Kind.SKKNI,
        status=CompetencyStandard.Status.UNVERIFIED,
        title=f"SKKNI dengan kode unit {prefix} (nomor keputusan belum diketahui)",
        category_letter=prefix[0],
        source=f"Salinan pihak ketiga, bukan naskah keputusan: {source}",
    )


DATASETS = (
    Dataset(
        key="unit-pihak-ketiga",
        version="2026-11",
        source="skema yang diketik pihak ketiga di repositori publik",
        licence="teks standar menteri, tanpa hak cipta (UU 28/2014)",
        files=(SCHEMES, UNITS, ELEMENTS, CRITERIA),
        load=load_third_party_units,
    ),
)
