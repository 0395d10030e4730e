"""The certificate on paper.

What proves it to a machine rides along: files that are attached, and a code for scanners offline.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from django.conf import settings

from mumpuni.certificates.documents.wording import words_of
from mumpuni.certificates.models import Certificate
from mumpuni.paper import FONTS, qr_code, set_pdf

HERE = Path(__file__).parent
TEMPLATE = HERE / "certificate.typ"
WORDING = HERE / "wording.py"

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
    return set_pdf(
        TEMPLATE,
        facts,
        template=template_digest(),
        codes=json.dumps(codes),
        attached=json.dumps(attached),
    )


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
