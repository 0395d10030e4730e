"""The programme of a year: ranked, filled, carried out, closed."""

from datetime import date, timedelta
from typing import Any

import pytest
from inline_snapshot import snapshot
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.errors import Invalid, NotPermitted, Refused
from mumpuni.kernel.queries import events_of
from mumpuni.kernel.workflow import amend, perform
from mumpuni.licensing.models import Licence
from mumpuni.licensing.tests import make as licensing
from mumpuni.surveillance import actions
from mumpuni.surveillance.models import PlannedVisit, Programme
from mumpuni.surveillance.queries import programmes as queries
from mumpuni.surveillance.queries import risk
from mumpuni.surveillance.tests import make
from mumpuni.surveillance.tests.make import TODAY, noon
from mumpuni.visits import actions as visiting
from mumpuni.visits.models import Kind, Visit
from mumpuni.visits.tests import make as visits

pytestmark = pytest.mark.django_db

VALUES = {"starts_on": date(2026, 8, 3), "ends_on": date(2026, 8, 4), "place": "Kantor LSP"}


@pytest.fixture
def three() -> list[Licence]:
    """Three bodies, the riskiest first: the longer it is licensed without a visit, the riskier."""
    return [licensing.licence(on=date(year, 1, 6)) for year in (2022, 2023, 2024)]


def entry_of(programme: Programme, rank: int = 1) -> PlannedVisit:
    return queries.entries(programme).get(rank=rank)


def test_a_programme_is_made_once_for_this_year_or_the_next() -> None:
    """U-01: one programme for each year, in time."""
    programme = make.programme()
    make.programme(year=2027)

    for year in (2025, 2028):
        with pytest.raises(Refused) as refused:
            make.programme(year=year)
        assert refused.value.code == "U-01"
    with pytest.raises(Invalid, match="U-01"):
        make.programme()
    with pytest.raises(Refused) as late:
        perform(programme, "approve", make.officer(), at=noon(date(2027, 1, 2)))
    assert late.value.code == "U-01"


def test_approval_keeps_rank_and_reasons_of_the_day(three: list[Licence]) -> None:
    """U-02: the riskiest that the budget reaches, as they stood that day."""
    programme = make.approved(budget=2)
    stood = risk.assessed(TODAY)

    visits.reported_visit(three[0].organisation, Kind.SURVEILLANCE, on=date(2026, 7, 2))

    kept = list(programme.entries.all())
    assert [one.licence for one in kept] == three[:2]
    assert [one.rank for one in kept] == [1, 2]
    assert [(one.score, tuple(one.parts)) for one in kept] == [
        (one.score, one.parts) for one in stood[:2]
    ]
    assert programme.approved_on == TODAY
    with pytest.raises(Refused):
        amend(programme, {"budget": 3}, make.officer(), at=noon(TODAY))


def test_a_body_is_added_with_a_reason_while_there_is_room(three: list[Licence]) -> None:
    """U-03: beyond the ranking only with a reason, and within the budget."""
    programme = make.approved(budget=1)
    officer = make.officer()

    def add(licence: Licence, reason: str = "Permintaan pleno.") -> PlannedVisit:
        return actions.add(programme, licence, reason, officer, at=noon(TODAY))

    with pytest.raises(Refused) as full:
        add(three[2])
    assert full.value.code == "U-03"
    with pytest.raises(Invalid) as unsaid:
        add(three[2], " ")
    assert unsaid.value.code == "U-03"

    actions.drop(entry_of(programme), "Sedang dibekukan.", officer, at=noon(TODAY))
    with pytest.raises(Invalid, match="sudah ada"):
        add(three[0])
    added = add(three[2])

    assert (added.rank, added.added_because) == (2, "Permintaan pleno.")
    assert added.score == next(one for one in risk.assessed(TODAY) if one.licence == three[2]).score
    assert events_of(programme).order_by("-pk")[0].changes == {
        "entries": ["", f"{added}: Permintaan pleno."]
    }


def test_only_who_is_watched_is_added(three: list[Licence]) -> None:
    programme = make.approved(budget=1)
    revoked = licensing.licence()
    licensing.revoke(revoked, on=date(2025, 1, 2))
    actions.drop(entry_of(programme), "Tutup.", make.officer(), at=noon(TODAY))

    with pytest.raises(Invalid, match="tidak berlaku"):
        actions.add(programme, revoked, "Laporan.", make.officer(), at=noon(TODAY))


