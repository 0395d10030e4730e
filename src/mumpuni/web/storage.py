"""Static files: named by their content and compressed once collected, plain names before that."""

from __future__ import annotations

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class AssetStorage(CompressedManifestStaticFilesStorage):
    """Needs `collectstatic` for the long cache life only: a fresh checkout and tests run without."""

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002 (Django's)
        """Return the address of a file, by content where a manifest is there."""
        if not self.hashed_files:
            return StaticFilesStorage.url(self, name)
        return str(super().url(name, force))
