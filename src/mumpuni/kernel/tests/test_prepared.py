"""Queries that are written and planned once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from pytest_django import DjangoAssertNumQueries

from mumpuni.kernel.models import PolicyValue
from mumpuni.kernel.prepared import Prepared

PREPARED = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%kernel_policyvalue%'"


def named(name: str) -> QuerySet[PolicyValue]:
    told = Concat(F("name"), Value(" from "), F("source"))
    return PolicyValue.objects.filter(name=name).annotate(told=told).order_by("-value")


def policy(name: str, value: int, day: int = 1) -> PolicyValue:
    return PolicyValue.objects.create(
        name=name, value=value, valid_from=date(2026, 1, day), source="50 % of 'it'"
    )


@pytest.mark.django_db
def test_each_text_has_its_answer_and_costs_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    by_name = Prepared(named)
    policy("a", 1)
    highest, other = policy("a", 3, day=2), policy("b'; --", 2)

    with django_assert_num_queries(3):
        answers = [by_name.first(name) for name in ("a", "b'; --", "c")]

    assert answers == [highest, other, None]
    assert answers[0] is not None
    assert answers[0].source == "50 % of 'it'"
    assert vars(answers[0])["told"] == "a from 50 % of 'it'"


@pytest.mark.django_db
def test_the_database_plans_it_once() -> None:
    by_name = Prepared(named)
    for name in "abcdefgh":
        policy(name, 1)
        by_name.first(name)

    with connection.cursor() as cursor:
        cursor.execute(PREPARED)
        assert cursor.fetchone() == (1,)
