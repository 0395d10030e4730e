"""Files that are written whole or not at all, and survive a power cut."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_once(path: Path, data: bytes) -> None:
    """Write a file that is not there yet; of several writers the first wins, with a whole file."""
    fresh = _written_beside(path, data)
    try:
        with suppress(FileExistsError):
            path.hardlink_to(fresh)
    finally:
        fresh.unlink()
    _sync(path.parent)


def replace(path: Path, data: bytes) -> None:
    """Write a file in the place of what was there."""
    _written_beside(path, data).replace(path)
    _sync(path.parent)


def _written_beside(path: Path, data: bytes) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return Path(file.name)


def _sync(folder: Path) -> None:
    """Make the folder remember the name, too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
