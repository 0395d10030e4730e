"""The environment of a command: from `.env`, and made up on the spot where no database is named.

Without DATABASE_URL this is somebody's own machine: the embedded PostgreSQL is started, and missing
secrets are made once and kept in `VAR/secrets.env`. With DATABASE_URL nothing is made up, for what
is encrypted with a key known to one host alone cannot be read on another.
"""

import base64
import os
import secrets
import signal
import sys
from pathlib import Path

from mumpuni.config import postgres
from mumpuni.config.postgres import CannotStart

__all__ = [
    "CannotStart",
    "prepare_environment",
    "read_environment_file",
    "require_simulation",
]

ROOT = Path(__file__).resolve().parents[3]
NO_DATABASE = "postgresql://127.0.0.1/none"
SECRETS = ("MUMPUNI_SECRET_KEY", "MUMPUNI_FIELD_KEY")


def read_environment_file(path: Path = ROOT / ".env") -> None:
    """Take NAME=value lines into the environment; what is set already stays."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, separator, value = line.partition("=")
        if separator and not name.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("'\""))


def prepare_environment(*, database: bool = True) -> None:
    """Fill in what the settings need; a command without a database gets the name of none.

    Raises:
        CannotStart: a secret is missing, or the embedded server does not start.
    """
    if os.environ.get("DATABASE_URL"):
        if missing := [name for name in SECRETS if not os.environ.get(name)]:
            raise CannotStart(
                f"DATABASE_URL is set, so {' and '.join(missing)} must be set too; "
                ".env.example says how to make them."
            )
        return
    var = postgres.default_var()
    read_environment_file(_local_secrets(var))
    if database:
        os.environ["DATABASE_URL"] = postgres.ensure_running(var)
        signal.signal(signal.SIGTERM, _leave)  # so that the embedded server is stopped
    else:
        os.environ["DATABASE_URL"] = NO_DATABASE


def require_simulation() -> None:
    """Keep simulated records out of a database somebody named, unless they say so.

    Raises:
        CannotStart: DATABASE_URL is set and MUMPUNI_SIMULATED is not.
    """
    if os.environ.get("DATABASE_URL") and not os.environ.get("MUMPUNI_SIMULATED"):
        raise CannotStart(
            "demo fills its database with simulated records. DATABASE_URL names one; set "
            "MUMPUNI_SIMULATED=true as well if that one is meant."
        )
    os.environ.setdefault("MUMPUNI_SIMULATED", "true")


def _leave(number: int, frame: object) -> None:
    sys.exit(128 + number)


def _local_secrets(var: Path) -> Path:
    path = var / "secrets.env"
    if not path.exists():
        values = (
            secrets.token_urlsafe(48),
            base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        )
        text = "".join(f"{name}={value}\n" for name, value in zip(SECRETS, values, strict=True))
        var.mkdir(parents=True, exist_ok=True)
        fresh = var / f"secrets.env.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(text)
        try:
            os.link(fresh, path)  # the first of two processes wins, with a whole file
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path
