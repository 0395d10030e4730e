"""Meetings decide by vote: P-01 to P-11, each by its number."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from inline_snapshot import snapshot

from mumpuni.access.models import Membership, Organisation
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.errors import Invalid, NotPermitted, Refused, WrongState
from mumpuni.kernel.models import Event, Task
from mumpuni.kernel.workflow import amend, perform
from mumpuni.plenary import actions, queries, rules
from mumpuni.plenary.models import AgendaItem, Ballot, Meeting
from mumpuni.plenary.tests import make
from mumpuni.plenary.tests.make import NOON

pytestmark = pytest.mark.django_db

YES, NO, ABSTAIN, EXCLUDED = Ballot.Choice.values


def code(refused: Callable[..., Any], *given: Any, **named: Any) -> str:
    with pytest.raises(Refused) as caught:
        refused(*given, **named)
    return caught.value.code


newest = AgendaItem.objects.newest_decided


def step(record: Meeting | AgendaItem, name: str, note: str = "") -> None:
    perform(record, name, make.secretary(), at=NOON, note=note)


def present(meeting: Meeting, *users: int) -> None:
    actions.mark_present(meeting, users, make.secretary(), at=NOON)


@pytest.mark.parametrize(("there", "members"), [(0, 3), (1, 3), (2, 4)])
def test_p_01_half_of_the_members_are_not_enough_to_open(there: int, members: int) -> None:
    voters = [make.voter() for _ in range(members)]
    meeting = make.planned(voters)
    present(meeting, *[user.pk for user in voters[:there]])

    assert code(step, meeting, "open") == "P-01"

    present(meeting, *[user.pk for user in voters[: there + 2]])
    step(meeting, "open")
    assert meeting.state == Meeting.State.OPEN
    assert meeting.number == "001/PLENO/2026"


def test_p_01_a_vote_needs_more_than_half_of_those_who_may_vote(body: Organisation) -> None:
    voters = [make.voter() for _ in range(4)]
    meeting = make.planned(voters)
    present(meeting, *[user.pk for user in voters[:3]])
    step(meeting, "open")
    item = make.listed(body, "admit", meeting)
    actions.cast(item, YES, "", make.acting(voters[0]), at=NOON)
    actions.cast(item, EXCLUDED, "Pendiri.", make.acting(voters[1]), at=NOON)
    present(meeting, voters[0].pk, voters[1].pk)

    assert code(step, item, "decide") == "P-01"

    present(meeting, *[user.pk for user in voters[:3]])
    actions.cast(item, YES, "", make.acting(voters[2]), at=NOON)
    step(item, "decide")
    assert item.outcome == AgendaItem.Outcome.CARRIED


def test_p_02_a_meeting_ends_when_nothing_is_left_open(body: Organisation) -> None:
    meeting = make.opened()
    item = make.listed(body, "admit", meeting)

    assert code(step, meeting, "close") == "P-02"

    step(item, "postpone", "Menunggu data.")
    step(meeting, "close")
    assert (meeting.state, meeting.closed_at) == (Meeting.State.CLOSED, NOON)


@pytest.mark.parametrize("end", ["decided", "postponed", "dropped"])
def test_p_02_decided_postponed_and_dropped_items_let_a_meeting_end(
    body: Organisation, end: str
) -> None:
    meeting = make.opened()
    item = make.listed(body, "admit", meeting)
    if end == "decided":
        make.vote(item, NO, NO, NO)
    step(item, {"decided": "decide", "postponed": "postpone", "dropped": "drop"}[end], "Selesai.")

    step(meeting, "close")

    assert item.state == end
    assert meeting.state == Meeting.State.CLOSED


def test_p_03_nobody_votes_before_the_opening(body: Organisation) -> None:
    meeting = make.planned()
    make.everybody_comes(meeting)
    item = make.listed(body, "admit", meeting)

    assert code(make.vote, item, YES) == "P-03"
    assert code(step, item, "decide") == "P-03"


def test_p_04_votes_are_counted_when_everybody_there_has_voted(body: Organisation) -> None:
    voters = [make.voter(name) for name in ("Ani", "Budi", "Citra")]
    meeting = make.opened(voters)
    item = make.listed(body, "admit", meeting)
    make.vote(item, YES, YES)

    with pytest.raises(Refused, match="Citra") as caught:
        step(item, "decide")
    assert caught.value.code == "P-04"

    present(meeting, voters[0].pk, voters[1].pk)
    step(item, "decide")
    assert item.outcome == AgendaItem.Outcome.CARRIED


def test_p_05_a_member_votes_once(body: Organisation) -> None:
    meeting = make.opened()
    item = make.listed(body, "admit", meeting)
    make.vote(item, YES)

    assert code(make.vote, item, NO) == "P-05"
    assert [ballot.choice for ballot in item.ballots.all()] == [YES]


def test_p_05_only_members_who_are_there_vote(body: Organisation) -> None:
    voters = [make.voter() for _ in range(3)]
    meeting = make.opened(voters)
    item = make.listed(body, "admit", meeting)
    present(meeting, voters[0].pk, voters[1].pk)

    for absent in (voters[2], make.voter()):
        assert code(actions.cast, item, YES, "", make.acting(absent), at=NOON) == "P-05"


def test_only_those_with_a_vote_vote(body: Organisation) -> None:
    item = make.listed(body, "admit", make.opened())

    with pytest.raises(NotPermitted):
        actions.cast(item, YES, "", make.secretary(), at=NOON)


@pytest.mark.parametrize("listed_first", [True, False])
def test_p_06_a_member_of_the_body_is_excluded_with_the_reason(
    body: Organisation, listed_first: bool
) -> None:
    voters = [make.voter() for _ in range(3)]
    join(body, voters[2])
    meeting = make.planned(voters)
    make.everybody_comes(meeting)
    if listed_first:
        item = make.listed(body, "admit", meeting)
    step(meeting, "open")
    if not listed_first:
        item = make.listed(body, "admit", meeting)

    with pytest.raises(Refused, match="Anggota lembaga") as caught:
        actions.cast(item, YES, "", make.acting(voters[2]), at=NOON)
    assert caught.value.code == "P-06"

    make.vote(item, YES, YES)
    step(item, "decide")
    assert item.outcome == AgendaItem.Outcome.CARRIED
    assert item.tally == {YES: 2, NO: 0, ABSTAIN: 0, EXCLUDED: 1}


def join(body: Organisation, user: Any, until: int | None = None) -> Membership:
    """Let somebody belong to a body, until so many days from now."""
    end = None if until is None else make.DAY + timedelta(days=until)
    return Membership.objects.create(
        user=user,
        organisation=body,
        role=Role.BODY_DECIDER,
        valid_from=access.SINCE,
        valid_until=end,
    )


def test_p_06_who_has_left_the_body_votes(body: Organisation) -> None:
    voters = [make.voter() for _ in range(3)]
    join(body, voters[2], until=-1)
    item = make.listed(body, "admit", make.opened(voters))

    make.vote(item, YES, YES, YES)

    assert item.tally[YES] == 3


def test_p_06_who_joins_the_body_during_the_meeting_is_excluded(body: Organisation) -> None:
    voters = [make.voter() for _ in range(3)]
    item = make.listed(body, "admit", make.opened(voters))
    join(body, voters[0])

    cast = actions.cast(item, YES, "", make.acting(voters[0]), at=NOON)

    assert (cast.choice, cast.reason) == (EXCLUDED, "Anggota lembaga yang perkaranya diputus.")


def test_p_06_who_withdraws_says_why(body: Organisation) -> None:
    voters = [make.voter() for _ in range(3)]
    item = make.listed(body, "admit", make.opened(voters))

    with pytest.raises(Invalid) as caught:
        actions.cast(item, EXCLUDED, " ", make.acting(voters[0]), at=NOON)

    assert (caught.value.code, [*caught.value.fields]) == ("P-06", ["reason"])
    cast = actions.cast(item, EXCLUDED, "Saudara direktur.", make.acting(voters[0]), at=NOON)
    assert cast.reason == "Saudara direktur."


def test_p_06_packages_above_know_further_grounds(
    body: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    voters = [make.voter() for _ in range(3)]

    def took_part(_item: AgendaItem, users: Collection[int], _day: date) -> dict[int, str]:
        return {user: "Mengasesmen lembaga ini." for user in users if user == voters[1].pk}

    monkeypatch.setattr(rules, "GROUNDS", [*rules.GROUNDS, took_part])

    item = make.listed(body, "admit", make.opened(voters))

    assert [(ballot.user, ballot.reason) for ballot in item.ballots.all()] == [
        (voters[1], "Mengasesmen lembaga ini.")
    ]


@pytest.mark.parametrize("members", [2, 4])
def test_p_07_an_appeal_is_heard_by_exactly_three(members: int) -> None:
    meeting = make.planned([make.voter() for _ in range(members)], kind=Meeting.Kind.APPEAL)
    make.everybody_comes(meeting)

    assert code(step, meeting, "open") == "P-07"


def test_p_07_nobody_of_the_committee_is_excluded(body: Organisation) -> None:
    voters = [make.voter() for _ in range(3)]
    join(body, voters[0])
    meeting = make.opened(voters, kind=Meeting.Kind.APPEAL)
    item = make.listed(body, "appeal", meeting)
    for user in voters[1:]:
        actions.cast(item, YES, "", make.acting(user), at=NOON)

    assert meeting.number == "001/BANDING/2026"
    assert code(step, item, "decide") == "P-07"


def test_p_08_a_carried_vote_opens_what_it_decides(body: Organisation) -> None:
    assert code(rules.carried, newest(body, "admit")) == "P-08"
    assert code(rules.rejected, newest(body, "admit")) == "P-08"
    assert newest(body, "admit") is None

    make.carried(body, "admit")

    rules.carried(newest(body, "admit"))
    assert code(rules.rejected, newest(body, "admit")) == "P-08"
    assert code(rules.carried, newest(body, "appeal")) == "P-08"
    assert code(rules.carried, newest(access.organisation(), "admit")) == "P-08"


def test_p_08_the_newest_vote_counts(body: Organisation) -> None:
    make.carried(body, "admit")
    later = make.rejected(body, "admit", NOON + timedelta(days=1))

    rules.rejected(newest(body, "admit"))
    assert code(rules.carried, newest(body, "admit")) == "P-08"
    assert newest(body, "admit") == later


def test_p_09_only_what_waits_for_such_a_vote_is_listed(body: Organisation) -> None:
    meeting, secretary = make.opened(), make.secretary()

    for record, question in ((body, "unknown"), (body, "appeal"), (meeting, "admit")):
        assert (
            code(actions.list_item, record, question, body.pk, meeting, secretary, at=NOON)
            == "P-09"
        )
    body.state = "elsewhere"
    assert code(make.listed, body, "admit", meeting) == "P-09"


def test_a_record_stands_on_one_agenda_at_a_time(body: Organisation) -> None:
    first = make.listed(body, "admit", make.opened())

    assert code(make.listed, body, "admit", make.planned()) == "invalid"

    step(first, "postpone", "Berkas kurang.")
    assert make.listed(body, "admit", make.planned()).state == AgendaItem.State.LISTED


def test_nothing_is_listed_once_a_meeting_is_over(body: Organisation) -> None:
    meeting = make.opened()
    step(meeting, "close")

    with pytest.raises(WrongState):
        make.listed(body, "admit", meeting)


def test_p_10_the_chair_is_a_member_who_is_there() -> None:
    voters = [make.voter() for _ in range(3)]
    meeting = make.planned(voters)
    present(meeting, voters[1].pk, voters[2].pk)

    assert code(step, meeting, "open") == "P-10"

    amend(meeting, {"chair": voters[1]}, make.secretary(), at=NOON)
    step(meeting, "open")
    assert meeting.state == Meeting.State.OPEN


def test_p_11_seats_go_to_those_who_have_a_vote() -> None:
    meeting, secretary = make.planned(), make.secretary()
    stranger = access.member(Role.BODY_ADMIN)

    assert code(actions.seat, meeting, [stranger.pk], secretary, at=NOON) == "P-11"
    assert code(present, meeting, stranger.pk) == "P-11"


def test_seats_are_given_before_the_opening_only() -> None:
    voters = [make.voter() for _ in range(4)]
    meeting, secretary = make.planned(voters[:3]), make.secretary()

    actions.seat(meeting, [voters[3].pk], secretary, at=NOON)

    assert [*queries.members_of(meeting)] == [voters[0], voters[3]]
    make.everybody_comes(meeting)
    step(meeting, "open")
    with pytest.raises(WrongState):
        actions.seat(meeting, [voters[1].pk], secretary, at=NOON)


@pytest.mark.parametrize(
    ("choices", "outcome"),
    [
        ((YES, YES, NO), "carried"),
        ((YES, ABSTAIN, ABSTAIN), "carried"),
        ((NO, NO, YES), "rejected"),
        ((YES, NO, ABSTAIN), "rejected"),
        ((ABSTAIN, ABSTAIN, ABSTAIN), "rejected"),
    ],
)
def test_more_votes_for_than_against_carry_and_a_tie_rejects(
    body: Organisation, choices: tuple[str, ...], outcome: str
) -> None:
    item = make.listed(body, "admit", make.opened())
    make.vote(item, *choices)

    step(item, "decide")

    assert (item.outcome, item.decided_at) == (outcome, NOON)


def test_a_cancelled_meeting_postpones_its_agenda(body: Organisation) -> None:
    meeting = make.planned()
    item = make.listed(body, "admit", meeting)

    step(meeting, "cancel", "Pimpinan berhalangan.")

    item.refresh_from_db()
    assert (meeting.state, item.state) == (Meeting.State.CANCELLED, AgendaItem.State.POSTPONED)


def test_what_waits_for_a_vote_is_known_until_it_is_listed(body: Organisation) -> None:
    authority = access.authority()
    roles = (Role.LICENSING_OFFICER, Role.AUTHORITY_ADMIN)  # the latter sees organisations
    both, officer = access.person(*roles, of=authority), make.secretary()

    def waiting() -> list[Any]:
        found = queries.waiting_for_agenda(both, Meeting.Kind.PLENARY)
        return [one.record for one in found if one.record == body]

    assert [*queries.waiting_for_agenda(officer, Meeting.Kind.PLENARY)] == []

    assert waiting() == [body]
    item = make.listed(body, "admit", make.opened())
    assert waiting() == []
    step(item, "postpone", "Belum siap.")
    assert waiting() == [body]


def test_members_are_asked_to_vote_until_it_is_decided(body: Organisation) -> None:
    item = make.listed(body, "admit", make.opened())
    task = Task.objects.open().get(permission="meeting.vote")

    make.vote(item, YES, YES, YES)
    step(item, "decide")

    task.refresh_from_db()
    assert task.state == Task.State.CLOSED


def test_the_trail_tells_who_voted_but_not_how(body: Organisation) -> None:
    item = make.listed(body, "admit", make.opened([make.voter("Ani"), make.voter(), make.voter()]))

    make.vote(item, YES)

    event = Event.objects.filter(subject="plenary.agendaitem", step="amend").get()
    assert event.changes == {"ballot": ["", "Ani"]}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plenary_ballot SET choice = 'no'",
        "DELETE FROM plenary_ballot",
        "TRUNCATE plenary_ballot",
    ],
)
def test_the_database_refuses_to_change_a_ballot(body: Organisation, statement: str) -> None:
    make.carried(body, "admit")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE plenary_ballot ENABLE TRIGGER plenary_ballot_never_emptied")

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(statement)

    assert Ballot.objects.filter(choice=YES).count() == 3


def test_who_may_take_which_step(body: Organisation) -> None:
    meeting = make.opened()
    item = make.listed(body, "admit", meeting)
    authority = access.authority()
    people = {
        "secretary": make.secretary(),
        "voter": make.acting(make.voter()),
        "law_officer": access.person(Role.LAW_OFFICER, of=authority),
        "auditor": access.person(Role.AUDITOR, of=authority),
        "authority_admin": access.person(Role.AUTHORITY_ADMIN, of=authority),
        "body_admin": access.person(Role.BODY_ADMIN, of=body),
    }
    states: dict[str, Any] = {}
    for state in Meeting.State.values:
        states[state] = Meeting.objects.get(pk=meeting.pk)
        states[state].state = state
    for state in AgendaItem.State.values:
        states[f"item {state}"] = AgendaItem.objects.get(pk=item.pk)
        states[f"item {state}"].state = state

    assert access.matrix(states, people) == snapshot(
        {
            "planned secretary": ["open", "cancel"],
            "planned law_officer": ["open", "cancel"],
            "open secretary": ["close"],
            "open law_officer": ["close"],
            "item listed secretary": ["decide", "postpone", "drop"],
            "item listed law_officer": ["decide", "postpone", "drop"],
        }
    )
