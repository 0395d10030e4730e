"""Applications: what stands in the way of each step, and who may take it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from inline_snapshot import snapshot

from mumpuni.access.models import Membership
from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted, Refused, WrongState
from mumpuni.kernel.models import Event
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing import actions, queries, rules
from mumpuni.licensing.models import ApplicationDocument, BodyType, Licence, LicenceApplication
from mumpuni.licensing.tests import make
from mumpuni.plenary.tests import make as plenary
from mumpuni.schemes.tests import make as schemes

pytestmark = pytest.mark.django_db

NOON = make.noon(make.GRANTED_ON)
Verdict = ApplicationDocument.Verdict


def refusal(record: LicenceApplication, step: str, actor: Any, note: str = "Alasan.") -> str:
    state = record.state
    with pytest.raises(Refused) as refused:
        workflow.perform(record, step, actor, at=NOON, note=note)
    record.refresh_from_db()
    assert record.state == state
    return refused.value.code


def submit(application: LicenceApplication) -> str:
    return refusal(application, "submit", make.administrator(application.organisation))


def judge(application: LicenceApplication, verdict: str, remark: str = "") -> None:
    kinds = application.documents.filter(kind="office", withdrawn_at=None)
    given = {document.pk: actions.Judgement(verdict, remark) for document in kinds}
    change = actions.judging(given)
    workflow.amend_parts(application, "verdicts", change, make.officer(), at=NOON)


def test_l_01_an_applicant_without_address_is_refused() -> None:
    application = make.complete(of=make.applicant(address="  "))

    assert submit(application) == "L-01"


def test_l_01_an_applicant_without_region_is_refused() -> None:
    application = make.complete(of=make.applicant(region=None))

    assert submit(application) == "L-01"


@pytest.mark.parametrize(
    "wrong",
    [
        {"body_type": BodyType.P3, "founder_kind": "company"},
        {"body_type": BodyType.P3, "candidate_group": "own_staff"},
        {"body_type": BodyType.P1_EDUCATION, "candidate_group": "sector"},
        {"body_type": BodyType.P2, "founder_kind": "education"},
    ],
)
def test_l_02_a_type_that_its_founder_or_candidates_contradict_is_refused(
    wrong: dict[str, Any],
) -> None:
    application = make.complete(**wrong)

    assert submit(application) == "L-02"


@pytest.mark.parametrize("body_type", BodyType)
def test_each_type_of_body_can_apply(body_type: BodyType) -> None:
    application = make.in_state("submitted", body_type=body_type)

    assert (application.state, application.submitted_on) == ("submitted", make.GRANTED_ON)


def test_l_03_an_application_without_scheme_is_refused() -> None:
    application = make.complete()
    change = actions.exchanging(drop=[row.scheme_version_id for row in application.schemes.all()])
    actor = make.administrator(application.organisation)
    workflow.amend_parts(application, "schemes", change, actor, at=NOON)

    assert submit(application) == "L-03"


def test_l_04_a_scheme_that_is_not_verified_cannot_be_chosen() -> None:
    application, version = make.draft(), schemes.submitted_scheme()

    with pytest.raises(Refused) as refused:
        make.choose(application, version)

    assert refused.value.code == "L-04"
    assert not application.schemes.exists()


@pytest.mark.parametrize("state", ["draft", "plenary"])
def test_l_04_a_scheme_that_was_retired_since_stops_submission_and_grant(state: str) -> None:
    application = make.in_state(state) if state != "draft" else make.complete()
    for row in application.schemes.all():
        verifier = schemes.scheme_verifier()
        workflow.perform(row.scheme_version, "retire", verifier, at=NOON, note="Diganti.")

    if state == "draft":
        assert submit(application) == "L-04"
    else:
        assert refusal(application, "grant", make.plenary_member()) == "L-04"


def test_l_05_a_missing_document_is_named() -> None:
    application = make.draft()
    make.choose(application, schemes.verified_scheme())

    with pytest.raises(Refused, match="Surat dukungan") as refused:
        workflow.perform(
            application, "submit", make.administrator(application.organisation), at=NOON
        )

    assert refused.value.code == "L-05"


def test_a_body_of_type_p1_needs_no_letters_of_support() -> None:
    application = make.complete(body_type=BodyType.P1_EDUCATION)

    assert "support" not in {document.kind for document in application.current_documents}
    workflow.perform(application, "submit", make.administrator(application.organisation), at=NOON)


def test_l_06_a_second_open_application_is_refused() -> None:
    application = make.draft()

    with pytest.raises(Refused) as refused:
        make.draft(of=application.organisation)

    assert refused.value.code == "L-06"


def test_after_a_withdrawal_one_may_apply_again() -> None:
    application = make.in_state("withdrawn")

    assert make.draft(of=application.organisation).state == "draft"


def test_l_07_a_licensed_body_does_not_apply_as_new() -> None:
    body = make.licensed_body()

    with pytest.raises(Refused) as refused:
        make.draft(of=body)

    assert refused.value.code == "L-07"


def test_l_07_the_authority_does_not_apply() -> None:
    with pytest.raises(Refused) as refused:
        make.draft(of=access.authority())

    assert refused.value.code == "L-07"


def test_l_12_a_document_without_verdict_stops_the_full_assessment() -> None:
    application = make.in_state("document_verification")

    assert refusal(application, "verify", make.officer()) == "L-12"


def test_l_13_a_rejection_says_what_to_mend() -> None:
    application = make.in_state("document_verification")

    with pytest.raises(Refused) as refused:
        judge(application, Verdict.REJECTED, "  ")

    assert refused.value.code == "L-13"


def test_l_17_a_rejected_document_is_replaced_before_the_application_comes_back() -> None:
    application = make.in_state("document_verification")
    admin = make.administrator(application.organisation)
    make.accept_all(application)
    judge(application, Verdict.REJECTED, "Halaman 3 tidak terbaca.")
    workflow.perform(application, "return", make.officer(), at=NOON, note="Perbaiki.")

    assert refusal(application, "resubmit", admin) == "L-17"

    make.attach(application, ApplicationDocument.Kind.OFFICE)
    workflow.perform(application, "resubmit", admin, at=NOON)
    assert application.state == "document_verification"
    offices = application.documents.filter(kind="office").order_by("pk")
    assert [(one.verdict, one.withdrawn_at is None) for one in offices] == [
        ("rejected", False),
        ("pending", True),
    ]
    assert refusal(application, "verify", make.officer()) == "L-12"


def test_l_17_the_same_file_is_no_replacement() -> None:
    application = make.in_state("document_verification")
    judge(application, Verdict.REJECTED, "Halaman 3 tidak terbaca.")
    workflow.perform(application, "return", make.officer(), at=NOON, note="Perbaiki.")
    admin = make.administrator(application.organisation)
    office = application.documents.get(kind="office")
    with office.file.open() as file:
        same = SimpleUploadedFile("baru.pdf", file.read(), "application/pdf")

    change = actions.attaching({"office": same}, Attempt(admin, NOON))
    with pytest.raises(Refused) as refused:
        workflow.amend_parts(application, "documents", change, admin, at=NOON)

    assert refused.value.code == "L-17"


@pytest.mark.parametrize(
    ("state", "step", "role"),
    [
        ("submitted", "appreciate", Role.LICENSING_OFFICER),
        ("document_verification", "return", Role.LICENSING_OFFICER),
        ("document_verification", "verify", Role.LICENSING_OFFICER),
        ("full_assessment", "assess", Role.LICENSING_ASSESSOR),
        ("witness", "witness", Role.LICENSING_ASSESSOR),
        ("plenary", "grant", Role.PLENARY_MEMBER),
        ("plenary", "refuse", Role.PLENARY_MEMBER),
    ],
)
def test_l_14_who_belongs_to_the_applicant_judges_nothing(
    state: str, step: str, role: Role
) -> None:
    application = make.in_state(state)

    assert refusal(application, step, tied(role, application)) == "L-14"


def tied(role: Role, application: LicenceApplication) -> Person:
    """Make somebody of the authority who belongs to the applicant as well."""
    user = access.member(Role.BODY_DECIDER, application.organisation)
    return access.person(role, of=access.authority(), by=user)


def test_l_14_who_belongs_to_the_applicant_gives_no_verdict() -> None:
    application = make.in_state("document_verification")
    actor = tied(Role.LICENSING_OFFICER, application)
    accepting = actions.judging(
        {one.pk: actions.Judgement("accepted") for one in application.documents.all()}
    )

    with pytest.raises(Refused) as refused:
        workflow.amend_parts(
            application, "verdicts", accepting, actor, at=make.noon(make.GRANTED_ON)
        )

    assert refused.value.code == "L-14"
    assert not application.documents.filter(verdict="accepted").exists()


def test_l_14_who_belongs_to_the_applicant_names_no_decree() -> None:
    application = make.in_state("plenary")
    values, actor = {"decree_number": "KEP.1"}, tied(Role.PLENARY_MEMBER, application)

    with pytest.raises(Refused) as refused:
        workflow.amend(application, values, actor, at=make.noon(make.GRANTED_ON))

    assert refused.value.code == "L-14"


def test_who_left_the_applicant_before_that_day_may_judge() -> None:
    application = make.in_state("submitted")
    user = access.member(Role.BODY_DECIDER, application.organisation)
    Membership.objects.filter(user=user).update(valid_until=date(2024, 1, 1))
    actor = access.person(Role.LICENSING_OFFICER, of=access.authority(), by=user)
    make.visited(application)

    workflow.perform(application, "appreciate", actor, at=NOON)

    assert application.state == "document_verification"


@pytest.mark.parametrize("step", ["grant", "refuse"])
def test_l_15_who_assessed_does_not_decide(step: str) -> None:
    application = make.in_state("full_assessment")
    user = access.user()
    both = access.person(
        Role.LICENSING_ASSESSOR, Role.PLENARY_MEMBER, of=access.authority(), by=user
    )
    make.visited(application)
    workflow.perform(application, "assess", both, at=NOON, note="Sesuai.")
    make.advance(application, "plenary")
    make.name_decree(application)

    assert refusal(application, step, both) == "L-15"


@pytest.mark.parametrize(
    ("state", "step", "actor"),
    [
        ("document_verification", "return", make.officer),
        ("full_assessment", "assess", make.licensing_assessor),
        ("witness", "witness", make.licensing_assessor),
        ("plenary", "refuse", make.plenary_member),
    ],
)
def test_k_01_a_step_that_judges_needs_words(state: str, step: str, actor: Any) -> None:
    application = make.in_state(state)
    if state == "plenary":
        plenary.rejected(application, "grant", NOON)
    elif step in {"assess", "witness"}:
        make.visited(application)
    assert refusal(application, step, actor(), note=" ") == "K-01"


@pytest.mark.parametrize("step", ["grant", "refuse"])
def test_l_50_a_decision_rests_on_a_vote(step: str) -> None:
    """L-50, refused as P-08: no vote, then one against the step, then one for it."""
    application = make.in_state("plenary")
    make.name_decree(application)
    against = plenary.rejected if step == "grant" else plenary.carried
    agreeing = plenary.carried if step == "grant" else plenary.rejected
    assert refusal(application, step, make.plenary_member()) == "P-08"

    against(application, "grant", NOON)
    assert refusal(application, step, make.plenary_member()) == "P-08"

    agreeing(application, "grant", NOON + timedelta(hours=1))
    workflow.perform(application, step, make.plenary_member(), at=NOON, note="Sesuai sidang.")
    assert application.state == ("granted" if step == "grant" else "refused")


def test_a_refusal_is_dated_and_final() -> None:
    application = make.in_state("refused")

    assert application.decided_on == make.GRANTED_ON
    assert not Licence.objects.exists()
    with pytest.raises(WrongState):
        workflow.perform(application, "grant", make.plenary_member(), at=NOON)


def test_another_body_cannot_fill_in_an_application() -> None:
    application = make.draft()
    stranger = make.administrator(make.applicant())

    with pytest.raises(NotPermitted):
        workflow.amend(application, {"founder_name": "Saya"}, stranger, at=NOON)
    assert not queries.applications(stranger).exists()


def test_facts_are_closed_once_submitted() -> None:
    application = make.in_state("submitted")
    admin = make.administrator(application.organisation)

    with pytest.raises(WrongState):
        workflow.amend(application, {"founder_name": "Lain"}, admin, at=NOON)


def test_the_readiness_says_what_is_missing() -> None:
    application = make.draft()
    found = rules.readiness(
        application, Attempt(make.administrator(application.organisation), NOON)
    )

    missing = [one.refusal.code for one in found.findings if one.refusal]
    assert missing == ["L-05", "L-03"]


def test_the_inbox_tells_since_when_each_waits() -> None:
    later = make.in_state("submitted", on=date(2024, 3, 5))
    earlier = make.in_state("document_verification", on=date(2024, 2, 1))
    make.draft()

    waiting = {one: one.waiting_since for one in queries.inbox(make.officer())}

    assert waiting == {
        later: make.noon(date(2024, 3, 5)),
        earlier: make.noon(date(2024, 2, 1)),
    }


def test_an_edit_does_not_reset_the_waiting_time() -> None:
    application = make.in_state("document_verification", on=date(2024, 2, 1))
    make.accept_all(application, on=date(2024, 2, 9))

    [found] = queries.inbox(make.officer())
    assert found.waiting_since == make.noon(date(2024, 2, 1))


@pytest.mark.parametrize("size", [1, 3])
def test_bulk_grant_numbers_in_one_go(size: int) -> None:
    applications = [make.in_state("plenary") for _ in range(size)]
    for application in applications:
        plenary.carried(application, "grant", NOON)

    outcome = workflow.perform_all(applications, "grant", make.plenary_member(), at=NOON)

    assert outcome.refusals == {}
    ordinals = sorted(Licence.objects.values_list("ordinal", flat=True))
    assert ordinals == list(range(ordinals[0], ordinals[0] + size))


def test_what_changed_is_told_in_the_trail() -> None:
    application = make.complete()

    told = Event.objects.filter(subject=application.subject, step="amend").order_by("pk")
    assert [sorted(event.changes) for event in told][-1] == ["schemes"]


def test_who_may_take_which_step() -> None:
    def states() -> dict[str, LicenceApplication]:
        application = make.draft()
        found = {}
        for state in LicenceApplication.State:
            copy = LicenceApplication.objects.get(pk=application.pk)
            copy.state = state
            found[state.value] = copy
        return found

    records = states()
    own = records["draft"].organisation
    people = {
        "body_admin": make.administrator(own),
        "other_body": make.administrator(make.applicant()),
        "officer": make.officer(),
        "assessor": make.licensing_assessor(),
        "plenary": make.plenary_member(),
        "law": make.law_officer(),
        "individual": access.person(),
    }

    assert access.matrix(records, people) == snapshot(
        {
            "draft body_admin": ["submit", "withdraw"],
            "submitted body_admin": ["withdraw"],
            "submitted officer": ["appreciate"],
            "document_verification body_admin": ["withdraw"],
            "document_verification officer": ["return", "verify"],
            "returned body_admin": ["resubmit", "withdraw"],
            "full_assessment body_admin": ["withdraw"],
            "full_assessment assessor": ["assess"],
            "witness body_admin": ["withdraw"],
            "witness assessor": ["witness"],
            "plenary body_admin": ["withdraw"],
            "plenary plenary": ["grant", "refuse"],
        }
    )