def test_a_visit_is_planned_about_the_licence_once_within_the_year(three: list[Licence]) -> None:
    """U-04: once for each body, in the year of the programme, again only if it was cancelled."""
    programme, officer = make.approved(), make.officer()
    entry = entry_of(programme)
    with pytest.raises(Invalid) as elsewhen:
        actions.plan(entry, VALUES | {"ends_on": date(2027, 1, 4)}, officer, at=noon(TODAY))
    assert elsewhen.value.code == "U-04"

    visit = actions.plan(entry, VALUES, officer, at=noon(TODAY))

    assert (visit.kind, visit.case) == (Kind.SURVEILLANCE, entry.licence)
    assert visit.organisation == entry.licence.organisation
    for again in (
        lambda: actions.plan(entry, VALUES, officer, at=noon(TODAY)),
        lambda: actions.drop(entry, "Tidak sempat.", officer, at=noon(TODAY)),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.code == "U-04"
    perform(visit, "cancel", officer, at=noon(TODAY), note="Banjir.")
    assert actions.plan(entry_of(programme), VALUES, officer, at=noon(TODAY)) != visit


def test_the_first_visits_are_planned_at_once_on_working_days(
    three: list[Licence], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.bodies(60)
    programme, officer = make.approved(budget=50), make.officer()
    first, last = date(2026, 8, 1), date(2026, 8, 31)

    with django_assert_max_num_queries(25):
        planned = actions.plan_first(programme, 40, first, last, officer, at=noon(TODAY))

    found = list(queries.entries(programme).filter(visit__isnull=False))
    assert planned == 40
    assert {one.rank for one in found} == set(range(1, 41))
    days = [one.visit.starts_on for one in found if one.visit]
    assert first <= min(days) <= max(days) <= last
    assert all(day.weekday() < 5 for day in days)
    assert len(set(days)) > 15
    assert actions.plan_first(programme, 40, first, last, officer, at=noon(TODAY)) == 10
    assert actions.plan_first(programme, 40, first, last, officer, at=noon(TODAY)) == 0
    saturday = date(2026, 8, 1)
    for wrong in ((last, first), (saturday, saturday), (first, date(2027, 1, 4))):
        with pytest.raises(Invalid):
            actions.plan_first(programme, 1, *wrong, actor=officer, at=noon(TODAY))


def test_a_programme_is_closed_when_each_body_is_seen_to(three: list[Licence]) -> None:
    """U-05: reported on, or given up with a reason."""
    programme, officer = make.approved(), make.officer()
    first, second = programme.entries.all()
    with pytest.raises(Refused) as refused:
        perform(programme, "close", officer, at=noon(TODAY))
    assert refused.value.code == "U-05"

    visit = actions.plan(first, VALUES, officer, at=noon(TODAY))
    carry_out(visit)
    with pytest.raises(Refused, match=str(second.licence.organisation)):
        perform(programme, "close", officer, at=noon(TODAY))
    actions.drop(second, "Izin operasional LSP berakhir.", officer, at=noon(TODAY))
    perform(programme, "close", officer, at=noon(TODAY))

    assert queries.progress(programme) == {
        "waiting": 0,
        "under_way": 0,
        "reported": 1,
        "dropped": 1,
    }
    shown: Any = queries.entries(programme).get(rank=1)
    assert (shown.finding_count, shown.unsettled_count) == (1, 1)


def carry_out(visit: Visit) -> None:
    """Take a planned visit to its report, with one minor finding."""
    on = visit.starts_on
    lead = visits.assessor()
    visiting.appoint(visit, lead, "lead", visits.officer(), at=noon(TODAY))
    perform(visit, "assign", visits.officer(), at=noon(TODAY))
    visiting.declare_impartial(visit, visits.acting(lead), at=noon(on))
    perform(visit, "start", visits.acting(lead), at=noon(on))
    visits.answer_all(visit, on)
    visits.drafted(visit, "minor", on=on)
    visits.conclude(visit, on=on)
    perform(visit, "report", visits.acting(lead), at=noon(on))


def test_the_outcome_of_a_visit_changes_the_ranking(three: list[Licence]) -> None:
    before = risk.assessed(TODAY)

    visits.reported_visit(before[0].licence.organisation, Kind.SURVEILLANCE, on=TODAY)

    after = risk.assessed(TODAY + timedelta(days=1))
    assert after[-1].licence == before[0].licence


def test_who_may_do_what(three: list[Licence]) -> None:
    people: dict[str, Person] = {
        role.value: access.person(role, of=access.authority())
        for role in (
            Role.SURVEILLANCE_OFFICER,
            Role.DESK_COORDINATOR,
            Role.LICENSING_OFFICER,
            Role.AUDITOR,
            Role.BODY_ADMIN,
        )
    }
    states = {"draft": make.programme(year=2027), "approved": make.approved()}

    assert access.matrix(states, people) == snapshot(
        {
            "draft surveillance_officer": ["approve"],
            "approved surveillance_officer": ["close"],
        }
    )
    with pytest.raises(NotPermitted):
        amend(states["draft"], {"budget": 3}, people["auditor"], at=noon(TODAY))
