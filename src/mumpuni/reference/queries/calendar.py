"""Working days: Monday to Friday without holidays; deadlines are counted in them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mumpuni.kernel.policy import Policy
from mumpuni.reference.models import Holiday

SATURDAY = 5
JOINT_LEAVE = Policy(
    name="reference.joint_leave_is_free",
    label=_("Cuti bersama bukan hari kerja"),
    unit=_("1 ya, 0 tidak"),
    default=1,
    source="SKB 3 Menteri: cuti bersama aparatur sipil negara",
)


class _Cache:
    """Holidays change once a year: each process reads them at most twice a minute."""

    LIFE_SECONDS: ClassVar = 30.0
    kinds: dict[date, set[str]] | None = None
    read_at = 0.0


def forget() -> None:
    """Read the holidays again at the next question (after loading, and between tests)."""
    _Cache.kinds = None


def holidays() -> QuerySet[Holiday]:
    """Return the holidays by day."""
    return Holiday.objects.filter(current=True)


def is_working_day(day: date) -> bool:
    """Tell whether offices work on a day; of a year without holidays only weekends are known."""
    kinds = _kinds().get(day, set())
    if JOINT_LEAVE.on(day) == 0:
        kinds = kinds - {Holiday.Kind.JOINT_LEAVE}
    return day.weekday() < SATURDAY and not kinds


def next_working_day(day: date) -> date:
    """Return the day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """Return the working day that is so many after a day."""
    day = next_working_day(day) if count == 0 else day
    for _each in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day


def within(limit: Policy) -> Callable[[Any, date], date]:
    """Return what tells the last day of a wait by a policy of working days."""
    return lambda _record, since: add_working_days(since, limit.on(since))


def within_days(limit: Policy) -> Callable[[Any, date], date]:
    """Return what tells the last day of a wait by a policy of days, which is a working day."""
    return lambda _record, since: next_working_day(since + timedelta(days=limit.on(since)))


def _kinds() -> dict[date, set[str]]:
    now = time.monotonic()
    if _Cache.kinds is None or now - _Cache.read_at > _Cache.LIFE_SECONDS:
        kinds: dict[date, set[str]] = {}
        for day, kind in holidays().values_list("day", "kind"):
            kinds.setdefault(day, set()).add(kind)
        _Cache.kinds, _Cache.read_at = kinds, now
    return _Cache.kinds
