"""From a pasted text or an uploaded sheet to the rows that are asked for (V-09)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from mumpuni.assessment.forms.spreadsheets import Cell, cells_of
from mumpuni.certificates.verification.batch import Asked

LONGEST = 200
SEPARATOR = re.compile(r"[\t;,]")
WHOLE_NUMBERS_END = 2**53
"""A sheet keeps numbers as floats; from here on it has rounded them."""

NUMBER_HEADINGS = frozenset(
    {
        "nomor",
        "nomor sertifikat",
        "nomor registrasi",
        "number",
        "certificate number",
        "registration number",
    }
)
NAME_HEADINGS = frozenset({"nama", "nama pemegang", "name", "holder"})


def rows_of_text(text: str) -> list[Asked]:
    """Read one row from each line: a number, or a number and a name with TAB, `;` or `,` between."""
    return [_asked(*_parts(line)) for line in text.splitlines() if line.strip()]


def rows_of_file(content: bytes) -> list[Asked]:
    """Read the columns that are headed as number and name, else the first and the second.

    Raises:
        Refused: A-29, it is neither a workbook nor a text with separated values.
    """
    rows = [row for row in cells_of(content) if any(str(cell).strip() for cell in row)]
    if not rows:
        return []
    number, name = _column(rows[0], NUMBER_HEADINGS), _column(rows[0], NAME_HEADINGS)
    if number is None:
        return list(_read(rows, 0, 1))
    return list(_read(rows[1:], number, name))


def _parts(line: str) -> tuple[str, str]:
    number, *name = SEPARATOR.split(line, maxsplit=1)
    return number.strip(' "'), "".join(name).strip(' "')


def _column(heading: Sequence[Cell], names: frozenset[str]) -> int | None:
    written = [" ".join(str(cell).split()).casefold() for cell in heading]
    return next((place for place, name in enumerate(written) if name in names), None)


def _read(rows: Sequence[Sequence[Cell]], number: int, name: int | None) -> Iterator[Asked]:
    for row in rows:
        typed = _cell(row, number)
        if isinstance(typed, float) and typed >= WHOLE_NUMBERS_END:
            yield Asked(f"{typed:.0f}", problem=_rounded())
        else:
            holder = "" if name is None else str(_cell(row, name))
            yield _asked(_written(typed), holder)


def _cell(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else ""


def _written(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _asked(typed: str, name: str) -> Asked:
    typed, name = typed.strip(), name.strip()
    if not typed:
        return Asked("", name[:LONGEST], problem=_("Baris ini tidak memuat nomor."))
    if len(typed) > LONGEST or len(name) > LONGEST:
        return Asked(typed[:LONGEST], name[:LONGEST], problem=_too_long())
    return Asked(typed, name)


def _too_long() -> str:
    return _("Baris ini lebih panjang dari nomor dan nama mana pun.")


def _rounded() -> str:
    return _("Angka ini sudah dibulatkan lembar kerja; ubah kolomnya menjadi teks, isi lagi.")
