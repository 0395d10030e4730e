"""How a licence stands on a day: three ways to ask against a plain count of days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mumpuni.access.models import Organisation
from mumpuni.licensing.models import (
    BodyType,
    CandidateGroup,
    Licence,
    LicenceTerm,
    Sanction,
    Status,
)
from mumpuni.licensing.queries import history_in, told_history

START = date(2024, 1, 1)
HORIZON = 40
IMPOSED_AT = datetime(2024, 1, 1, tzinfo=UTC)


class Measure(NamedTuple):
    """A sanction from a day on, until the day it is lifted; a prepared one is not imposed."""

    kind: str
    first: int
    lifted: int | None
    imposed: bool


def days(first: int, last: int) -> set[int]:
    return set(range(first, last + 1))


def standing(terms: list[tuple[int, int]], measures: list[Measure]) -> list[Status]:
    """Walk through the days, told only which of them each fact covers."""
    licensed = set().union(*(days(*term) for term in terms))
    begun = days(min(first for first, _last in terms), HORIZON)
    frozen, revoked = set[int](), set[int]()
    for one in measures:
        if one.imposed:
            held = days(one.first, HORIZON if one.lifted is None else one.lifted - 1)
            (revoked if one.kind == Sanction.Kind.REVOCATION else frozen).update(held)
    return [_on(day, begun, licensed, frozen, revoked) for day in range(HORIZON)]


def _on(
    day: int, begun: set[int], licensed: set[int], frozen: set[int], revoked: set[int]
) -> Status:
    if day not in begun:
        return Status.NOT_LICENSED
    if day in revoked:
        return Status.REVOKED
    if day not in licensed:
        return Status.EXPIRED
    return Status.FROZEN if day in frozen else Status.ACTIVE


@st.composite
def some_terms(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Draw a first term and renewals after it, at once or late."""
    found, next_day = [], draw(st.integers(0, 10))
    for _each in range(draw(st.integers(1, 3))):
        last = next_day + draw(st.integers(0, 12))
        found.append((next_day, last))
        next_day = last + 1 + draw(st.integers(0, 5))
    return found


@st.composite
def some_measures(draw: st.DrawFn) -> list[Measure]:
    """Draw freezes, lifted or not, a revocation and a prepared sanction."""
    found = []
    for _each in range(draw(st.integers(0, 3))):
        first = draw(st.integers(0, HORIZON))
        lifted = draw(st.none() | st.integers(first, HORIZON))
        found.append(Measure(Sanction.Kind.FREEZE, first, lifted, imposed=True))
    for imposed in draw(st.sampled_from([[], [True], [False], [True, False]])):
        first = draw(st.integers(0, HORIZON))
        found.append(Measure(Sanction.Kind.REVOCATION, first, None, imposed=imposed))
    return found


def recorded(terms: list[tuple[int, int]], measures: list[Measure]) -> Licence:
    body = Organisation.objects.create(
        kind=Organisation.Kind.CERTIFICATION_BODY, name="LSP Hari", code="0001"
    )
    licence = Licence.objects.create(
        organisation=body,
        number="BNSP-LSP-0001-ID",
        ordinal=1,
        body_type=BodyType.P3,
        candidate_group=CandidateGroup.SECTOR,
        sector_code="TIK",
    )
    LicenceTerm.objects.bulk_create(
        LicenceTerm(
            licence=licence,
            decree_number="KEP",
            valid_from=START + timedelta(days=first),
            valid_until=START + timedelta(days=last),
        )
        for first, last in terms
    )
    Sanction.objects.bulk_create(
        Sanction(
            licence=licence,
            kind=one.kind,
            decree_number="KEP",
            effective_on=START + timedelta(days=one.first),
            months=3 if one.kind == Sanction.Kind.FREEZE else None,
            reason="Alasan.",
            imposed_at=IMPOSED_AT if one.imposed else None,
            lifted_on=None if one.lifted is None else START + timedelta(days=one.lifted),
        )
        for one in measures
    )
    return licence


@pytest.mark.django_db
class TestStatus(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(some_terms(), some_measures())
    def test_every_way_to_ask_tells_what_the_days_tell(
        self, terms: list[tuple[int, int]], measures: list[Measure]
    ) -> None:
        licence = recorded(terms, measures)
        expected = standing(terms, measures)
        calendar = [START + timedelta(days=day) for day in range(HORIZON)]

        fetched = Licence.objects.with_history().get(pk=licence.pk)
        assert [fetched.status_on(day) for day in calendar] == expected
        told = Licence.objects.annotate(**told_history("organisation")).get(pk=licence.pk)
        assert [history_in(told).status_on(day) for day in calendar] == expected
        asked = [Licence.objects.with_status(day).get(pk=licence.pk).status for day in calendar]
        assert asked == expected
