"""Working days: weekends, holidays and, by policy, joint leave are none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mumpuni.kernel import policy
from mumpuni.kernel.models import PolicyValue
from mumpuni.kernel.policy import Policy
from mumpuni.reference.models import Holiday
from mumpuni.reference.queries import calendar
from mumpuni.reference.queries.calendar import (
    add_working_days,
    is_working_day,
)

pytestmark = pytest.mark.django_db

HOLIDAYS = {  # around Idul Fitri of 2024
    "2024-04-08": "cuti_bersama",
    "2024-04-09": "cuti_bersama",
    "2024-04-10": "libur_nasional",
    "2024-04-11": "libur_nasional",
    "2024-04-12": "cuti_bersama",
    "2024-04-15": "cuti_bersama",
}
FRIDAY_BEFORE, TUESDAY_AFTER = date(2024, 4, 5), date(2024, 4, 16)
DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture(autouse=True)
def _idul_fitri() -> None:
    Holiday.objects.bulk_create(
        Holiday(day=date.fromisoformat(day), kind=kind, name="Idul Fitri", certainty="uji")
        for day, kind in HOLIDAYS.items()
    )
    calendar.forget()


@pytest.fixture
def three_days() -> Iterator[Policy]:
    yield Policy(name="test.limit", label="Batas", unit="hari", default=3, source="uji")
    del Policy.registered["test.limit"]


def test_the_day_after_friday_is_past_weekend_holidays_and_joint_leave() -> None:
    assert add_working_days(FRIDAY_BEFORE, 1) == TUESDAY_AFTER


def test_joint_leave_can_be_worked_by_policy() -> None:
    PolicyValue.objects.create(
        name="reference.joint_leave_is_free", value=0, valid_from=date(2024, 4, 1), source="uji"
    )
    policy.forget()

    assert add_working_days(FRIDAY_BEFORE, 3) == date(2024, 4, 12)


def test_a_holiday_that_was_taken_back_is_a_working_day_again() -> None:
    Holiday.objects.filter(day=date(2024, 4, 15)).update(current=False)
    calendar.forget()

    assert is_working_day(date(2024, 4, 15))


def test_a_wait_ends_on_a_working_day(three_days: Policy) -> None:
    assert calendar.within(three_days)(None, FRIDAY_BEFORE) == date(2024, 4, 18)
    assert calendar.within_days(three_days)(None, FRIDAY_BEFORE) == TUESDAY_AFTER


@given(day=DAYS, count=st.integers(1, 60))
def test_so_many_working_days_later_are_so_many_between(day: date, count: int) -> None:
    later = add_working_days(day, count)

    assert is_working_day(later)
    between = (day + timedelta(days=each) for each in range(1, (later - day).days + 1))
    assert sum(map(is_working_day, between)) == count
    assert add_working_days(later, 0) == later


@given(day=DAYS, count=st.integers(0, 30))
def test_who_begins_later_ends_no_earlier(day: date, count: int) -> None:
    assert add_working_days(day, count) <= add_working_days(day + timedelta(days=1), count)
