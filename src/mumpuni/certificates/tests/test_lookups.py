"""V-12: lookups are counted by day, way and verdict."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries, Settings

from mumpuni.certificates.actions import count_lookups
from mumpuni.certificates.models import LookupCount
from mumpuni.certificates.queries import lookups_by

TODAY, YESTERDAY = date(2026, 9, 2), date(2026, 9, 1)
PAGE, BATCH = LookupCount.Channel.PAGE, LookupCount.Channel.BATCH


@pytest.mark.django_db
def test_v12_answers_add_up_by_verdict_and_by_way(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        count_lookups(BATCH, {"valid": 990, "revoked": 10}, TODAY)
    count_lookups(PAGE, {"valid": 1}, TODAY)
    count_lookups(PAGE, {"valid": 1}, YESTERDAY)

    assert lookups_by("verdict", since=TODAY) == {"valid": 991, "revoked": 10}
    assert lookups_by("channel", since=YESTERDAY) == {"batch": 1000, "page": 2}


@pytest.mark.django_db(transaction=True)
def test_many_at_once_wait_for_nobody_for_long_and_are_all_counted() -> None:
    def one(turn: int) -> None:
        verdicts = ["valid", "revoked", "expired"]
        try:
            count_lookups(PAGE, dict.fromkeys(verdicts[turn % 3 :] + verdicts, 1), TODAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(one, range(60)))

    assert lookups_by("verdict", since=TODAY) == {"valid": 60, "revoked": 60, "expired": 60}


@pytest.mark.django_db(transaction=True)
def test_v12_what_soon_follows_is_written_together_some_seconds_later(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    count_lookups(PAGE, {"valid": 1}, TODAY)
    settings.LOOKUPS_COUNTED_SECONDS = 1
    with django_assert_num_queries(0):
        count_lookups(PAGE, {"valid": 2}, TODAY)
        count_lookups(BATCH, {"valid": 4}, YESTERDAY)
    assert lookups_by("verdict", since=YESTERDAY) == {"valid": 1}

    deadline = time.monotonic() + 10
    while lookups_by("verdict", since=YESTERDAY) == {"valid": 1} and time.monotonic() < deadline:
        time.sleep(0.1)
    assert lookups_by("verdict", since=YESTERDAY) == {"valid": 7}
