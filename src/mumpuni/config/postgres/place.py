"""Where the programs, the data and the password of the embedded server lie, and who runs it.

An ordinary user has all of it in `VAR/postgres`. PostgreSQL refuses to run as root, so for root the
server runs as the system's user `postgres`, or `nobody` where there is none. Neither can enter a
clone under /root, so programs and data then lie in `/var/tmp/mumpuni-<hash of VAR>`. That folder
belongs to root, so that nobody else can swap the programs; only `cluster` in it is the server's own.
"""

import hashlib
import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OUTSIDE = Path("/var/tmp")  # noqa: S108 root's folder in it is checked to be root's


class CannotStart(Exception):
    """The embedded server cannot start; the text says what to do."""


@dataclass(frozen=True)
class Account:
    """The system user that runs the server."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """The folders of one embedded server; `account` None means the present user runs it."""

    private: Path
    base: Path
    account: Account | None

    @property
    def cluster(self) -> Path:
        return self.base / "cluster"

    @property
    def data(self) -> Path:
        return self.cluster / "data"

    @property
    def log(self) -> Path:
        return self.cluster / "server.log"

    @property
    def password(self) -> Path:
        return self.private / "password"

    def make_folders(self) -> None:
        """Create what is missing, with owners and modes that keep others out."""
        self.private.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.base.mkdir(exist_ok=True, mode=0o755)
        found = self.base.lstat()
        if self.base.is_symlink() or found.st_uid != os.geteuid():
            raise CannotStart(f"{self.base} belongs to somebody else; remove it and start again.")
        self.cluster.mkdir(exist_ok=True, mode=0o700)
        if self.account:
            self.base.chmod(0o755)  # the umask may have been stricter
            os.chown(self.cluster, self.account.uid, self.account.gid)

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run a program as the server's user, in a folder that user can enter."""
        return subprocess.run(  # noqa: S603 programs of the package, found by us
            command,
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            cwd=self.cluster,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": str(self.cluster)},
            stdin=subprocess.DEVNULL,
            user=self.account.uid if self.account else None,
            group=self.account.gid if self.account else None,
            extra_groups=[] if self.account else None,
        )


def default_var() -> Path:
    """Return the folder for everything made at run time, as the settings define it."""
    root = Path(__file__).resolve().parents[4]
    return Path(os.environ.get("MUMPUNI_VAR") or root / "var").resolve()


def place_for(var: Path) -> Place:
    """Decide where the server of this folder lies; the module's text says why."""
    private = var / "postgres"
    if os.geteuid() != 0:
        return Place(private, private, None)
    digest = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    return Place(private, OUTSIDE / f"mumpuni-{digest}", _unprivileged_account())


def _unprivileged_account() -> Account:
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise CannotStart(
        "PostgreSQL refuses to run as root, and this system has neither a user postgres nor "
        "nobody. Run as an ordinary user, or set DATABASE_URL."
    )
