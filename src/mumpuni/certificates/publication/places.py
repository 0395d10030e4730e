"""Where the static tree is written: a folder, or a store of objects, through Django's storages."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import batched, chain
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage

from mumpuni.certificates.publication import files

AT_ONCE = 16
TOGETHER = 32


class Folder(FileSystemStorage):
    """A folder in which a file is seen whole, as it was or as it is, at any moment."""

    def __init__(self, folder: Path) -> None:
        super().__init__(location=folder)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name itself: every file has one place, which is written anew."""
        return name

    def _save(self, name: str, content: File[bytes]) -> str:
        place = Path(self.path(name))
        beside = place.with_name(f".{place.name}.part")
        try:
            beside.write_bytes(content.read())
        except FileNotFoundError:
            place.parent.mkdir(parents=True, exist_ok=True)
            content.seek(0)
            beside.write_bytes(content.read())
        beside.replace(place)
        return name


def write(place: Storage, groups: Iterable[list[files.File]]) -> None:
    """Write files, several at a time: a store answers slowly, and a disk does not mind."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for some in batched(groups, AT_ONCE * TOGETHER):
            shares = batched(some, TOGETHER)
            for _done in threads.map(lambda share: _write_share(place, share), shares):
                pass


def _write_share(place: Storage, groups: Iterable[list[files.File]]) -> None:
    for file in chain.from_iterable(groups):
        content = ContentFile(file.data)
        content.content_type = file.kind  # type: ignore[attr-defined] # what stores of objects ask for
        place.save(file.path, content)
