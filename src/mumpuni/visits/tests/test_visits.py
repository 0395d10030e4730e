"""Visits: who is sent, what they must do, what becomes of what they found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from inline_snapshot import snapshot
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.models import Membership, Organisation
from mumpuni.access.person import SYSTEM
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.errors import Invalid, NotPermitted, Refused
from mumpuni.kernel.models import Event, Task
from mumpuni.kernel.workflow import amend, perform, perform_all
from mumpuni.visits import actions, queries, rules
from mumpuni.visits.models import (
    INSTRUMENTS,
    Answer,
    DeclaredTie,
    Finding,
    Kind,
    LicensingAssessor,
    TeamMember,
    Visit,
)
from mumpuni.visits.models.instruments import instrument_on
from mumpuni.visits.rules import ties
from mumpuni.visits.tests import make

pytestmark = pytest.mark.django_db

TODAY, noon = make.TODAY, make.noon
TOMORROW = TODAY + timedelta(days=1)
CONFORMS = {"verdict": "conforms", "note": ""}


@pytest.fixture
def body() -> Organisation:
    return access.organisation("LSP Pertama", code="1001")


def refusal(call: Callable[[], object]) -> str:
    """Return the number of the rule that refuses."""
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def assigning(visit: Visit) -> str:
    return refusal(lambda: perform(visit, "assign", make.officer(), at=noon(TODAY)))


def reporting(visit: Visit) -> str:
    return refusal(lambda: perform(visit, "report", make.lead(visit), at=noon(TODAY)))


def tie(
    assessor: LicensingAssessor,
    body: Organisation,
    kind: str = "employment",
    until: date | None = None,
) -> None:
    values = {"kind": kind, "valid_from": date(2021, 1, 1), "valid_until": until}
    actions.declare_tie(assessor, body, values, make.coordinator(), at=noon(TODAY))


def test_a_visit_goes_from_its_plan_to_its_report(body: Organisation) -> None:
    visit = make.reported_visit(body, Kind.ASSESSMENT, ["major", "minor", "observation"])

    assert visit.state == Visit.State.REPORTED
    assert visit.letter_number == "ST.0001/BNSP/2026"
    assert visit.report_number == "LK.0001/BNSP/2026"
    assert visit.reported_on == TODAY
    found = {one.grade: one for one in visit.findings.all()}
    assert {one.state for one in found.values()} == {Finding.State.OPEN}
    assert found["major"].due_on == TODAY + timedelta(days=30)
    assert found["minor"].due_on == TODAY + timedelta(days=90)
    assert found["observation"].due_on is None


def test_numbers_have_no_gap_and_begin_anew_each_year() -> None:
    first = make.assigned_visit(on=date(2025, 12, 31))
    second = make.assigned_visit(on=date(2026, 1, 5))
    third = make.assigned_visit(on=date(2026, 1, 6))

    assert [one.letter_number for one in (first, second, third)] == [
        "ST.0001/BNSP/2025",
        "ST.0001/BNSP/2026",
        "ST.0002/BNSP/2026",
    ]


def test_tasks_tell_whose_turn_it_is(body: Organisation) -> None:
    visit = make.reported_visit(body, findings=["major"])
    finding = visit.findings.get()

    [told] = Task.objects.open()

    assert (told.case, told.organisation_id, told.due_on) == (finding, body.pk, finding.due_on)
    turns = Task.objects.filter(case_kind="visits.visit").order_by("pk")
    assert [(one.waits_in, one.organisation_id) for one in turns] == [
        ("planned", None),
        ("assigned", None),
        ("running", None),
    ]


def test_every_kind_of_visit_has_an_instrument_whose_items_differ() -> None:
    for kind in Kind:
        used = instrument_on(kind, TODAY)
        codes = [item.code for item in used.items]
        assert used.kind == kind
        assert len(set(codes)) == len(codes) > 0
    assert len({one.key for one in INSTRUMENTS}) == len(INSTRUMENTS)


def test_a_visit_planned_before_any_instrument_uses_the_first() -> None:
    assert instrument_on(Kind.WITNESS, date(2010, 1, 1)).version == 1


def test_n09_only_certification_bodies_are_visited() -> None:
    assert refusal(lambda: make.planned_visit(access.authority())) == "N-09"


def test_a_remote_visit_says_why(body: Organisation) -> None:
    with pytest.raises(Invalid, match="jarak jauh"):
        make.planned_visit(body, mode="remote")
    with pytest.raises(Invalid, match="mendahului"):
        make.planned_visit(body, ends_on=TODAY - timedelta(days=1))

    visit = make.planned_visit(body, mode="remote", remote_reason="Banjir")
    assert visit.mode == Visit.Mode.REMOTE


def test_n01_a_team_has_a_lead_of_that_grade(body: Organisation) -> None:
    without = make.planned_visit(body)
    too_young = make.planned_visit(body, team=[make.assessor(grade="senior")])

    assert assigning(without) == "N-01"
    assert assigning(too_young) == "N-01"


def test_a_team_has_one_lead_and_nobody_twice(body: Organisation) -> None:
    first, second = make.assessor(), make.assessor()
    visit = make.planned_visit(body, team=[first])

    for one, duty in ((second, TeamMember.Duty.LEAD), (first, TeamMember.Duty.MEMBER)):
        with pytest.raises(Invalid):
            actions.appoint(visit, one, duty, make.officer(), at=noon(TODAY))
    assert visit.team.count() == 1


def test_n02_every_member_is_current_on_all_days(body: Organisation) -> None:
    suspended, expiring = make.assessor(), make.assessor()
    of_suspended = make.planned_visit(body, team=[suspended])
    perform(suspended, "suspend", make.coordinator(), at=noon(TODAY), note="Cuti.")
    expiring.terms.update(valid_until=TODAY)
    too_long = make.planned_visit(body, team=[expiring], ends_on=TOMORROW)

    assert assigning(of_suspended) == "N-02"
    assert assigning(too_long) == "N-02"
    amend(too_long, {"ends_on": TODAY}, make.officer(), at=noon(TODAY))
    perform(too_long, "assign", make.officer(), at=noon(TODAY))


@pytest.mark.parametrize("kind", ["employment", "founding", "family", "consultancy"])
def test_n03_who_is_tied_now_comes_on_no_team(body: Organisation, kind: str) -> None:
    tied = make.assessor()
    tie(tied, body, kind)

    with pytest.raises(Refused, match=r"2021–sekarang") as refused:
        make.planned_visit(body, team=[tied])

    assert refused.value.code == "N-03"


def test_n03_a_member_of_the_body_is_tied_without_declaring_it(body: Organisation) -> None:
    of_body = make.assessor(access.member(Role.BODY_DECIDER, body))

    assert refusal(lambda: make.planned_visit(body, team=[of_body])) == "N-03"
    make.planned_visit(access.organisation(), team=[of_body])


def test_n03_a_tie_declared_after_the_appointment_is_seen(body: Organisation) -> None:
    chosen = make.assessor()
    visit = make.planned_visit(body, team=[chosen])
    tie(chosen, body)

    assert assigning(visit) == "N-03"


def test_n03_a_past_tie_counts_for_two_years_and_is_waived_with_a_reason(
    body: Organisation,
) -> None:
    chosen = make.assessor()
    tie(chosen, body, until=date(2024, 6, 1))
    visit = make.planned_visit(body, team=[chosen])
    assert assigning(visit) == "N-03"

    member = visit.team.get()
    actions.waive(visit, member, "Dua tahun lalu, bagian lain.", make.coordinator(), at=noon(TODAY))
    perform(visit, "assign", make.officer(), at=noon(TODAY))

    member.refresh_from_db()
    assert member.waived_by
    assert ties.found_ties(chosen, body.pk, date(2026, 6, 2)) == []


def test_n15_waivers_are_for_what_may_be_waived_by_somebody_else(body: Organisation) -> None:
    chosen = make.assessor()
    visit = make.planned_visit(body, team=[chosen])
    member = visit.team.get()
    boss = make.coordinator()

    def waiving(reason: str = "Cukup.", by: object = boss) -> str:
        return refusal(lambda: actions.waive(visit, member, reason, by, at=noon(TODAY)))  # type: ignore[arg-type] # people

    assert waiving() == "N-15"  # nothing to waive
    tie(chosen, body, "training")
    assert waiving(" ") == "N-15"
    own = access.person(Role.DESK_COORDINATOR, of=access.authority(), by=chosen.individual.user)
    assert waiving(by=own) == "N-15"
    tie(chosen, body)
    assert waiving() == "N-15"  # a present tie
    assert waiving(by=make.officer()) == "not-permitted"


def test_every_tie_of_a_seeded_graph_is_found(body: Organisation) -> None:
    """Each way of being tied alone, and none of them to another body."""
    other = access.organisation()
    ways: dict[str, LicensingAssessor] = {}
    for kind in DeclaredTie.Kind.values:
        ways[kind] = make.assessor()
        tie(ways[kind], body, kind)
    ways["membership"] = make.assessor(access.member(Role.BODY_ADMIN, body))
    former = access.member(Role.BODY_ADMIN, body)
    Membership.objects.filter(user=former).update(valid_until=date(2025, 1, 1))
    ways["former membership"] = make.assessor(former)
    old = access.member(Role.BODY_ADMIN, body)
    Membership.objects.filter(user=old).update(valid_until=date(2024, 5, 31))
    free = make.assessor(old)

    found = {way: rules.found_ties(one, body.pk, TODAY) for way, one in ways.items()}

    assert {way: [tie.waivable for tie in ties] for way, ties in found.items()} == snapshot(
        {
            "employment": [False],
            "founding": [False],
            "training": [True],
            "family": [False],
            "consultancy": [False],
            "membership": [False],
            "former membership": [True],
        }
    )
    assert rules.found_ties(free, body.pk, TODAY) == []
    assert not any(rules.found_ties(one, other.pk, TODAY) for one in [*ways.values(), free])


def test_packages_above_add_ties_of_their_own(
    body: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = make.assessor()
    known = rules.FoundTie(
        kind="examiner", text="Asesor LSP", since=TODAY, until=None, waivable=False
    )
    monkeypatch.setattr(
        ties,
        "SOURCES",
        [
            lambda who, where, _day: (
                [known] if (who, where) == (chosen.individual_id, body.pk) else []
            )
        ],
    )

    assert refusal(lambda: make.planned_visit(body, team=[chosen])) == "N-03"
    make.planned_visit(access.organisation(), team=[chosen])


def test_n04_nobody_is_sent_to_two_visits_at_once(body: Organisation) -> None:
    lead = make.assessor()
    make.assigned_visit(team=[lead])
    same_day = make.planned_visit(body, team=[lead])
    next_day = make.planned_visit(body, on=TOMORROW, team=[lead])

    assert assigning(same_day) == "N-04"
    perform(next_day, "assign", make.officer(), at=noon(TODAY))
    assert lead not in queries.available(TODAY, TODAY)
    assert lead in queries.available(TODAY + timedelta(days=2), TODAY + timedelta(days=2))


def test_n05_only_the_team_conducts_and_only_the_lead_reports(body: Organisation) -> None:
    lead, second, stranger = make.assessor(), make.assessor(grade="junior"), make.assessor()
    visit = make.running_visit(body, team=[lead, second])
    at = noon(TODAY)
    member, outsider = make.acting(second), make.acting(stranger)

    actions.answer_items(visit, {"A1": CONFORMS}, member, at=at)
    assert refusal(lambda: actions.answer_items(visit, {"A2": CONFORMS}, outsider, at=at)) == "N-05"
    assert refusal(lambda: amend(visit, {"summary": "Baik"}, member, at=at)) == "N-05"
    assert refusal(lambda: perform(visit, "report", member, at=at)) == "N-05"
    assert refusal(lambda: perform(visit, "report", outsider, at=at)) == "N-05"


def test_n05_an_observer_watches_only(body: Organisation) -> None:
    watcher = make.assessor(grade="junior")
    visit = make.planned_visit(body, team=[make.assessor()])
    actions.appoint(visit, watcher, TeamMember.Duty.OBSERVER, make.officer(), at=noon(TODAY))
    perform(visit, "assign", make.officer(), at=noon(TODAY))
    by = make.acting(watcher)

    actions.declare_impartial(visit, by, at=noon(TODAY))

    assert refusal(lambda: perform(visit, "start", by, at=noon(TODAY))) == "N-05"


def test_n06_everybody_declares_to_be_impartial_first(body: Organisation) -> None:
    lead, second = make.assessor(), make.assessor(grade="junior")
    visit = make.assigned_visit(body, team=[lead, second])
    at = noon(TODAY)

    actions.declare_impartial(visit, make.acting(lead), at=at)
    assert refusal(lambda: perform(visit, "start", make.acting(lead), at=at)) == "N-06"

    actions.declare_impartial(visit, make.acting(second), at=at)
    perform(visit, "start", make.acting(lead), at=at)


def test_n07_a_visit_does_not_begin_early(body: Organisation) -> None:
    lead = make.assessor()
    visit = make.assigned_visit(body, team=[lead])
    by, early = make.acting(lead), noon(TODAY - timedelta(days=1))
    actions.declare_impartial(visit, by, at=early)

    assert refusal(lambda: perform(visit, "start", by, at=early)) == "N-07"


def test_n08_a_report_is_complete(body: Organisation) -> None:
    visit = make.running_visit(body)
    by, at = make.lead(visit), noon(TODAY)

    assert reporting(visit) == "N-08"  # nothing answered
    make.answer_all(visit)
    assert reporting(visit) == "N-08"  # no conclusion
    make.conclude(visit, "negative")
    wrong = {"A3": {"verdict": "nonconformity", "note": "Tidak ada analisis."}}
    actions.answer_items(visit, wrong, by, at=at)
    assert reporting(visit) == "N-08"  # no finding for what does not conform
    withdrawn = make.drafted(visit, item="A3")
    perform(withdrawn, "withdraw", by, at=at)
    assert reporting(visit) == "N-08"
    make.drafted(visit, item="A3")

    perform(visit, "report", by, at=at)

    assert [one.state for one in visit.findings.order_by("pk")] == ["withdrawn", "open"]


def test_answers_are_saved_item_by_item_and_others_stay(body: Organisation) -> None:
    lead, second = make.assessor(), make.assessor(grade="junior")
    visit = make.running_visit(body, team=[lead, second])
    at = noon(TODAY)

    actions.answer_items(visit, {"A1": CONFORMS}, make.acting(lead), at=at)
    changed = {"verdict": "observation", "note": "Salinan buram."}
    actions.answer_items(visit, {"A2": changed}, make.acting(second), at=at)
    actions.answer_items(visit, {"A1": CONFORMS}, make.acting(second), at=at)
    actions.answer_items(visit, {"A1": changed}, make.acting(lead), at=at)

    held = {one.item: (one.verdict, one.note, one.saved_by) for one in visit.answers.all()}
    assert held == {
        "A1": ("observation", "Salinan buram.", str(lead.individual.user)),
        "A2": ("observation", "Salinan buram.", str(second.individual.user)),
    }
    told = Event.objects.filter(subject="visits.visit", changes__has_key="answers").order_by("pk")
    assert [one.changes["answers"] for one in told] == [
        ["", "A1: Sesuai"],
        ["", "A2: Observasi (Salinan buram.)"],
        ["A1: Sesuai", "A1: Observasi (Salinan buram.)"],
    ]
    with pytest.raises(Invalid):
        actions.answer_items(visit, {"Z9": CONFORMS}, make.acting(lead), at=at)
    assert Answer.objects.count() == 2


def test_a_cancelled_visit_frees_its_team(body: Organisation) -> None:
    lead = make.assessor()
    visit = make.assigned_visit(body, team=[lead])

    perform(visit, "cancel", make.officer(), at=noon(TODAY), note="LSP pindah kantor.")

    make.assigned_visit(body, team=[lead])
    assert not rules.took_part("access.organisation", body.pk, [0])


def test_who_was_of_the_team_took_part(body: Organisation) -> None:
    lead = make.assessor()
    user_id = lead.individual.user_id or 0
    planned = make.planned_visit(body, team=[lead])
    assert not rules.took_part("access.organisation", body.pk, [user_id])

    perform(planned, "assign", make.officer(), at=noon(TODAY))

    assert rules.took_part("access.organisation", body.pk, [user_id, 0]) == {user_id}
    assert not rules.took_part("access.organisation", body.pk + 1, [user_id])
    assert not rules.took_part("licensing.licence", body.pk, [user_id])


def test_n20_a_case_asks_for_a_report_that_recommends(body: Organisation) -> None:
    def checking(kind: Kind = Kind.WITNESS) -> str:
        return refusal(lambda: rules.check_visited(body, kind))

    assert checking() == "N-20"
    make.running_visit(body, Kind.WITNESS)
    assert checking() == "N-20"
    make.reported_visit(body, Kind.WITNESS, recommendation="negative")
    assert checking() == "N-20"
    make.reported_visit(body, Kind.WITNESS)
    rules.check_visited(body, Kind.WITNESS)
    assert checking(Kind.ASSESSMENT) == "N-20"


def test_n20_a_report_that_does_not_recommend_is_enough_once_its_findings_are_closed(
    body: Organisation,
) -> None:
    visit = make.reported_visit(body, Kind.ASSESSMENT, ["major", "observation"])
    assert refusal(lambda: rules.check_visited(body, Kind.ASSESSMENT)) == "N-20"

    make.close(visit.findings.get(grade="major"))

    rules.check_visited(body, Kind.ASSESSMENT)
    assert list(queries.visits_about(body)) == [visit]


def test_n21_no_major_finding_is_left_and_every_minor_one_is_answered(body: Organisation) -> None:
    visit = make.reported_visit(body, findings=["major", "minor", "observation"])
    major, minor, _observation = visit.findings.order_by("pk")

    def checking() -> str:
        return refusal(lambda: rules.check_findings_settled(body))

    assert checking() == "N-21"
    make.answer(minor)
    assert checking() == "N-21"
    make.answer(major)
    assert checking() == "N-21"  # answered is not enough for a major one
    perform(major, "close", make.officer(), at=noon(TODAY))
    rules.check_findings_settled(body)


def test_n21_a_lapsed_finding_is_unsettled(body: Organisation) -> None:
    finding = make.raised("minor", of=body)
    perform(finding, "lapse", SYSTEM, at=noon(TODAY + timedelta(days=91)))

    assert refusal(lambda: rules.check_findings_settled(body)) == "N-21"


def test_assigning_many_costs_the_same_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rules.found_ties(make.assessor(), 0, TODAY)  # policies are read at most twice a minute
    by = make.officer()
    made = [make.planned_visit(team=[make.assessor(), make.assessor()]) for _ in range(4)]

    for visits, each in ((made[:1], 1), (made[1:], 3)):
        # savepoint 2, lock, prefetches 9, N-04 for each, events, numbers, paper 3, update, tasks 2
        with django_assert_num_queries(22 + each):
            outcome = perform_all(visits, "assign", by, at=noon(TODAY))
        assert len(outcome.events) == len(visits)


def test_an_officer_neither_conducts_nor_waives(body: Organisation) -> None:
    visit = make.assigned_visit(body)

    with pytest.raises(NotPermitted):
        perform(visit, "start", make.officer(), at=noon(TODAY))


def test_who_may_do_what_is_reviewed() -> None:
    of = access.organisation()
    people = {
        "body": make.administrator(of),
        "officer": make.officer(),
        "coordinator": make.coordinator(),
        "assessor": make.acting(make.assessor()),
        "auditor": access.person(Role.AUDITOR, of=access.authority()),
        "plenary": access.person(Role.PLENARY_MEMBER, of=access.authority()),
        "system": SYSTEM,
    }
    visit, finding = make.planned_visit(of), make.raised(of=of)
    assessor = make.entry()

    def in_states(record: Visit | Finding | LicensingAssessor) -> dict[str, list[str]]:
        table: dict[str, list[str]] = {}
        for state in record.State.values:
            record.state = state
            table |= access.matrix({state: record}, people)
        return table

    assert in_states(visit) == snapshot(
        {
            "planned officer": ["assign", "cancel"],
            "assigned officer": ["cancel"],
            "assigned assessor": ["start"],
            "running assessor": ["report"],
        }
    )
    assert in_states(finding) == snapshot(
        {
            "draft assessor": ["withdraw"],
            "draft system": ["raise"],
            "open body": ["answer"],
            "open officer": ["note"],
            "open assessor": ["note"],
            "open system": ["lapse"],
            "answered officer": ["return", "close"],
            "answered assessor": ["return", "close"],
            "lapsed officer": ["reopen"],
            "lapsed assessor": ["reopen"],
        }
    )
    assert in_states(assessor) == snapshot(
        {
            "candidate coordinator": ["activate", "end"],
            "active coordinator": ["suspend", "end"],
            "suspended coordinator": ["reinstate", "end"],
        }
    )
