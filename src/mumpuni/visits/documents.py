"""Handing out photos and evidence."""

from __future__ import annotations

from django.http import FileResponse

from mumpuni.visits.models import FindingEvidence, Photo


def hand_out(kept: Photo | FindingEvidence) -> FileResponse:
    """Return a file as what it was found to be, which no browser runs in our name or keeps.

    Pictures are shown, anything else is saved.
    """
    response = FileResponse(
        kept.file.open(),
        as_attachment=not kept.content_type.startswith("image/"),
        filename=kept.file_name,
        content_type=kept.content_type,
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
