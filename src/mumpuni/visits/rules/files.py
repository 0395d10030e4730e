"""What is required of photos and evidence."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from mumpuni.kernel.errors import Invalid
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.workflow import Attempt

FILE_MEGABYTES = Policy(
    name="visits.file_megabytes",
    label=gettext_lazy("Ukuran terbesar satu foto atau bukti perbaikan"),
    unit=gettext_lazy("MB"),
    default=5,
    source="rancangan (N-13)",
)
IMAGES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
PDF: Final = "application/pdf"
KINDS: Final = frozenset({*IMAGES.values(), PDF})
MAGIC: Final = b"%PDF-"
# what the libraries throw at bytes that only pretend
NO_IMAGE = (Image.DecompressionBombError, OSError, SyntaxError, ValueError)
NO_PDF = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def check_size(name: str, size: int, attempt: Attempt) -> None:
    """N-13: a file is no larger than the policy allows, and not empty."""
    largest = FILE_MEGABYTES.on(attempt.on) * 1_000_000
    if not 0 < size <= largest:
        raise Invalid(
            _("“%(name)s” berukuran %(size)s; paling besar %(largest)s, dan tidak kosong.")
            % {"name": name, "size": filesizeformat(size), "largest": filesizeformat(largest)},
            code="N-13",
        )


def check_file(name: str, file: File[bytes], allowed: Collection[str]) -> str:
    """N-12: a file is by its content what it must be; return its content type."""
    found = _type_of(file)
    if found not in allowed:
        asked = (
            _("“%s” bukan foto (JPEG, PNG, WebP) atau PDF yang dapat dibuka.")
            if PDF in allowed
            else _("“%s” bukan foto (JPEG, PNG, WebP) yang dapat dibuka.")
        )
        raise Invalid(asked % name, code="N-12")
    return found


def _type_of(file: File[bytes]) -> str:
    file.seek(0)
    begins = file.read(len(MAGIC))
    file.seek(0)
    try:
        return _pdf(file) if begins == MAGIC else _image(file)
    finally:
        file.seek(0)


def _pdf(file: File[bytes]) -> str:
    try:
        reader = PdfReader(file)
        return PDF if not reader.is_encrypted and len(reader.pages) > 0 else ""
    except NO_PDF:
        return ""


def _image(file: File[bytes]) -> str:
    try:
        with Image.open(file, formats=list(IMAGES)) as image:
            found = IMAGES[image.format or ""]
            image.load()
    except NO_IMAGE:
        return ""
    return found
