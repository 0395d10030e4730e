"""The file of rows: CSV whose last line signs all before it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from mumpuni.portal.batch.answered import Answered, Line
from mumpuni.web.tables.downloads import BYTE_ORDER_MARK, plain_cell

SIGNATURE = b"JWS,"


def rows_file(batch: Answered) -> bytes:
    """Return the rows, and below them which receipt they belong to; the same bytes each time."""
    target = io.StringIO()
    target.write(BYTE_ORDER_MARK)
    writer = csv.writer(target, lineterminator="\r\n")
    with override(batch.language):
        writer.writerow(_headings())
        writer.writerows([plain_cell(cell) for cell in _cells(line)] for line in batch.lines)
        writer.writerow([_("Tanda terima"), receipt_address(batch), batch.at, batch.random])
    return target.getvalue().encode()


def digest_of(rows: bytes) -> str:
    """Return the digest by which a file of rows is known, with its signature or without."""
    return hashlib.sha256(unsigned(rows)).hexdigest()


def signed(rows: bytes, signature: str) -> bytes:
    """Return the file with its signature as the last line."""
    return rows + SIGNATURE + signature.encode() + b"\r\n"


def unsigned(rows: bytes) -> bytes:
    """Return a file of rows without the line of its signature."""
    before, _line_end, last = rows.rstrip(b"\r\n").rpartition(b"\r\n")
    return before + b"\r\n" if last.startswith(SIGNATURE) else rows


def receipt_address(batch: Answered) -> str:
    """Return where anybody can have the files checked."""
    return settings.PUBLIC_URL + reverse("portal:receipt", args=[batch.code])


def _headings() -> Sequence[str]:
    return [
        _("Baris ke"),
        _("Nomor"),
        _("Nama"),
        _("Putusan"),
        _("Alasan"),
        _("Pemegang"),
        _("Skema"),
        _("LSP"),
        _("Diterbitkan pada"),
        _("Berlaku sampai"),
        _("Sama dengan baris"),
    ]


def _cells(line: Line) -> Sequence[str]:
    return [
        str(line.number),
        line.typed,
        line.name,
        line.word,
        line.reason,
        line.holder,
        line.scheme,
        line.body,
        line.issued_on,
        line.valid_until,
        str(line.repeats or ""),
    ]
