"""The certificate on paper: PDF/A and PDF/UA in one file, byte for byte the same each time.

The template is data to Typst and the facts are data to the template: nothing a person typed is
ever read as markup. The fonts are shipped and embedded; no other font is used.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path

import segno
import typst
from django.conf import settings
from fontTools.ttLib import TTFont

from mumpuni.certificates.documents.wording import words_of
from mumpuni.certificates.models import Certificate

HERE = Path(__file__).parent
TEMPLATE = HERE / "certificate.typ"
FONTS = HERE / "fonts"


def certificate_pdf(certificate: Certificate) -> bytes:
    """Return the document of a certificate.

    Raises:
        typst.TypstError: the template could not be set.
    """
    facts = words_of(certificate) | {
        "address": verification_address(certificate).partition("://")[2],
        "qr": _qr(verification_address(certificate)),
    }
    content = _compiler().compile(
        format="pdf",
        sys_inputs={"facts": json.dumps(_printable_parts(facts))},
        pdf_standards=["a-3a", "ua-1"],
    )
    assert isinstance(content, bytes)  # a list only where pages become pictures
    return content


def verification_address(certificate: Certificate) -> str:
    """Return the address in the QR code, which anybody can open."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/v/{certificate.public_id}"


def printable(text: str) -> bool:
    """Tell whether the shipped fonts have every letter of a text (C-09)."""
    return all(ord(mark) in _letters() for mark in unicodedata.normalize("NFC", text))


def _printable_parts[T](part: T) -> T:
    """Put a question mark where the fonts have no letter: PDF/A knows no missing glyph."""
    match part:
        case str():
            composed = unicodedata.normalize("NFC", part)
            return "".join(mark if ord(mark) in _letters() else "?" for mark in composed)  # type: ignore[return-value]
        case dict():
            return {  # type: ignore[return-value]
                name: value if name == "qr" else _printable_parts(value)
                for name, value in part.items()
            }
        case list() | tuple():
            return [_printable_parts(value) for value in part]  # type: ignore[return-value]
    return part


@cache
def _letters() -> frozenset[int]:
    faces = [set(TTFont(path).getBestCmap()) for path in FONTS.glob("*.ttf")]
    return frozenset(set.intersection(*faces))


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(TEMPLATE, root=HERE, font_paths=[FONTS], ignore_system_fonts=True)


def _qr(address: str) -> str:
    return segno.make_qr(address, error="m").svg_inline(border=2, dark="#0b4a52", light="#ffffff")
