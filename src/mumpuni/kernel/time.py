"""Days and instants: legal days are Jakarta's, instants are UTC."""

from __future__ import annotations

import calendar
from datetime import date, datetime
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")


def legal_day(at: datetime) -> date:
    """Return the day on which an instant falls for the law (UTC+7)."""
    return at.astimezone(JAKARTA).date()


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or that month's last day where it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_day_of_term(first: date, months: int) -> date:
    """Return the last day of a term of `months` that begins on `first` (both days included).

    A term of three years from 29 February 2024 ends on 28 February 2027.
    """
    end = add_months(first, months)
    return end if end.day < first.day else date.fromordinal(end.toordinal() - 1)
