"""Handing out uploaded documents."""

from __future__ import annotations

from django.http import FileResponse

from mumpuni.licensing.models import ApplicationDocument


def download(document: ApplicationDocument) -> FileResponse:
    """Return a document as a file to save, which no browser opens in our name or keeps."""
    response = FileResponse(
        document.file.open(),
        as_attachment=True,
        filename=document.file_name,
        content_type="application/pdf",
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
