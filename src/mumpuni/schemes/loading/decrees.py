"""Ministerial standards (SKKNI): decrees in full, decrees and units that the portal lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from mumpuni.reference.loading import CsvRow, Dataset, Loading
from mumpuni.schemes.loading.contents import load_contents, places_within
from mumpuni.schemes.models import CompetencyStandard, CompetencyUnit

DECREES = "skkni/skkni_dokumen.csv"
UNITS = "skkni/skkni_unit.csv"
ELEMENTS = "skkni/skkni_elemen.csv"
CRITERIA = "skkni/skkni_kuk.csv"
REGISTRY = "skkni/skkni_registri_2021_2025.csv"
PORTAL_UNITS = "skkni/skkni_unit_portal_2025.csv"

DECREE_KIND = "Keputusan Menteri Ketenagakerjaan"
FULL_TEXT = "Naskah keputusan; keberlakuannya belum diperiksa"
PORTAL = "Portal SKKNI Kementerian Ketenagakerjaan, 15 Agustus 2025; keberlakuannya belum diperiksa"
# An amending decree names what it amends in its title, in one of two ways.
AMENDED = (
    re.compile(r"Perubahan SKKNI (?P<year>\d{4})-(?P<number>\d+)"),
    re.compile(r"Perubahan Atas .+? Nomor (?P<number>\d+) Tahun (?P<year>\d{4})"),
)


def load_skkni(loading: Loading) -> None:
    """Load every decree known, with units, elements and criteria where the source has them."""
    registry = loading.read(REGISTRY)
    decrees = loading.read(DECREES)
    standards = _load_standards(loading, registry, decrees)
    _link_amendments(registry, standards)
    decree_of = {row["id"]: standard_key(row["nomor"], row["tahun"]) for row in decrees}
    units = [_unit(row, standards[decree_of[row["id_dokumen"]]]) for row in loading.read(UNITS)]
    listed = _listed_units(loading.read(PORTAL_UNITS), standards)
    loading.upsert(CompetencyUnit, [*units, *listed], by=["standard", "code"])
    load_contents(
        loading, {unit.code: unit for unit in units}, loading.read(ELEMENTS), loading.read(CRITERIA)
    )


def standard_key(number: str, year: str) -> str:
    """Return the natural key of a ministerial standard, as `skkni-321-2016`."""
    return f"skkni-{number}-{year}"


def _load_standards(
    loading: Loading, registry: Iterable[CsvRow], decrees: Iterable[CsvRow]
) -> dict[str, CompetencyStandard]:
    """Save one standard per decree; where text and registry both have it, the text tells more."""
    standards = {standard.key: standard for standard in map(_listed_standard, registry)}
    for row in decrees:
        full = _full_standard(row)
        listed = standards.get(full.key)
        full.portal_uuid = listed.portal_uuid if listed else None
        standards[full.key] = full
    loading.upsert(
        CompetencyStandard, list(standards.values()), by=["key"], keep=["status", "amends"]
    )
    return standards


def _listed_standard(row: CsvRow) -> CompetencyStandard:
    return CompetencyStandard(
        key=standard_key(row["nomor_kepmenaker"], row["tahun"]),
        kind=CompetencyStandard.Kind.SKKNI,
        status=CompetencyStandard.Status.LISTED,
        decree_kind=DECREE_KIND,
        number=row["nomor_kepmenaker"],
        year=int(row["tahun"]),
        title=row["judul"],
        category_name=row["kategori_portal"],
        major_group=row["golongan_portal"],
        portal_uuid=UUID(row["uuid_portal"]),
        source=PORTAL,
    )


def _full_standard(row: CsvRow) -> CompetencyStandard:
    return CompetencyStandard(
        key=standard_key(row["nomor"], row["tahun"]),
        kind=CompetencyStandard.Kind.SKKNI,
        status=CompetencyStandard.Status.LISTED,
        decree_kind=row["jenis_keputusan"],
        number=row["nomor"],
        year=int(row["tahun"]),
        title=row["judul"],
        category_letter=row["kode_kategori"],
        category_name=row["kategori"],
        major_group=row["golongan_pokok"],
        field=row["bidang"],
        subfield=row["subbidang"],
        source=FULL_TEXT,
    )


def _link_amendments(
    registry: Iterable[CsvRow], standards: Mapping[str, CompetencyStandard]
) -> None:
    """Point each amending decree at the one it amends, where that one is known."""
    for row in registry:
        match = next((m for pattern in AMENDED if (m := pattern.match(row["judul"]))), None)
        target = match and standards.get(standard_key(match["number"], match["year"]))
        if target:
            amending = standards[standard_key(row["nomor_kepmenaker"], row["tahun"])]
            CompetencyStandard.objects.filter(pk=amending.pk).update(amends=target)
    CompetencyStandard.objects.filter(
        status=CompetencyStandard.Status.LISTED, amendments__isnull=False
    ).update(status=CompetencyStandard.Status.AMENDED)


def _unit(row: CsvRow, standard: CompetencyStandard) -> CompetencyUnit:
    return CompetencyUnit(
        standard=standard,
        position=int(row["urut"]),
        code=row["kode_unit"],
        printed_code=row["kode_cetak"],
        title=row["judul_unit"],
        description=row["deskripsi"],
    )


def _listed_units(
    rows: Sequence[CsvRow], standards: Mapping[str, CompetencyStandard]
) -> list[CompetencyUnit]:
    """Return the units of which the portal gives code and title only."""
    keys = [standard_key(row["nomor_kepmenaker"], row["tahun"]) for row in rows]
    return [
        CompetencyUnit(
            standard=standards[key],
            position=place,
            code=row["kode_unit"],
            printed_code=row["kode_unit"],
            title=row["judul_unit"],
        )
        for row, key, place in zip(rows, keys, places_within(keys), strict=True)
    ]


DATASETS = (
    Dataset(
        key="skkni",
        version="2026-11",
        source="lima Keputusan Menteri Ketenagakerjaan; portal SKKNI per 15-16 Agustus 2025",
        licence="keputusan pemerintah, tanpa hak cipta (UU 28/2014); MIT",
        files=(REGISTRY, DECREES, UNITS, ELEMENTS, CRITERIA, PORTAL_UNITS),
        load=load_skkni,
    ),
)
