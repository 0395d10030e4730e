"""Policies: the value of the day, from the default or the newest row before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from mumpuni.kernel import policy
from mumpuni.kernel.models import PolicyValue
from mumpuni.kernel.policy import Policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def term() -> Iterator[Policy]:
    yield Policy(name="test.term", label="Masa", unit="bulan", default=36, source="uji")
    del Policy.registered["test.term"]


def set_value(value: int, since: date) -> None:
    PolicyValue.objects.create(
        name="test.term", value=value, valid_from=since, source="SK uji", entered_by="Uji"
    )
    policy.forget()


def test_the_default_holds_until_a_row_replaces_it(term: Policy) -> None:
    set_value(48, date(2027, 1, 1))

    assert term.on(date(2026, 12, 31)) == 36
    assert term.on(date(2027, 1, 1)) == 48


def test_the_newest_row_before_the_day_counts(term: Policy) -> None:
    set_value(48, date(2027, 1, 1))
    set_value(60, date(2028, 1, 1))

    assert term.on(date(2027, 6, 1)) == 48
    assert term.on(date(2030, 1, 1)) == 60


def test_a_policy_is_declared_once(term: Policy) -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Policy(name="test.term", label="Masa", unit="bulan", default=1, source="uji")
