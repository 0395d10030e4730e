"""Totals come from a roll-up that can be rebuilt and is checked against the certificates."""

import pytest
from pytest_django import DjangoAssertNumQueries

from mumpuni.certificates import actions, queries
from mumpuni.certificates.models import Certificate, IssuedInYear
from mumpuni.certificates.tests import make

pytestmark = pytest.mark.django_db

YEAR = make.ISSUED_ON.year


def test_years_are_counted_with_and_without_the_roll_up(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make.issued_certificate()

    assert queries.issued_by_year() == {YEAR: 1}
    actions.count_issued()
    make.issued_certificate()
    with django_assert_num_queries(2):
        assert queries.issued_by_year() == {YEAR: 2}


def test_a_reissue_is_no_second_certificate() -> None:
    make.approved_replacement()
    assert Certificate.objects.count() == 2

    actions.count_issued()

    assert queries.issued_by_year() == {YEAR: 1}


def test_counting_anew_finds_and_mends_what_is_wrong() -> None:
    make.issued_certificate()
    assert actions.count_issued() == {}
    IssuedInYear.objects.update(total=5)
    IssuedInYear.objects.create(year=1999, total=1, counted_to=0)

    assert actions.count_issued() == {YEAR: 4, 1999: 1}
    assert queries.issued_by_year() == {YEAR: 1}
