"""Policies: named values of the law with a unit, a first day and a source.

Code declares a policy with its default; rows of `PolicyValue` replace the value from a day on.
Rules ask for the value on the day that counts, never for a constant.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Policy:
    """A limit, duration, ratio or validity, as a whole number of `unit`."""

    name: str
    label: str | Promise
    unit: str | Promise
    default: int
    source: str
    verified: bool = False

    registered: ClassVar[dict[str, Policy]] = {}

    def __post_init__(self) -> None:
        if self.name in self.registered:
            raise ValueError(f"policy {self.name} is declared twice")
        self.registered[self.name] = self

    def on(self, day: date) -> int:
        """Return the value in force on `day`."""
        return next(
            (value for since, value in _rows().get(self.name, ()) if since <= day), self.default
        )


Rows = dict[str, list[tuple[date, int]]]


class _Cache:
    """Rows change a few times a year: each process reads them at most twice a minute."""

    LIFE_SECONDS: ClassVar = 30.0
    rows: Rows | None = None
    read_at = 0.0


def _rows() -> Rows:
    now = time.monotonic()
    if _Cache.rows is None or now - _Cache.read_at > _Cache.LIFE_SECONDS:
        _Cache.rows, _Cache.read_at = _read(), now
    return _Cache.rows


def _read() -> Rows:
    from mumpuni.kernel.models import PolicyValue  # noqa: PLC0415 - models need the app registry

    rows: Rows = {}
    held = PolicyValue.objects.filter(state=PolicyValue.State.SET).order_by("-valid_from")
    for name, since, value in held.values_list("name", "valid_from", "value"):
        rows.setdefault(name, []).append((since, value))
    return rows


def forget() -> None:
    """Read the rows again at the next question (after a change, and between tests)."""
    _Cache.rows = None
