"""Counting over all processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

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


@pytest.mark.django_db
def test_the_first_of_a_key_cost_no_query_and_are_told_with_the_next(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        assert [count("alone", at=NOON, kept=MINUTE, alone=2) for _ in range(2)] == [1, 2]

    with django_assert_num_queries(2):
        assert [count("alone", at=NOON, kept=MINUTE, alone=2) for _ in range(2)] == [3, 4]


@pytest.mark.django_db
def test_what_a_process_counted_alone_is_forgotten_with_its_time() -> None:
    count("alone", 2, at=NOON + MINUTE, kept=MINUTE, alone=2)

    assert count("alone", at=NOON + 2 * MINUTE, kept=MINUTE, alone=2) == 1
