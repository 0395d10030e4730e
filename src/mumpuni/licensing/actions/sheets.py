"""Reading licences granted before this system from a sheet (CSV), one to a row."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TextIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mumpuni.access.models import Organisation
from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.licensing import rules
from mumpuni.licensing.actions.entering import EnteredLicence
from mumpuni.licensing.models import BodyType, CandidateGroup, FounderKind, LicenceApplication
from mumpuni.reference.models import Region
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.queries import verified_versions

NUMBER = re.compile(r"^BNSP-LSP-(\d{3,4})-ID$")
COLUMNS = (
    "nomor_lisensi",
    "nama",
    "surel",
    "alamat",
    "kode_wilayah",
    "jenis",
    "jenis_pembentuk",
    "pembentuk",
    "asesi",
    "sektor",
    "nomor_sk",
    "berlaku_mulai",
    "berlaku_sampai",
    "nomor_skema",
    "sumber",
)

type Row = Mapping[str, str]


def read_licences(file: TextIO, *, simulated: bool = False) -> list[EnteredLicence]:
    """Read the sheet; schemes are separated by semicolons, a last day may be left out.

    Raises:
        Invalid: with all that is wrong, each with its row.
    """
    rows = list(csv.DictReader(file, restval=""))
    missing = [name for name in COLUMNS if rows and name not in rows[0]]
    if missing or not rows:
        raise Invalid(_("Lembar tanpa baris atau tanpa kolom: %s.") % ", ".join(missing or COLUMNS))
    known = _Known(rows)
    entries: list[EnteredLicence] = []
    problems: list[str] = []
    for place, row in enumerate(rows, 2):
        try:
            entries.append(known.entry(row, simulated=simulated))
        except Refused as refused:
            problems.append(_("Baris %(row)d: %(problem)s") % {"row": place, "problem": refused})
    if problems:
        raise Invalid("\n".join(problems))
    return entries


class _Known:
    """What the rows refer to, fetched at once."""

    def __init__(self, rows: Iterable[Row]) -> None:
        numbers = {number for row in rows for number in _schemes(row)}
        self.schemes = {
            one.scheme.number: one for one in verified_versions().filter(scheme__number__in=numbers)
        }
        self.regions = Region.objects.in_bulk({row["kode_wilayah"] for row in rows})
        self.codes = set(Organisation.objects.exclude(code="").values_list("code", flat=True))

    def entry(self, row: Row, *, simulated: bool) -> EnteredLicence:
        facts: dict[str, Any] = {
            "body_type": _given(row, "jenis", BodyType),
            "founder_kind": _given(row, "jenis_pembentuk", FounderKind),
            "candidate_group": _given(row, "asesi", CandidateGroup),
        }
        rules.check_type(*facts.values())
        entry = EnteredLicence(
            body=self._body(row, simulated=simulated),
            founder_name=row["pembentuk"],
            sector_code=row["sektor"],
            decree_number=row["nomor_sk"],
            valid_from=_given(row, "berlaku_mulai", date.fromisoformat),
            valid_until=_given(row, "berlaku_sampai", date.fromisoformat)
            if row["berlaku_sampai"]
            else None,
            schemes=[self._scheme(number) for number in _schemes(row)],
            source=row["sumber"],
            **facts,
        )
        _check(entry)
        return entry

    def _body(self, row: Row, *, simulated: bool) -> Organisation:
        number = NUMBER.match(row["nomor_lisensi"])
        if number is None:
            raise Invalid(_("nomor lisensi bukan seperti BNSP-LSP-0123-ID."))
        code = f"{int(number[1]):04d}"
        if code in self.codes:
            raise Invalid(_("nomor lisensi %s sudah ada.") % row["nomor_lisensi"])
        self.codes.add(code)
        region = self.regions.get(row["kode_wilayah"])
        if region is None:
            raise Invalid(_("kode wilayah “%s” tidak dikenal.") % row["kode_wilayah"])
        return Organisation(
            kind=Organisation.Kind.CERTIFICATION_BODY,
            code=code,
            name=row["nama"],
            email=row["surel"],
            address=row["alamat"],
            region=region,
            simulated=simulated,
        )

    def _scheme(self, number: str) -> SchemeVersion:
        if number not in self.schemes:
            raise Invalid(_("skema “%s” tidak ada di antara yang terverifikasi.") % number)
        return self.schemes[number]


def _schemes(row: Row) -> list[str]:
    return [one.strip() for one in row["nomor_skema"].split(";") if one.strip()]


def _given[T](row: Row, column: str, read: Callable[[str], T]) -> T:
    try:
        return read(row[column].strip())
    except ValueError as error:
        told = {"column": column, "value": row[column]}
        raise Invalid(_("%(column)s “%(value)s” tidak dapat dibaca.") % told) from error


def _check(entry: EnteredLicence) -> None:
    licence = entry.licence()
    try:
        entry.body.full_clean()
        facts = {name: getattr(licence, name) for name in LicenceApplication.EDITABLE}
        others = {one.name for one in LicenceApplication._meta.fields} - facts.keys()
        LicenceApplication(**facts).clean_fields(exclude=others)
        entry.term(licence).clean_fields(exclude=["licence", "application"])
    except ValidationError as error:
        told = (f"{name}: {' '.join(found)}" for name, found in error.message_dict.items())
        raise Invalid("; ".join(told)) from error
    if entry.term(licence).valid_until < entry.valid_from:
        raise Invalid(_("hari terakhir mendahului hari pertama."))
    if not entry.source.strip():
        raise Invalid(_("sumber tidak disebut."), code="L-54")
