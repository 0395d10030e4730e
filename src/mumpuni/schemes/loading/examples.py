"""Published schemes of the authority, as public repositories have typed them.

They are loaded once and never changed: a published version does not change. Schemes of other
issuers are left out, for the data folder does not know whose they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.utils import timezone

from mumpuni.access.models import Organisation
from mumpuni.access.person import SYSTEM
from mumpuni.kernel.workflow import begin_all, perform_all
from mumpuni.reference.loading import CsvRow, Dataset, Loading
from mumpuni.reference.models import ClassificationCode
from mumpuni.schemes.models import CompetencyUnit, Scheme, SchemeUnit, SchemeVersion

SCHEMES: Final = "skema/skema_contoh.csv"
UNITS: Final = "skema/skema_contoh_unit.csv"
CODES: Final = "skema/skema_contoh_klasifikasi.csv"
AUTHORITY: Final = "BNSP"
ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
# numbers of 2015 to 2019 count sectors by an older list (F-skema in docs/sources.md)
FIRST_YEAR_OF_LETTERS: Final = 2020
DATE_UNKNOWN: Final = "tanggal verifikasi tidak diketahui, dicatat 1 Januari tahun nomornya"


def load_example_schemes(loading: Loading) -> None:
    """Load the authority's published schemes that are not there yet."""
    published = [row for row in loading.read(SCHEMES) if row["penerbit"] == AUTHORITY]
    known = set(Scheme.objects.exclude(number=None).values_list("number", flat=True))
    versions = _begin([row for row in published if row["nomor_skema"] not in known], loading)
    _add_units(versions, loading.read(UNITS))
    perform_all(versions, "load", SYSTEM, at=timezone.now())
    loading.row_count += len(published)
    loading.added += len(versions)


def _begin(rows: Sequence[CsvRow], loading: Loading) -> list[SchemeVersion]:
    owner, _made = Organisation.objects.get_or_create(
        code=AUTHORITY,
        defaults={
            "kind": Organisation.Kind.AUTHORITY,
            "name": "Badan Nasional Sertifikasi Profesi",
        },
    )
    schemes = Scheme.objects.bulk_create(
        Scheme(organisation=owner, kind=row["kode_jenis"], number=row["nomor_skema"])
        for row in rows
    )
    chosen = {row["nomor_skema"]: row for row in loading.read(CODES)}
    versions = [
        _version(row, scheme, chosen.get(row["nomor_skema"]))
        for row, scheme in zip(rows, schemes, strict=True)
    ]
    begin_all(versions, SYSTEM, at=timezone.now(), note="Dimuat dari data rujukan.")
    return versions


def _version(row: CsvRow, scheme: Scheme, codes: CsvRow | None) -> SchemeVersion:
    year = int(row["tahun"])
    by_letter = year >= FIRST_YEAR_OF_LETTERS
    notes = [row["sumber"], row["catatan"], DATE_UNKNOWN]
    if codes:
        notes.append(codes["dasar"])
    return SchemeVersion(
        scheme=scheme,
        title=row["judul"],
        kkni_level=_level(row["judul"]),
        sector_category=chr(ord("A") - 1 + int(row["kode_kategori"])) if by_letter else "",
        kbli=_code(codes, ClassificationCode.System.KBLI),
        kbji=_code(codes, ClassificationCode.System.KBJI),
        verified_on=date(year, 1, 1),
        source="; ".join(notes),
    )


def _level(title: str) -> int | None:
    """Return the level that a title such as `KKNI Level II …` names."""
    _before, named, after = title.partition("KKNI Level ")
    return ROMAN.get(after.split()[0]) if named else None


def _code(codes: CsvRow | None, system: str) -> ClassificationCode | None:
    if codes is None:
        return None
    return ClassificationCode.objects.filter(
        system=system, version=codes[f"{system}_versi"], code=codes[system]
    ).first()


def _add_units(versions: Iterable[SchemeVersion], rows: Iterable[CsvRow]) -> None:
    """Give each version its units, of the standard which the same source fills."""
    listed = defaultdict(list)
    for row in rows:
        listed[row["nomor_skema"]].append(row)
    units = {
        unit.code: unit
        for unit in CompetencyUnit.objects.filter(standard__key__startswith="tanpa-nomor-")
    }
    SchemeUnit.objects.bulk_create(
        SchemeUnit(scheme_version=version, unit=units[row["kode_unit"]], position=int(row["urut"]))
        for version in versions
        for row in listed[version.number]
    )


DATASETS = (
    Dataset(
        key="skema-contoh",
        version="2026-11",
        source="skema BNSP yang diketik pihak ketiga di repositori publik",
        licence="fakta; teks standar menteri, tanpa hak cipta (UU 28/2014)",
        files=(SCHEMES, UNITS, CODES),
        load=load_example_schemes,
    ),
)
