"""What an uploaded file is by its content, whatever its name says."""

from __future__ import annotations

from typing import Final

from django.core.files import File
from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

IMAGES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
PDF: Final = "application/pdf"
MAGIC: Final = b"%PDF-"
# what the libraries throw at bytes that only pretend
NO_IMAGE = (Image.DecompressionBombError, OSError, SyntaxError, ValueError)
NO_PDF = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def content_type(file: File[bytes]) -> str:
    """Return the type of a picture or an unlocked PDF that opens; empty for anything else."""
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
