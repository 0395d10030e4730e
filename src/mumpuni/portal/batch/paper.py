"""The batch on paper: a table over as many pages as it takes, with the file of rows inside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from mumpuni.paper import set_pdf
from mumpuni.portal.batch.answered import WORDS, Answered, Line
from mumpuni.portal.batch.sheet import digest_of, receipt_address

ROWS_INSIDE = "baris.csv"
TEMPLATE = Path(__file__).with_name("paper.typ")


def paper(batch: Answered, rows: bytes) -> bytes:
    """Return the receipt as PDF/A and PDF/UA, to be sealed; `rows` goes along inside it.

    Raises:
        typst.TypstError: the template could not be set.
    """
    with override(batch.language):
        facts = _facts(batch, digest_of(rows))
    return set_pdf(TEMPLATE, facts, rows=rows.decode())


def _facts(batch: Answered, digest: str) -> dict[str, Any]:
    given_at = timezone.localtime(batch.given_at)
    return {
        "language": batch.language,
        "title": _("Tanda terima pemeriksaan sertifikat"),
        "about": _(
            "Register sertifikat menjawab %(rows)d baris pada %(at)s WIB seperti tertulis di bawah."
            " Putusan berlaku untuk saat itu; status dapat berubah sesudahnya."
        )
        % {"rows": len(batch.lines), "at": date_format(given_at, "DATETIME_FORMAT")},
        "given": [getattr(given_at, part) for part in ("year", "month", "day")],
        "simulated": _("Data simulasi: bukan data yang sebenarnya.") if batch.simulated else "",
        "summary": [[str(WORDS[one]), str(many)] for one, many in batch.by_verdict.items()],
        "particulars": [
            [_("Kode tanda terima"), batch.code],
            [_("Periksa tanda terima di"), receipt_address(batch)],
            [_("SHA-256 berkas baris (terlampir)"), digest],
        ],
        "headings": [
            _("Baris ke"),
            _("Nomor dan nama yang ditanyakan"),
            _("Putusan"),
            _("Pemegang dan skema"),
            _("LSP"),
        ],
        "lines": [_cells(line) for line in batch.lines],
        "rows_inside": ROWS_INSIDE,
        "attached": _("Baris-baris tanda terima ini sebagai CSV"),
        "page": _("Halaman"),
    }


def _cells(line: Line) -> dict[str, Any]:
    return {
        "tone": line.tone,
        "number": str(line.number),
        "asked": _told(line.typed, line.name),
        "verdict": line.word,
        "reason": _told(line.reason, line.again),
        "holder": _told(line.holder, line.scheme),
        "body": line.body,
    }


def _told(*parts: str) -> list[str]:
    return [part for part in parts if part]
