"""The files of the project, for tests that look at all of them."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "src" / "mumpuni"


def shown(path: Path) -> str:
    """Return a path as a message shows it."""
    return str(path.relative_to(ROOT))


def text(path: Path) -> str:
    """Return what a file holds."""
    return path.read_text(encoding="utf-8")


def source_files(*endings: str) -> list[Path]:
    """Return the product's files with these endings, without those of its tests."""
    files = (path for ending in endings for path in PACKAGES.rglob(f"*.{ending}"))
    return sorted(path for path in files if "tests" not in path.relative_to(PACKAGES).parts)


def files_of_tests() -> list[Path]:
    """Return the files of all tests."""
    return sorted([*PACKAGES.glob("*/tests/**/*.py"), *ROOT.glob("tests/**/*.py")])


def tracked_files() -> list[Path]:
    """Return what git keeps, the reference data left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", ".", ":!data"],  # noqa: S607 - the git of the machine
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
