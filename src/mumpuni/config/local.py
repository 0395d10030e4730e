"""The environment of a command: from `.env`, and made up on the spot where no database is named.

Without DATABASE_URL this is somebody's own machine: the embedded PostgreSQL is started, and missing
secrets are made once and kept in `VAR/secrets.env`. With DATABASE_URL nothing is made up, for data
encrypted with a key that is lost with one host cannot be read again.
"""

import base64
import os
import secrets
from pathlib import Path

from mumpuni.config import postgres
from mumpuni.config.postgres import CannotStart

__all__ = ["CannotStart", "prepare_environment"]

ROOT = Path(__file__).resolve().parents[3]
SECRETS = ("MUMPUNI_SECRET_KEY", "MUMPUNI_FIELD_KEY")


def prepare_environment() -> None:
    """Fill in what the settings need.

    Raises:
        CannotStart: a secret is missing, or the embedded server does not start.
    """
    _read(ROOT / ".env")
    if os.environ.get("DATABASE_URL"):
        if missing := [name for name in SECRETS if not os.environ.get(name)]:
            raise CannotStart(f"{' and '.join(missing)} must be set when DATABASE_URL is.")
        return
    var = postgres.default_var()
    os.environ["DATABASE_URL"] = postgres.ensure_running(var)
    _read(_local_secrets(var))


def _read(path: Path) -> None:
    """Take NAME=value lines into the environment; what is set already stays."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, separator, value = line.partition("=")
        if separator and not name.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("'\""))


def _local_secrets(var: Path) -> Path:
    path = var / "secrets.env"
    if not path.exists():
        made = (secrets.token_urlsafe(48), base64.urlsafe_b64encode(secrets.token_bytes(32)))
        values = (made[0], made[1].decode())
        text = "".join(f"{name}={value}\n" for name, value in zip(SECRETS, values, strict=True))
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was quicker
            return path
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
    return path
