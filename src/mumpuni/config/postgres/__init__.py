"""The embedded PostgreSQL: used when DATABASE_URL is unset, by demonstrations and tests alike."""

from mumpuni.config.postgres.place import CannotStart, default_var
from mumpuni.config.postgres.server import ensure_running, remove, stop

__all__ = ["CannotStart", "default_var", "ensure_running", "remove", "stop"]
