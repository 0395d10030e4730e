"""Typed readers of the process environment; a wrong value stops the start and says why."""

import os

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


def env_str(name: str, default: str | None = None) -> str:
    """Return the variable, or the default where one is given.

    Raises:
        ImproperlyConfigured: the variable is missing and has no default.
    """
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set; .env.example explains it.")
    return value


def env_bool(name: str, *, default: bool) -> bool:
    """Return a switch written as 1/0, true/false, yes/no or on/off."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither true nor false.")


def env_int(name: str, default: int) -> int:
    """Return a whole number."""
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from error


def env_list(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list, empty parts left out."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]
