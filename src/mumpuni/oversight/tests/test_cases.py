"""Sanction cases: who proposes, reviews and decrees, whom they touch, and what a decree does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from inline_snapshot import snapshot

from mumpuni.access.models import Membership
from mumpuni.access.person import SYSTEM
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.tests import make as assessment
from mumpuni.casework.actions import lapse
from mumpuni.certificates.tests import make as certificates
from mumpuni.kernel.errors import Invalid, NotPermitted, Refused, WrongState
from mumpuni.kernel.models import Task
from mumpuni.kernel.workflow import amend, perform
from mumpuni.licensing.models import Licence
from mumpuni.licensing.queries import Status, licence_of, status_on
from mumpuni.licensing.rules import check_active
from mumpuni.licensing.tests import make as licensing
from mumpuni.oversight import actions, rules
from mumpuni.oversight.models import Group, SanctionCase, affected
from mumpuni.oversight.tests import make
from mumpuni.plenary.models import Ballot
from mumpuni.plenary.tests import make as plenary
from mumpuni.visits.models import Kind
from mumpuni.visits.tests import make as visits

pytestmark = pytest.mark.django_db

K, S = SanctionCase.Kind, SanctionCase.State
AT = make.noon(make.TODAY)
G = Group


@pytest.fixture
def licence() -> Licence:
    return licensing.licence()


def status(licence: Licence, day: date) -> Status:
    found = licence_of(licence.organisation_id)
    assert found is not None
    return status_on(found, day)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def take(case: SanctionCase, step: str) -> Callable[[], object]:
    return lambda: perform(case, step, make.law_officer(), at=AT)


def test_a_freeze_holds_from_the_day_that_its_decree_names(licence: Licence) -> None:
    begins = make.TODAY + timedelta(days=10)
    case = make.decreed(licence=licence, effective_on=begins)

    assert case.sanction is not None
    assert (case.sanction.effective_on, case.sanction.months) == (begins, 3)
    assert status(licence, begins - timedelta(days=1)) == Status.ACTIVE
    assert status(licence, begins) == Status.FROZEN
    with pytest.raises(Refused) as refused:
        check_active(licence.organisation_id, begins)
    assert refused.value.code == "L-10"
    assert case.sanction.decree_number in refused.value.message


def test_a_revocation_and_a_warning_do_what_they_say(licence: Licence) -> None:
    warned = make.decreed(K.WARNING, licence)
    assert warned.sanction is None
    assert status(licence, make.TODAY) == Status.ACTIVE

    make.decreed(K.REVOCATION, licence)
    assert status(licence, make.TODAY) == Status.REVOKED


def test_a_freeze_is_lifted_from_the_day_that_the_decree_names(licence: Licence) -> None:
    frozen = make.decreed(licence=licence)
    later = make.TODAY + timedelta(days=60)
    make.check_again(licence, on=later)

    lifting = make.in_plenary(K.LIFTING, licence, on=later)
    again = later + timedelta(days=7)
    make.decree_it(lifting, on=later, effective_on=again)

    assert lifting.sanction == frozen.sanction
    assert status(licence, again - timedelta(days=1)) == Status.FROZEN
    assert status(licence, again) == Status.ACTIVE


def test_o_01_a_case_fits_how_the_licence_stands(licence: Licence) -> None:
    assert refusal(lambda: make.proposed(K.LIFTING, licence)) == "O-01"
    make.decreed(licence=licence)
    assert refusal(lambda: make.proposed(K.FREEZE, licence)) == "O-01"
    make.decreed(K.REVOCATION, licence)
    for kind in (K.WARNING, K.REVOCATION, K.LIFTING):
        assert refusal(lambda kind=kind: make.proposed(kind, licence)) == "O-01"  # type: ignore[misc]


def test_one_case_about_a_licence_at_a_time(licence: Licence) -> None:
    make.proposed(licence=licence)

    with pytest.raises(Invalid, match="perkara lain"):
        make.proposed(K.WARNING, licence)


@pytest.mark.parametrize("missing", [{"ground": ""}, {"reason": " "}, {"months": None}])
def test_o_02_a_proposal_is_complete_before_it_is_reviewed(missing: dict[str, Any]) -> None:
    case = make.proposed(**missing)

    assert refusal(take(case, "to_review")) == "O-02"


def test_o_03_whoever_proposed_does_not_review(licence: Licence) -> None:
    officer = make.law_officer()
    values = {"ground": "misprint", "reason": "Salah cetak.", "months": 3}
    case = actions.open_case(licence, K.FREEZE, values, officer, at=AT)
    perform(case, "to_review", officer, at=AT)

    assert refusal(lambda: amend(case, {"opinion": "Cukup."}, officer, at=AT)) == "O-03"
    for step in ("hear", "to_plenary", "return"):
        assert refusal(lambda step=step: perform(case, step, officer, at=AT, note="x")) == "O-03"  # type: ignore[misc]
    assert refusal(take(case, "to_plenary")) == "O-03", "without an opinion"
    perform(case, "return", make.law_officer(), at=AT, note="Lengkapi buktinya.")
    assert case.state == S.PROPOSED


def test_o_03_whoever_prepared_a_case_does_not_vote_on_it() -> None:
    case = make.in_review()
    user = access.member(Role.LAW_OFFICER)
    Membership.objects.create(
        user=user,
        organisation=access.authority(),
        role=Role.PLENARY_MEMBER,
        valid_from=date(2020, 1, 1),
    )
    both = access.person(Role.LAW_OFFICER, of=access.authority(), by=user)
    amend(case, {"opinion": "Dasar cukup.", "urgency": "Mendesak."}, both, at=AT)
    make.rule(case)
    perform(case, "to_plenary", both, at=AT)

    meeting = plenary.opened([user, plenary.voter(), plenary.voter()], AT)
    item = plenary.listed(case, "sanction", meeting, AT)

    assert item.ballots.get(user=user).choice == Ballot.Choice.EXCLUDED


def test_o_04_everybody_who_is_touched_is_ruled_on() -> None:
    session = assessment.open_session()
    licence = session.organisation.licence
    case = make.in_review(licence=licence)
    officer = make.law_officer()
    amend(case, {"opinion": "Cukup.", "urgency": "Mendesak."}, officer, at=AT)

    assert refusal(lambda: perform(case, "to_plenary", officer, at=AT)) == "O-04"
    given = {"sessions": {"fate": "transfer", "note": "Ke LSP tetangga."}}
    actions.rule_on(case, given, officer, at=AT)
    perform(case, "to_plenary", officer, at=AT)

    [ruling] = case.rulings.all()
    assert (ruling.group, ruling.count, ruling.fate) == ("sessions", 1, "transfer")


def test_o_04_a_warning_touches_nobody() -> None:
    case = make.in_review(K.WARNING)

    assert refusal(lambda: actions.rule_on(case, {}, make.law_officer(), at=AT)) == "O-04"


def test_what_is_touched_is_counted() -> None:
    request = certificates.submitted_request(assessment.decided_session())
    body = request.organisation

    found = {one.group: one.count for one in affected(body.licence)}

    assert found == {G.REQUESTS: 1}
    assert affected(licensing.licence()) == []


def test_o_05_the_body_is_heard_first(licence: Licence) -> None:
    case = make.in_hearing(licence)
    body = make.administrator(licence.organisation)
    task = Task.objects.about(case).open().get()
    assert (task.organisation_id, task.permission) == (licence.organisation_id, "sanction.answer")

    assert refusal(lambda: perform(case, "answer", body, at=AT)) == "O-05"
    amend(case, {"answer": "Cetakan sudah ditarik."}, body, at=AT)
    perform(case, "answer", body, at=AT)

    amend(case, {"opinion": "Dasar cukup."}, make.law_officer(), at=AT)
    perform(case, "to_plenary", make.law_officer(), at=AT)
    assert case.state == S.PLENARY


def test_o_05_a_case_goes_on_without_the_answer_once_its_time_is_over() -> None:
    case = make.in_hearing()
    assert case.heard_from is not None
    last = rules.hearing_due(case, case.heard_from)

    assert refusal(lambda: perform(case, "lapse", SYSTEM, at=make.noon(last))) == "O-05"
    after = last + timedelta(days=1)
    assert lapse(make.noon(after), after) == 1
    case.refresh_from_db()
    assert case.state == S.REVIEW


def test_o_05_without_a_hearing_it_is_written_why(licence: Licence) -> None:
    case = make.in_review(licence=licence)
    amend(case, {"opinion": "Dasar cukup."}, make.law_officer(), at=AT)
    assert refusal(take(case, "to_plenary")) == "O-05"

    amend(case, {"urgency": "Uji palsu berlangsung besok."}, make.law_officer(), at=AT)
    perform(case, "to_plenary", make.law_officer(), at=AT)
    assert case.state == S.PLENARY


def test_o_05_a_lifting_asks_nobody() -> None:
    licence = make.decreed().licence
    case = make.in_review(K.LIFTING, licence)

    assert refusal(take(case, "hear")) == "O-05"


def test_o_06_a_decree_rests_on_a_carried_vote(licence: Licence) -> None:
    """O-06 is told as P-08."""
    case = make.in_plenary(licence=licence)
    make.write_decree(case)
    assert refusal(take(case, "decree")) == "P-08"
    assert refusal(take(case, "reject")) == "P-08"

    plenary.rejected(case, "sanction", AT)
    assert refusal(take(case, "decree")) == "P-08"
    perform(case, "reject", make.law_officer(), at=AT)

    assert case.state == S.DROPPED
    assert status(licence, make.TODAY) == Status.ACTIVE


def test_o_07_a_decree_has_number_and_day_and_says_why_it_reaches_back() -> None:
    case = make.in_plenary()
    plenary.carried(case, "sanction", AT)
    assert refusal(take(case, "decree")) == "O-07"

    make.write_decree(case, effective_on=make.TODAY - timedelta(days=1))
    assert refusal(take(case, "decree")) == "O-07"
    amend(case, {"early_reason": "Ditandatangani kemarin."}, make.law_officer(), at=AT)
    perform(case, "decree", make.law_officer(), at=AT)

    assert status(case.licence, make.TODAY - timedelta(days=1)) == Status.FROZEN


def test_a_number_of_a_decree_is_used_once() -> None:
    make.decreed(decree_number="KEP.1/BNSP/VI/2026")

    with pytest.raises(Invalid, match="Nomor SK"):
        make.write_decree(make.in_plenary(), decree_number="KEP.1/BNSP/VI/2026")


def test_o_08_a_freeze_is_lifted_when_what_it_obliged_to_is_fulfilled(licence: Licence) -> None:
    obligation = make.obliged(licence)
    make.check_again(licence)
    case = make.in_plenary(K.LIFTING, licence)
    plenary.carried(case, "sanction", AT)
    make.write_decree(case)
    assert refusal(take(case, "decree")) == "O-08"

    make.fulfil(obligation)
    perform(case, "decree", make.law_officer(), at=AT)
    assert status(licence, make.TODAY) == Status.ACTIVE


def test_o_09_a_freeze_is_lifted_after_a_visit_since(licence: Licence) -> None:
    visits.reported_visit(licence, Kind.SURVEILLANCE, on=make.TODAY - timedelta(days=30))
    make.decreed(licence=licence)
    case = make.in_plenary(K.LIFTING, licence)
    plenary.carried(case, "sanction", AT)
    make.write_decree(case)
    assert refusal(take(case, "decree")) == "O-09"

    visit = visits.reported_visit(licence, Kind.RECHECK, ["major"], on=make.TODAY)
    assert refusal(take(case, "decree")) == "O-09", "what it found is open"
    visits.close(visit.findings.get(), on=make.TODAY)
    perform(case, "decree", make.law_officer(), at=AT)
    assert case.state == S.DECREED


def test_l_14_nobody_acts_on_a_body_they_belong_to(licence: Licence) -> None:
    user = access.member(Role.BODY_ADMIN, licence.organisation)
    actor = access.person(Role.LAW_OFFICER, of=access.authority(), by=user)
    case = make.in_review(licence=licence)

    assert refusal(lambda: perform(case, "hear", actor, at=AT)) == "L-14"
    perform(case, "drop", make.law_officer(), at=AT, note="Dihentikan.")
    found = Licence.objects.get(pk=licence.pk)
    values = {"ground": "other", "reason": "x"}
    opening = lambda: actions.open_case(found, K.WARNING, values, actor, at=AT)  # noqa: E731
    assert refusal(opening) == "L-14"


def test_a_body_proposes_nothing(licence: Licence) -> None:
    body = make.administrator(licence.organisation)

    with pytest.raises(NotPermitted):
        actions.open_case(licence, K.WARNING, {}, body, at=AT)


def test_a_case_that_goes_no_further_forgets_its_obligations() -> None:
    case = make.in_review()
    obligation = make.prepared(case)

    perform(case, "drop", make.law_officer(), at=AT, note="Bukti tidak cukup.")

    obligation.refresh_from_db()
    assert obligation.state == "discarded"
    with pytest.raises(WrongState):
        perform(case, "to_plenary", make.law_officer(), at=AT)


def test_months_are_within_bounds() -> None:
    case = make.proposed()
    case.months = 61

    with pytest.raises(ValidationError):
        case.full_clean()


def test_who_may_take_which_step() -> None:
    case = make.proposed()
    records = {}
    for state in S:
        copy = SanctionCase.objects.get(pk=case.pk)
        copy.state = state
        records[state.value] = copy
    people = {
        "law": make.law_officer(),
        "body": make.administrator(case.organisation),
        "other_body": make.administrator(licensing.applicant()),
        "plenary": licensing.plenary_member(),
        "committee": make.committee_member(),
        "officer": licensing.officer(),
        "system": SYSTEM,
    }

    assert access.matrix(records, people) == snapshot(
        {
            "proposed law": ["to_review", "drop"],
            "review law": ["return", "hear", "to_plenary", "drop"],
            "hearing body": ["answer"],
            "hearing system": ["lapse"],
            "plenary law": ["decree", "reject"],
        }
    )
