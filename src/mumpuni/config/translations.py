"""Compile the packages' translations with Babel, so that no gettext tools are needed."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGES = Path(__file__).resolve().parents[1]


def catalogues() -> Iterator[Path]:
    """Every package's translation files, in a stable order."""
    yield from sorted(PACKAGES.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_all() -> list[Path]:
    """Compile what is newer than its compiled form; return what was compiled."""
    stale = [path for path in catalogues() if _is_stale(path)]
    for path in stale:
        with path.open("rb") as source:
            catalogue = read_po(source, locale=path.parents[1].name)
        # written beside and renamed: several test processes may compile at once
        fresh = path.with_suffix(".mo.new")
        with fresh.open("wb") as target:
            write_mo(target, catalogue)
        fresh.replace(path.with_suffix(".mo"))
    return stale


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime
