"""The certificate on paper: PDF/A and PDF/UA in one file, byte for byte the same each time.

The template is data to Typst and the facts are data to the template: nothing a person typed is
ever read as markup. The fonts are shipped and embedded; no other font is used. What proves the
certificate to a machine rides along: files that are attached, and a code for scanners offline.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from math import isqrt
from pathlib import Path
from types import MappingProxyType

import typst
import zxingcpp
from django.conf import settings
from fontTools.ttLib import TTFont

from mumpuni.certificates.documents.wording import words_of
from mumpuni.certificates.models import Certificate

HERE = Path(__file__).parent
TEMPLATE = HERE / "certificate.typ"
WORDING = HERE / "wording.py"
FONTS = HERE / "fonts"

CREDENTIAL = "credential.json"
LOG_PROOF = "log-proof.txt"
ATTACHABLE = {
    CREDENTIAL: {
        "mime": "application/vc",
        "relationship": "data",
        "description": "Kredensial terverifikasi sertifikat ini / Verifiable credential",
    },
    LOG_PROOF: {
        "mime": "text/plain",
        "relationship": "supplement",
        "description": "Bukti pencatatan dalam log publik / Proof of inclusion in the public log",
    },
}
DARK = re.compile(rb"\0+")
MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u200c-\u200f\ufe0e\ufe0f"
LONG_WORD = re.compile(rf"\S{{36}}(?<!\u200d)(?![\s{MARKS}])")
# joiners, marks of direction, variants of a picture: they shape what is drawn and are not drawn
UNSEEN = frozenset(map(ord, "\u200c\u200d\u200e\u200f\ufe0e\ufe0f"))
CONTROLS = frozenset({"Cc", "Cf"})
NO_ATTACHMENTS: Mapping[str, bytes] = MappingProxyType({})


def certificate_pdf(
    certificate: Certificate,
    *,
    attachments: Mapping[str, bytes] = NO_ATTACHMENTS,
    offline_code: str = "",
) -> bytes:
    """Return the document of a certificate.

    `attachments` go in unchanged under the names of `ATTACHABLE`, as UTF-8; `offline_code` is
    printed on page two, densest where it keeps to the letters of QR's alphanumeric mode.

    Raises:
        typst.TypstError: the template could not be set.
    """
    address = verification_address(certificate)
    facts = words_of(certificate) | {"address": address.partition("://")[2]}
    codes = {"front": qr_code(address), "offline": qr_code(offline_code) if offline_code else ""}
    attached = [
        {"name": name, "content": content.decode()} | ATTACHABLE[name]
        for name, content in attachments.items()
    ]
    content = _compiler().compile(
        format="pdf",
        sys_inputs={
            "facts": json.dumps(_printable_parts(facts)),
            "template": template_digest(),
            "codes": json.dumps(codes),
            "attached": json.dumps(attached),
        },
        pdf_standards=["a-3a", "ua-1"],
    )
    assert isinstance(content, bytes)  # a list only where pages become pictures
    return content


@cache
def template_digest() -> str:
    """Return the SHA-256 of all that decides how facts look: form, words, fonts, typesetter."""
    whole = hashlib.sha256(version("typst").encode())
    for path in (TEMPLATE, WORDING, *sorted(FONTS.glob("*.ttf"))):
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def verification_address(certificate: Certificate) -> str:
    """Return the address in the QR code, which anybody can open."""
    return f"{settings.PUBLIC_URL}/v/{certificate.public_id}"


def printable(text: str) -> bool:
    """Tell whether the shipped fonts have every letter of a text (C-09).

    Controls are no letters, whatever a font says: some make a name read as another.
    """
    return not unprintable(text)


def unprintable(text: str) -> list[str]:
    """Return each letter of a text that the shipped fonts lack."""
    letters = _letters()
    composed = unicodedata.normalize("NFC", text)
    return [mark for mark in dict.fromkeys(composed) if ord(mark) not in letters]


def _printable_parts[T](part: T) -> T:
    """Put a question mark where the fonts have no letter: PDF/A knows no missing glyph.

    A word too long for the narrowest column may go on in the next line, but not before a mark.
    """
    match part:
        case str():
            composed = unicodedata.normalize("NFC", part)
            letters = _letters()
            shown = "".join(mark if ord(mark) in letters else _stand_in(mark) for mark in composed)
            return LONG_WORD.sub("\\g<0>\u200b", shown)  # type: ignore[return-value]
        case dict():
            return {name: _printable_parts(value) for name, value in part.items()}  # type: ignore[return-value]
        case list() | tuple():
            return [_printable_parts(value) for value in part]  # type: ignore[return-value]
    return part


def _stand_in(mark: str) -> str:
    return "" if unicodedata.category(mark) == "Cf" else "?"


@cache
def _letters() -> frozenset[int]:
    """Return what some family has in every weight."""
    families = {face.name.partition("-")[0] for face in FONTS.glob("*.ttf")}
    drawn = frozenset().union(*(_common(FONTS.glob(f"{family}-*.ttf")) for family in families))
    return UNSEEN.union(mark for mark in drawn if unicodedata.category(chr(mark)) not in CONTROLS)


def _common(faces: Iterable[Path]) -> frozenset[int]:
    return frozenset.intersection(*map(_drawn, faces))


def _drawn(face: Path) -> frozenset[int]:
    """Return what a face has a glyph for; to find the glyphs' names would take five times as long."""
    font = TTFont(face)
    font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
    return frozenset(font.getBestCmap())


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(TEMPLATE, root=HERE, font_paths=[FONTS], ignore_system_fonts=True)


def qr_code(content: str) -> str:
    """Draw a code with its white margin; lines print sharper than dots."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules = bytes(memoryview(code.to_image(scale=1, add_quiet_zones=True)))
    side = isqrt(len(modules))
    bars = "".join(
        f"M{bar.start()} {row}h{len(bar[0])}v1h-{len(bar[0])}z"
        for row in range(side)
        for bar in DARK.finditer(modules[row * side : (row + 1) * side])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{bars}"/></svg>'
    )
