"""Numbers: no duplicate, no gap, whoever writes at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from mumpuni.kernel.models import NumberSeries
from mumpuni.kernel.numbering import take, take_one

WRITERS, ROUNDS = 8, 25


class RolledBack(Exception):
    """Raised by the test to give a number back."""


@pytest.fixture
def series() -> Iterator[str]:
    yield "test/2026"
    NumberSeries.objects.filter(name="test/2026").delete()


def take_many(series: str, writer: int) -> list[int]:
    """Take numbers singly and in runs; give every seventh back by rolling back."""
    taken: list[int] = []
    for turn in range(ROUNDS):
        try:
            with transaction.atomic():
                numbers = take(series, 1 + (turn + writer) % 4)
                if (turn + writer) % 7 == 0:
                    raise RolledBack  # noqa: TRY301 - it is to cross the transaction
            taken.extend(numbers)
        except RolledBack:
            continue
    connection.close()
    return taken


@pytest.mark.django_db(transaction=True)
def test_eight_writers_make_no_duplicate_and_no_gap(series: str) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        found = [
            n
            for numbers in pool.map(take_many, [series] * WRITERS, range(WRITERS))
            for n in numbers
        ]

    assert sorted(found) == list(range(1, len(found) + 1))
    assert len(found) > WRITERS * ROUNDS


@pytest.mark.django_db
def test_series_count_apart(series: str) -> None:
    assert take_one(series) == 1
    assert take_one("test/other") == 1
    assert list(take(series, 3)) == [2, 3, 4]


@pytest.mark.django_db
def test_less_than_one_number_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot take 0"):
        take("test/2026", 0)


@pytest.mark.django_db(transaction=True)
def test_numbers_are_taken_inside_a_transaction_only() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        take("test/2026")
