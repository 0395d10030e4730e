"""Issued documents for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from mumpuni.access.models import Organisation
from mumpuni.access.tests import make as access
from mumpuni.casework import actions
from mumpuni.casework.documents import letter
from mumpuni.casework.models import IssuedDocument
from mumpuni.paper import blocks

DAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)

_ordinals = count(1)


def document(about: Organisation | None = None, **changed: Any) -> IssuedDocument:
    """Issue a decree about a body, which all may read unless told otherwise."""
    body = about or access.organisation("LSP Contoh")
    said = [
        blocks.facts([("LSP", body.name), ("Alamat", "Jalan Contoh 1")]),
        blocks.heading("Menetapkan"),
        blocks.numbered(["Memberikan lisensi.", "Keputusan ini berlaku hari itu."]),
        blocks.paragraph("Dikutip seperlunya."),
        blocks.table(["No.", "Skema"], [["1", "Pemrogram Junior"]]),
    ]
    values: dict[str, Any] = {
        "kind": IssuedDocument.Kind.DECREE,
        "number": f"KEP.{next(_ordinals):04d}/BNSP/I/2020",
        "title": f"Lisensi {body.name}",
        "facts": letter("SURAT KEPUTUSAN", "tentang lisensi", said),
        "organisation": body,
        "on": DAY,
        "public": True,
    }
    return actions.issue_document(body, **values | changed)
