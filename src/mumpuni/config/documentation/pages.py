"""The generated pages, and which of those on the disk differ from them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.utils import translation

from mumpuni.config import translations
from mumpuni.config.documentation import openapi, permissions, policies, workflows

FOLDER = Path(settings.ROOT) / "docs" / "generated"


def write(folder: Path = FOLDER) -> list[Path]:
    """Write what differs, delete what is no longer made; return what changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = stale(folder)
    made = _made()
    for path in changed:
        if path.name in made:
            path.write_text(made[path.name], encoding="utf-8")
        else:
            path.unlink()
    return changed


def stale(folder: Path = FOLDER) -> list[Path]:
    """Return the files that are missing, differ, or should not be there."""
    made = _made()
    names = {*made, *(path.name for path in folder.glob("*"))}
    return [folder / name for name in sorted(names) if _read(folder / name) != made.get(name)]


def _made() -> dict[str, str]:
    import_module(settings.ROOT_URLCONF)  # with the views come all rules and policies
    translations.compile_all()
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "openapi.json": openapi.document(),
            "permissions.md": permissions.page(),
            "policies.md": policies.page(),
            "workflows.md": workflows.page(),
        }


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
