"""How an issued document looks: its facts in the words of the form, with the code that opens it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from mumpuni.casework.models import IssuedDocument
from mumpuni.paper import TEMPLATES, qr_code, set_pdf
from mumpuni.paper.blocks import Block

AUTHORITY = "Badan Nasional Sertifikasi Profesi"
FORM = {
    "numbered": "Nomor",
    "page": "Halaman",
    "simulation": "SIMULASI: bukan dokumen yang sah",
    "proof": {
        "alt": "Kode QR yang membuka halaman pemeriksaan dokumen ini",
        "note": "Keaslian dokumen ini dan keadaannya hari ini diperiksa pada",
    },
}
SEALED = "Disegel secara elektronik"


def letter(
    heading: str, about: str, blocks: Sequence[Block], *, office: str = AUTHORITY, name: str = ""
) -> dict[str, Any]:
    """Return the facts of a document: what it is, what about, what it says, who answers for it.

    Documents speak Indonesian, whatever the reader's language.
    """
    return {
        "heading": heading,
        "about": about,
        "blocks": list(blocks),
        "signature": {"office": office, "name": name, "sealed": SEALED},
    }


def written(day: date) -> str:
    """Return a day as documents write it."""
    with translation.override("id"):
        return date_format(day, "j F Y")


def address_of(document: IssuedDocument) -> str:
    """Return the address in the code, which anybody can open."""
    return urljoin(settings.PUBLIC_URL, document.get_absolute_url())


def printed(document: IssuedDocument) -> bytes:
    """Return the document as PDF, not sealed yet.

    Raises:
        typst.TypstError: the template could not be set.
    """
    address, day = address_of(document), document.issued_on
    facts = {
        **FORM,
        **document.facts,
        "day": f"Ditetapkan pada {written(day)}",
        "title": f"{document.title} ({document.number})",
        "number": document.number,
        "issued": [day.year, day.month, day.day],
        "simulated": document.simulated,
        "address": address.partition("://")[2],
    }
    template = "licence" if document.kind == IssuedDocument.Kind.LICENCE else "letter"
    return set_pdf(TEMPLATES[template], facts, code=qr_code(address))
