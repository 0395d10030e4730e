"""What so many visits a year would cover, and where the bodies are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mumpuni.licensing.tests import make as licensing
from mumpuni.reference.models import Region
from mumpuni.surveillance import actions
from mumpuni.surveillance.queries import outlook, provinces
from mumpuni.surveillance.queries.outlook import Outlook
from mumpuni.surveillance.tests import make
from mumpuni.surveillance.tests.make import TODAY

SCORES = st.lists(st.integers(min_value=0, max_value=1000), max_size=50).map(
    lambda found: sorted(found, reverse=True)
)


def seen(scores: list[int]) -> Outlook:
    return Outlook(TODAY, scores, [TODAY] * len(scores))


@pytest.mark.django_db
def test_the_printed_cycle_and_what_the_standard_asks_for() -> None:
    """99 visits a year among 2,339 bodies take 23.6 years; every three years takes 780."""
    report = seen([1] * 2_339)

    assert report.cycle_years(99) == pytest.approx(23.6, abs=0.03)
    assert report.needed_for_cycle == 780
    assert report.needed_on_site == 1_170
    assert report.cycle_years(0) is None


@given(scores=SCORES, visits=st.integers(min_value=0, max_value=60))
def test_more_visits_cover_more_and_all_cover_all(scores: list[int], visits: int) -> None:
    found = seen(scores)

    assert found.covered(visits) <= found.covered(visits + 1) <= 100.0001
    if any(scores):
        assert found.covered(len(scores)) == pytest.approx(100)
    assert found.covered(0) == 0
    curve = found.curve()
    assert curve[0] == (0, 0)
    assert [share for _count, share in curve] == sorted(share for _count, share in curve)


def test_bodies_are_late_after_the_day_and_visits_reach_the_riskiest_first() -> None:
    """U-07: 17011 7.9.3, on-site at least every two years."""
    found = Outlook(TODAY, [9, 8, 7], [date(2026, 6, 30), TODAY, date(2020, 1, 1)])

    assert (found.late(), found.late(1), found.late(3)) == (2, 1, 0)


@pytest.mark.django_db
def test_the_outlook_reads_what_was_worked_out() -> None:
    make.bodies(5)
    actions.assess(TODAY)

    found = outlook.outlook(make.officer(), TODAY)

    assert found.bodies == 5
    assert list(found.scores) == sorted(found.scores, reverse=True)
    assert found.late() == 5


@pytest.mark.django_db
def test_provinces_tell_their_bodies_and_risk() -> None:
    province = licensing.region()
    regency = Region.objects.create(
        code="31.71", level=Region.Level.REGENCY, name="Jakarta Selatan", parent=province
    )
    Region.objects.get_or_create(
        code="11", defaults={"level": Region.Level.PROVINCE, "name": "Aceh"}
    )
    for region in (province, regency):
        licensing.licence(region=region)
    make.bodies(1)
    actions.assess(TODAY)

    found = {one.code: one for one in provinces.provinces(make.officer(), TODAY)}

    assert found["31"].bodies == 2
    assert found["31"].mean == found["31"].risk / 2
    assert (found["31"].shade, found["11"].shade, found["11"].mean) == (4, 0, 0)
    assert (found[""].bodies, found[""].shade) == (1, 1)
    assert len(provinces.outlines()) == 38
    assert all(one.startswith("M") for one in provinces.outlines().values())
