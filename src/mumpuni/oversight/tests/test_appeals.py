"""Appeals: filed in time, decided by people who decided nothing before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from inline_snapshot import snapshot

from mumpuni.access.person import SYSTEM
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.kernel.models import Task
from mumpuni.kernel.workflow import amend, perform
from mumpuni.licensing.queries import Status, licence_of, status_on
from mumpuni.licensing.tests import make as licensing
from mumpuni.oversight import actions, queries, rules
from mumpuni.oversight.models import Appeal, SanctionCase
from mumpuni.oversight.tests import make
from mumpuni.plenary.actions import cast
from mumpuni.plenary.models import AgendaItem, Ballot
from mumpuni.plenary.tests import make as plenary

pytestmark = pytest.mark.django_db

AT = make.noon(make.TODAY)
K, A = SanctionCase.Kind, Appeal.State


def status(organisation_id: int, day: date = make.TODAY) -> Status:
    found = licence_of(organisation_id)
    assert found is not None
    return status_on(found, day)


def test_an_appeal_that_is_dismissed_leaves_the_freeze() -> None:
    appeal = make.before_committee()
    task = Task.objects.about(appeal).open().get()
    assert task.due_on == rules.decision_until(appeal, make.TODAY)

    make.decide(appeal, uphold=False)

    assert (appeal.state, appeal.decided_on) == (A.DISMISSED, make.TODAY)
    assert status(appeal.organisation_id) == Status.FROZEN


@pytest.mark.parametrize("kind", [K.FREEZE, K.REVOCATION])
def test_an_appeal_that_is_upheld_ends_the_sanction(kind: str) -> None:
    case = make.decreed(kind)
    day = make.TODAY + timedelta(days=9)

    make.decide(make.before_committee(case, on=day), uphold=True, on=day)

    assert status(case.organisation_id, day - timedelta(days=1)) != Status.ACTIVE
    assert status(case.organisation_id, day) == Status.ACTIVE
    case.licence.refresh_from_db()
    assert case.licence.state == "active"


def test_an_upheld_appeal_against_a_warning_touches_no_licence() -> None:
    appeal = make.before_committee(make.decreed(K.WARNING))

    make.decide(appeal, uphold=True)

    assert appeal.state == A.UPHELD


def test_o_12_an_appeal_is_filed_in_time() -> None:
    case = make.decreed()
    last = rules.last_day_to_appeal(case)
    assert last is not None

    with pytest.raises(Refused) as refused:
        make.appealed(case, on=last + timedelta(days=1))
    assert refused.value.code == "O-12"
    assert make.appealed(case, on=last).state == A.FILED


def test_o_12_nobody_appeals_against_what_is_not_decided_or_not_theirs() -> None:
    case = make.in_plenary()
    with pytest.raises(Refused) as refused:
        make.appealed(case)
    assert refused.value.code == "O-12"

    decreed, other = make.decreed(), licensing.applicant()
    with pytest.raises(Refused) as refused:
        actions.file_appeal(decreed, other.pk, "x", make.administrator(other), at=AT)
    assert refused.value.code == "O-12"


def test_a_refused_applicant_may_appeal() -> None:
    application = licensing.in_state("refused", on=make.TODAY)
    body = make.administrator(application.organisation)
    assert queries.decisions(body) == [application]

    appeal = actions.file_appeal(
        application, application.organisation_id, "Bukti tidak dibaca.", body, at=AT
    )
    assert queries.decisions(body) == []
    perform(appeal, "to_committee", make.law_officer(), at=AT)
    make.decide(appeal, uphold=True)

    assert appeal.state == A.UPHELD


def test_a_decision_is_appealed_against_once_unless_withdrawn() -> None:
    appeal = make.appealed()
    case = appeal.decision
    assert isinstance(case, SanctionCase)
    with pytest.raises(Invalid, match="sudah dibanding"):
        make.appealed(case)

    body = make.administrator(appeal.organisation)
    amend(appeal, {"grounds": "Alasan baru."}, body, at=AT)
    perform(appeal, "withdraw", body, at=AT, note="Diselesaikan.")
    assert make.appealed(case).state == A.FILED


def test_o_13_nobody_sits_who_had_a_hand_in_the_decision() -> None:
    """O-13: they are excluded, and P-07 wants another member."""
    appeal = make.before_committee()
    voted = AgendaItem.objects.get(case_id=appeal.case_id, question="sanction")
    decider = voted.ballots.first()
    assert decider is not None
    members = [decider.user, access.member(Role.APPEAL_MEMBER), access.member(Role.APPEAL_MEMBER)]

    meeting = plenary.opened(members, AT, kind="appeal")
    item = plenary.listed(appeal, "appeal", meeting, AT)

    excluded = item.ballots.get()
    assert (excluded.user, excluded.choice) == (decider.user, Ballot.Choice.EXCLUDED)
    for member in members[1:]:
        cast(item, "yes", "", plenary.acting(member), at=AT)
    with pytest.raises(Refused) as refused:
        perform(item, "decide", plenary.secretary(), at=AT)
    assert refused.value.code == "P-07"


def test_o_14_the_committee_decides_as_it_voted() -> None:
    """O-14 is told as P-08."""
    appeal = make.before_committee()
    member = make.committee_member()
    for step in ("uphold", "dismiss"):
        with pytest.raises(Refused) as refused:
            perform(appeal, step, member, at=AT, note="Putusan.")
        assert refused.value.code == "P-08"

    make.decide(appeal, uphold=False)
    assert appeal.state == A.DISMISSED


def test_l_14_no_member_of_the_body_handles_its_appeal() -> None:
    appeal = make.appealed()
    user = access.member(Role.BODY_ADMIN, appeal.organisation)
    actor = access.person(Role.LAW_OFFICER, of=access.authority(), by=user)

    with pytest.raises(Refused) as refused:
        perform(appeal, "to_committee", actor, at=AT)

    assert refused.value.code == "L-14"


def test_who_may_take_which_step() -> None:
    appeal = make.appealed()
    records = {}
    for state in A:
        copy = Appeal.objects.get(pk=appeal.pk)
        copy.state = state
        records[state.value] = copy
    people = {
        "law": make.law_officer(),
        "committee": make.committee_member(),
        "body": make.administrator(appeal.organisation),
        "other_body": make.administrator(licensing.applicant()),
        "plenary": licensing.plenary_member(),
        "system": SYSTEM,
    }

    assert access.matrix(records, people) == snapshot(
        {
            "filed law": ["to_committee"],
            "filed body": ["withdraw"],
            "committee committee": ["uphold", "dismiss"],
            "committee body": ["withdraw"],
        }
    )
