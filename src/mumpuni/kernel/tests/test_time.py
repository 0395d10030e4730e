"""Legal days and terms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mumpuni.kernel.time import add_months, last_day_of_term

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2024, 11, 21), 12, date(2025, 11, 20)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2025, 1, 1), 60, date(2029, 12, 31)),
    ],
)
def test_a_term_ends_the_day_before_its_anniversary(first: date, months: int, last: date) -> None:
    assert last_day_of_term(first, months) == last


@given(days, st.integers(0, 600))
def test_months_later_is_the_same_day_or_the_months_last(day: date, months: int) -> None:
    later = add_months(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(days, st.integers(1, 300), st.integers(1, 300))
def test_a_longer_term_never_ends_earlier(day: date, months: int, more: int) -> None:
    assert last_day_of_term(day, months) < last_day_of_term(day, months + more)
