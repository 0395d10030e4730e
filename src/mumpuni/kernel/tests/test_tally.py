"""Counting over all processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from mumpuni.kernel.models import Tally
from mumpuni.kernel.tally import count

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.django_db
def test_each_key_is_counted_by_itself() -> None:
    assert [count(key, at=NOON, kept=MINUTE) for key in ("a", "a", "b", "a")] == [1, 2, 1, 3]


@pytest.mark.django_db
def test_what_is_over_is_forgotten() -> None:
    count("a", at=NOON, kept=MINUTE)

    count("b", at=NOON + 2 * MINUTE, kept=MINUTE)

    assert list(Tally.objects.values_list("key", flat=True)) == ["b"]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_all_counted() -> None:
    def counted(_: int) -> int:
        try:
            return count("a", at=NOON, kept=MINUTE)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(counted, range(20))) == list(range(1, 21))
