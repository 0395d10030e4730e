"""Handing out photos, evidence, and what packages above keep likewise."""

from __future__ import annotations

from typing import Protocol

from django.db.models.fields.files import FieldFile
from django.http import FileResponse


class Kept(Protocol):
    """A file that was checked before it was kept, whatever it belongs to."""

    @property
    def file(self) -> FieldFile: ...
    @property
    def file_name(self) -> str: ...
    @property
    def content_type(self) -> str: ...
    @property
    def sha256(self) -> str: ...


def hand_out(kept: Kept) -> FileResponse:
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
