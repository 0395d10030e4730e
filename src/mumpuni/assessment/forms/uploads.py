"""The spreadsheet of candidates: its template, and from a file to entries or to errors by cell."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from mumpuni.access.models import Individual
from mumpuni.assessment.actions import Entry, Unfit
from mumpuni.assessment.forms.candidates import EnrolmentForm
from mumpuni.assessment.forms.spreadsheets import Cell, cells_of
from mumpuni.assessment.models import Candidate
from mumpuni.kernel.errors import Refused
from mumpuni.licensing.models import Affiliation

LARGEST_FILE = 5 * 1024 * 1024
MOST_ROWS = 5000
DIGITS_A_SHEET_KEEPS = 15
SEX = {"p": "female", "perempuan": "female", "l": "male", "laki-laki": "male"}


@dataclass(frozen=True)
class SheetColumn:
    """A column of the template: the form's field, its heading and an example."""

    field: str
    heading: str | Promise
    example: str


CHOICES: dict[str, type[TextChoices]] = {
    "document_kind": Individual.Document,
    "purpose": Candidate.Purpose,
    "affiliation": Affiliation,
}

CLAIMS_ALL = SheetColumn("claims_all", gettext_lazy("Asesmen mandiri (K semua)"), "K")
COLUMNS: Sequence[SheetColumn] = (
    SheetColumn("name", gettext_lazy("Nama"), "Contoh Nama"),
    SheetColumn("document_kind", gettext_lazy("Jenis identitas"), "NIK"),
    SheetColumn("document_number", gettext_lazy("Nomor identitas"), "3174054101900001"),
    SheetColumn("born_in", gettext_lazy("Tempat lahir"), "Bandung"),
    SheetColumn("born_on", gettext_lazy("Tanggal lahir"), "1990-01-01"),
    SheetColumn("sex", gettext_lazy("Jenis kelamin (P/L)"), "P"),
    SheetColumn("email", gettext_lazy("Surel"), "nama@contoh.test"),
    SheetColumn("phone", gettext_lazy("Telepon"), "0812000000"),
    SheetColumn("address", gettext_lazy("Alamat"), "Jalan Contoh 1"),
    SheetColumn("education", gettext_lazy("Pendidikan terakhir"), "SMK"),
    SheetColumn("occupation", gettext_lazy("Pekerjaan atau sekolah"), "Pemrogram"),
    SheetColumn("purpose", gettext_lazy("Tujuan asesmen"), "Sertifikasi"),
    SheetColumn("affiliation", gettext_lazy("Hubungan dengan LSP"), "Tidak terikat"),
    SheetColumn("evidence", gettext_lazy("Bukti persyaratan dasar"), "Ijazah SMK RPL"),
    CLAIMS_ALL,
)


class UploadForm(forms.Form):
    """A file of candidates and what to do where some rows are wrong."""

    file = forms.FileField(
        label=gettext_lazy("Berkas"),
        help_text=gettext_lazy("XLSX atau CSV (UTF-8), paling besar 5 MB."),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}),
    )
    all_or_none = forms.TypedChoiceField(
        label=gettext_lazy("Bila ada baris yang keliru"),
        choices=[
            ("ya", gettext_lazy("Jangan simpan apa pun")),
            ("tidak", gettext_lazy("Simpan baris yang benar, tunjukkan sisanya")),
        ],
        coerce=lambda value: value == "ya",
        widget=forms.RadioSelect,
        initial="ya",
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse what is too large to read at once."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("Berkas lebih besar dari 5 MB."))
        return file


def template() -> bytes:
    """Return the template as a workbook: headings, an example, identity numbers as text."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet(_("Asesi"))
    bold, plain = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, max(16, len(str(column.heading)) + 3), plain)
        sheet.write_string(0, place, str(column.heading), bold)
        sheet.write_string(1, place, column.example, plain)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def read_entries(file: UploadedFile[bytes]) -> tuple[list[Entry], list[Unfit]]:
    """Return the rows that read well and, by row and column, what is wrong with the others.

    Raises:
        Refused: A-29, the file as a whole cannot be read.
    """
    rows = cells_of(file.read())
    heading = next(rows, None)
    if heading is None:
        raise Refused(_("Berkas ini kosong."), code="A-29")
    places = _places(heading)
    entries: list[Entry] = []
    unfit: list[Unfit] = []
    for number, cells in enumerate(rows, start=2):
        if not any(str(cell).strip() for cell in cells):
            continue
        if number > MOST_ROWS + 1:
            raise Refused(_("Paling banyak %d baris sekali unggah.") % MOST_ROWS, code="A-29")
        found = _entry(
            number,
            {column.field: cells[place] if place < len(cells) else "" for column, place in places},
        )
        if isinstance(found, Entry):
            entries.append(found)
        else:
            unfit.extend(found)
    return entries, unfit


def _entry(number: int, cells: dict[str, Cell]) -> Entry | list[Unfit]:
    rounded = cells.get("document_number")
    if isinstance(rounded, float) and len(f"{rounded:.0f}") > DIGITS_A_SHEET_KEEPS:
        reason = _("Angka ini sudah dibulatkan lembar kerja; ubah kolomnya menjadi teks, isi lagi.")
        return [Unfit(number, _heading("document_number"), reason, "A-27")]
    data = {name: _written(name, cell) for name, cell in cells.items()}
    form = EnrolmentForm(data)
    if form.is_valid():
        claims_all = data.get("claims_all", "").casefold() in {"k", "ya"}
        return Entry(number, form.identity(), form.application(), claims_all)
    return [
        Unfit(number, _heading(name), str(message))
        for name, messages in form.errors.items()
        for message in messages
    ]


def _written(name: str, cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    if name == "sex":
        return SEX.get(text.casefold(), text)
    return _value(CHOICES[name], text) if name in CHOICES else text


def _value(choices: type[TextChoices], text: str) -> str:
    """Return the value of a choice that is written by its label or its value."""
    wanted = text.casefold()
    return next(
        (one.value for one in choices if wanted in {str(one.label).casefold(), one.value}), text
    )


def _heading(name: str) -> str:
    return next((str(column.heading) for column in COLUMNS if column.field == name), "")


def _places(heading: Sequence[Cell]) -> list[tuple[SheetColumn, int]]:
    """Find each column by its heading, in any order; the last may be left out."""
    written = [_plain(str(cell)) for cell in heading]
    missing = [
        str(column.heading)
        for column in COLUMNS
        if column is not CLAIMS_ALL and not _names(column) & set(written)
    ]
    if missing:
        raise Refused(
            _("Kolom tidak ditemukan: %s. Pakai judul kolom dari templat.") % ", ".join(missing),
            code="A-29",
        )
    return [
        (column, place)
        for column in COLUMNS
        for place, name in enumerate(written)
        if name in _names(column)
    ]


def _names(column: SheetColumn) -> frozenset[str]:
    """Return a column's heading in each language, as headings are compared."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(_plain(str(column.heading)))
    return frozenset(found)


def _plain(heading: str) -> str:
    return " ".join(heading.split()).casefold()
