"""What is kept of an uploaded file, once it was checked."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from mumpuni.kernel.errors import Invalid
from mumpuni.kernel.workflow import Attempt
from mumpuni.visits import rules
from mumpuni.visits.documents import Kept

type Upload = UploadedFile[bytes]

LONGEST_NAME = 200


def kept(field: str, upload: Upload, allowed: Collection[str], attempt: Attempt) -> dict[str, Any]:
    """Check an upload and return its columns; a refusal stands beside the field it came by."""
    name = (upload.name or "")[-LONGEST_NAME:]
    try:
        rules.check_size(name, upload.size or 0, attempt)
        content_type = rules.check_file(name, upload.open(), allowed)
    except Invalid as refused:
        refused.fields[field] = [refused.message]
        raise
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return {
        "file": upload,
        "file_name": name,
        "content_type": content_type,
        "size": upload.size or 0,
        "sha256": digest.hexdigest(),
    }


def told(file: Kept) -> str:
    """Return a file as the trail keeps it: its name, and the digest of what it held."""
    return f"{file.file_name} (SHA-256 {file.sha256})"
