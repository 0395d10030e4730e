"""Static files: named by their content and compressed once collected, plain names before that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.core.files.storage import FileSystemStorage


class PackagedFiles(FileSystemFinder):
    """Finds, of the hundreds of files in the packages from npm, those that pages ask for."""

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield what `collectstatic` is to copy and compress."""
        for path, storage in super().list(ignore_patterns):
            if f"{storage.prefix}/{path}" in settings.PACKAGED_FILES:
                yield path, storage


class AssetStorage(CompressedManifestStaticFilesStorage):
    """Needs `collectstatic` for the long cache life only: a fresh checkout and tests run without."""

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002 (Django's)
        """Return the address of a file, by content where a manifest is there."""
        if not self.hashed_files:
            return StaticFilesStorage.url(self, name)
        return str(super().url(name, force))
