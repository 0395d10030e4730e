"""Uploaded spreadsheets as rows of cells, whichever of XLSX and CSV they are."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

import python_calamine
from django.utils.translation import gettext as _

from mumpuni.kernel.errors import Refused

type Cell = str | float | bool | date | datetime | time | timedelta

LARGEST_UNPACKED = 64 * 1024 * 1024
DELIMITERS = ";,\t"


def cells_of(content: bytes) -> Iterator[Sequence[Cell]]:
    """Return the rows of the first sheet of a workbook, or of a text with separated values.

    Raises:
        Refused: A-29, it is neither.
    """
    if zipfile.is_zipfile(io.BytesIO(content)):
        return _of_workbook(content)
    return _of_text(content)


def _of_workbook(content: bytes) -> Iterator[Sequence[Cell]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        # a small file may unpack to more than this machine has memory
        if sum(member.file_size for member in packed.infolist()) > LARGEST_UNPACKED:
            raise Refused(_("Isi berkas ini terlalu besar."), code="A-29")
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        return iter(book.get_sheet_by_index(0).to_python(skip_empty_area=False))
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Refused(_("Berkas ini bukan XLSX yang dapat dibaca."), code="A-29") from error


def _of_text(content: bytes) -> Iterator[Sequence[Cell]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            _("Berkas ini bukan XLSX dan bukan CSV UTF-8. Simpan sebagai “CSV UTF-8”."),
            code="A-29",
        ) from error
    if "\0" in text:
        raise Refused(_("Berkas ini bukan CSV."), code="A-29")
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        return iter(list(csv.reader(io.StringIO(text), delimiter=delimiter)))
    except csv.Error as error:
        raise Refused(_("Berkas CSV ini tidak dapat dibaca."), code="A-29") from error
