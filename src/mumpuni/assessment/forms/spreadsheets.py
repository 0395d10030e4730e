"""Uploaded spreadsheets as rows of cells, whichever of XLSX and CSV they are."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from mumpuni.kernel.errors import Refused

type Cell = str | float | bool

READER = Path(__file__).with_name("workbook.py")
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
    read = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-I", READER], input=content, capture_output=True, check=False
    )
    if read.returncode:
        raise Refused(
            _("Berkas ini bukan XLSX yang dapat dibaca, atau lembarnya terlalu besar."),
            code="A-29",
        )
    return iter(json.loads(read.stdout))


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
