"""What is filled in to have many certificates verified, or a receipt compared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mumpuni.certificates.verification.batch import BATCH_LIMIT, Asked
from mumpuni.kernel.errors import Refused
from mumpuni.portal.batch.rows import rows_of_file, rows_of_text

LONGEST_TEXT = 500_000
LARGEST_FILE = 2 * 1024 * 1024


class BatchForm(forms.Form):
    """Rows to verify, as a text or as a file; once valid, `rows` holds them."""

    text = forms.CharField(
        label=gettext_lazy("Tempelkan nomor, satu per baris"),
        help_text=gettext_lazy(
            "Nomor sertifikat, nomor registrasi, nomor blangko, atau alamat kode QR. Boleh diikuti"
            " nama: pisahkan dengan tab, titik koma, atau koma."
        ),
        max_length=LONGEST_TEXT,
        error_messages={"required": gettext_lazy("Tidak ada nomor yang ditulis.")},
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Atau unggah berkas"),
        help_text=gettext_lazy(
            "XLSX atau CSV (UTF-8), paling besar 2 MB: kolom pertama nomor, kolom kedua nama."
        ),
        required=False,
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )
    rows: list[Asked]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = not self.files.get("file")

    def clean_file(self) -> UploadedFile[bytes] | None:
        """Refuse what is too large to read at once."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("Berkas lebih besar dari 2 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        """Read the rows; what is wrong with a single one is its answer, not the form's."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self._read(given["text"], given["file"])
        return given

    def _read(self, text: str, file: UploadedFile[bytes] | None) -> None:
        if text and file:
            self.add_error("file", _("Isi salah satu: teks di atas atau berkas."))
            return
        field = "file" if file else "text"
        try:
            self.rows = rows_of_file(file.read()) if file else rows_of_text(text)
        except Refused as refused:
            self.add_error(field, refused.message)
            return
        if problem := wrong_size(len(self.rows)):
            self.add_error(field, problem)


class ReceiptForm(forms.Form):
    """A file that somebody was shown."""

    file = forms.FileField(
        label=gettext_lazy("Berkas tanda terima (PDF atau CSV)"),
        widget=forms.FileInput({"accept": ".pdf,.csv"}),
    )


def wrong_size(rows: int) -> str:
    """Return why so many rows are not verified at once; empty where they are (V-09)."""
    limit = BATCH_LIMIT.on(timezone.localdate())
    if not rows:
        return _("Tidak ada nomor yang ditulis.")
    if rows <= limit:
        return ""
    return ngettext(
        "Ada %(rows)s baris; sekali periksa paling banyak %(limit)s. Bagilah menjadi %(parts)d.",
        "Ada %(rows)s baris; sekali periksa paling banyak %(limit)s. Bagilah menjadi %(parts)d.",
        rows,
    ) % {"rows": localize(rows), "limit": localize(limit), "parts": -(-rows // limit)}
