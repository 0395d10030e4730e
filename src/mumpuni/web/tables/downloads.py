"""A table as CSV or XLSX: the whole filtered set, row by row, whatever its size."""

from __future__ import annotations

import csv
import tempfile
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, gettext, override

from mumpuni.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from mumpuni.web.tables.columns import Column

CHUNK = 2000
MOST_ROWS_OF_A_SHEET = 1_048_575  # the file format's own limit, less the heading
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"


class _Line:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def as_csv(columns: Sequence[Column], rows: QuerySet[Any], title: str) -> StreamingHttpResponse:
    """Stream rows as CSV in UTF-8 with a byte order mark, so that Excel reads it."""
    language = get_language() or "id"
    lines = _csv_lines(columns, rows, language)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_filename(title)}.csv"'
    return response


def _csv_lines(columns: Sequence[Column], rows: QuerySet[Any], language: str) -> Iterator[str]:
    """Write in chunks, each in the reader's language: streaming outlives the request's."""
    writer = csv.writer(_Line())
    with override(language):
        yield BYTE_ORDER_MARK + writer.writerow([str(column.label) for column in columns])
    source = iter(rows.iterator(chunk_size=CHUNK))
    while chunk := list(islice(source, CHUNK)):
        with override(language):
            lines = [
                writer.writerow([plain_cell(column.read(row)) for column in columns])
                for row in chunk
            ]
        yield "".join(lines)


def as_xlsx(columns: Sequence[Column], rows: QuerySet[Any], title: str) -> FileResponse:
    """Write rows to a workbook in a temporary file, one row in memory at a time.

    Raises:
        Refused: W-01, more rows than a sheet holds.
    """
    if rows.count() > MOST_ROWS_OF_A_SHEET:
        raise Refused(
            gettext(
                "Satu lembar XLSX memuat paling banyak 1.048.575 baris."
                " Persempit dengan saringan atau unduh sebagai CSV."
            ),
            code="W-01",
        )
    file = tempfile.TemporaryFile()  # noqa: SIM115 (FileResponse closes it)
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "remove_timezone": True,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    _fill(book, columns, rows)
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{_filename(title)}.xlsx")


def _fill(book: xlsxwriter.Workbook, columns: Sequence[Column], rows: Iterable[Any]) -> None:
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bottom": 1})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, max(14, len(str(column.label)) + 4))
        sheet.write_string(0, place, str(column.label), bold)
    sheet.freeze_panes(1, 0)
    source = rows.iterator(chunk_size=CHUNK) if hasattr(rows, "iterator") else rows
    for line, row in enumerate(source, start=1):
        for place, column in enumerate(columns):
            sheet.write(line, place, _typed(column.read(row)))


def _typed(value: Any) -> Any:
    """Return what a workbook keeps as number or date; everything else as text."""
    if isinstance(value, datetime):
        return timezone.localtime(value)
    if value is None or isinstance(value, (bool, int, float, Decimal, date)):
        return value
    return str(value)


def plain_cell(value: Any) -> str:
    """Return a value for CSV; text that a spreadsheet would run as a formula is quoted."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    written = str(value)
    return f"'{written}" if written.startswith(BEGINS_A_FORMULA) else written


def _filename(title: str) -> str:
    return f"{slugify(title) or 'tabel'}-{timezone.localdate().isoformat()}"
