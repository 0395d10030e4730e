"""Each numbered rule refuses; docs/rules/assessment.md tells what it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest

from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessment import actions
from mumpuni.assessment.actions import Answer, Identity
from mumpuni.assessment.models import Candidate, Outcome, Session, Tie, VenueVerification
from mumpuni.assessment.tests import make
from mumpuni.assessors.models import Assessor
from mumpuni.assessors.tests import make as assessors_make
from mumpuni.kernel import policy, workflow
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.models import PolicyValue
from mumpuni.licensing.models import Affiliation, Licence
from mumpuni.licensing.tests import make as licensing

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@contextmanager
def refused_by(code: str) -> Iterator[None]:
    """Expect a refusal by this rule."""
    with pytest.raises(Refused) as refused:
        yield
    assert refused.value.code == code, refused.value.message


def amend_session(session: Session, name: str, change: Callable[[Session], object]) -> None:
    at = make.noon(session.held_on - 6 * DAY)
    workflow.amend_parts(session, name, change, make.admin(session.organisation), at=at)  # type: ignore[arg-type]


def test_a_01_a_session_is_held_at_a_venue_of_its_own_body() -> None:
    version = make.scheme()
    foreign = make.venue(make.body(version), version)

    with refused_by("A-01"):
        make.draft_session(make.body(version), version, venue=foreign)


def test_a_01_a_closed_venue_takes_no_session() -> None:
    session = make.draft_session()
    actor = make.admin(session.organisation)
    workflow.perform(session.venue, "close", actor, at=make.PLANNED_AT, note="Pindah.")

    with refused_by("A-01"):
        make.take(session, "open", on=make.PLANNED_ON)


@pytest.mark.parametrize(
    "second", ["Verifikator Satu", " verifikator  satu ", "Pengelola Tempat", "PENGELOLA TEMPAT"]
)
def test_a_02_two_independent_people_verify_a_venue(second: str) -> None:
    version = make.scheme()
    venue = make.venue(make.body(version))
    verification = VenueVerification(
        scheme=version.scheme,
        letter_number="ST/1",
        verified_on=make.LICENSED_ON,
        first_verifier="Verifikator Satu",
        second_verifier=second,
    )

    with refused_by("A-02"):
        workflow.amend_parts(
            venue,
            "verifications",
            actions.verify_venue(verification),
            make.admin(venue.organisation),
            at=make.PLANNED_AT,
        )


def test_a_03_a_venue_is_verified_before_it_is_used() -> None:
    version = make.scheme()
    body = make.body(version)
    session = make.draft_session(body, version, venue=make.venue(body))
    make.assign(session, make.registered(session))

    with refused_by("A-03"):
        make.take(session, "open", on=make.PLANNED_ON)


def test_a_03_a_verification_of_later_does_not_count() -> None:
    version = make.scheme()
    body = make.body(version)
    late = make.venue(body, version, on=make.HELD_ON + DAY)
    session = make.draft_session(body, version, venue=late)
    make.assign(session, make.registered(session))

    with refused_by("A-03"):
        make.take(session, "open", on=make.PLANNED_ON)


def test_a_04_a_session_of_a_past_day_is_not_opened() -> None:
    session = make.draft_session()
    make.assign(session, make.registered(session))

    with refused_by("A-04"):
        make.take(session, "open", on=make.HELD_ON + DAY)


def test_a_04_a_policy_may_grant_some_days_of_grace() -> None:
    session = make.draft_session()
    make.assign(session, make.registered(session))
    PolicyValue.objects.create(
        name="assessment.back_entry_days",
        valid_from=make.LICENSED_ON,
        value=3,
        source="Uji",
        entered_by="Uji",
    )
    policy.forget()

    make.take(session, "open", on=make.HELD_ON + 3 * DAY)

    assert session.state == "open"


def test_a_05_a_session_needs_an_assessor_who_declares_impartiality() -> None:
    session = make.draft_session()
    with refused_by("A-05"):
        make.take(session, "open", on=make.PLANNED_ON)

    make.assign(session, make.registered(session), impartial=False)
    with refused_by("A-05"):
        make.take(session, "open", on=make.PLANNED_ON)


def test_a_05_candidates_are_not_distributed_without_assessors() -> None:
    session = make.open_session()
    session.assignments.all().delete()

    with refused_by("A-05"):
        amend_session(session, "placement", actions.distribute)


def test_a_06_a_session_does_not_start_before_its_day() -> None:
    session = make.open_session()
    make.admitted(session)

    with refused_by("A-06"):
        make.take(session, "start", on=make.HELD_ON - DAY)


def test_a_07_a_session_does_not_start_without_candidates() -> None:
    session = make.open_session()
    make.submitted(session)

    with refused_by("A-07"):
        make.take(session, "start")


def test_a_08_the_plenary_waits_for_every_recommendation() -> None:
    session = make.session_with(candidates=2)
    make.recommend(make.candidates_of(session)[0])

    with refused_by("A-08"):
        make.take(session, "to_plenary")


def test_a_09_a_session_closes_when_everybody_is_settled() -> None:
    session = make.plenary_session(candidates=2)

    with refused_by("A-09"):
        make.take(session, "close")


def test_a_09_the_absent_and_the_withdrawn_hold_up_nothing() -> None:
    session = make.session_with(candidates=3)
    first, second, third = make.candidates_of(session)
    admin = make.admin(session.organisation)
    make.recommend(first)
    workflow.perform(second, "absent", admin, at=make.HELD_AT)
    workflow.perform(third, "withdraw", admin, at=make.HELD_AT)
    make.take(session, "to_plenary")
    workflow.perform(first, "competent", make.decider(session.organisation), at=make.HELD_AT)

    make.take(session, "close")

    assert session.state == "closed"


def test_a_10_a_session_with_results_is_not_cancelled() -> None:
    session = make.session_with(candidates=1)
    make.recommend(make.candidates_of(session)[0])

    with refused_by("A-10"):
        make.take(session, "cancel", note="Batal.")


def test_a_11_an_eleventh_candidate_of_an_assessor_is_refused() -> None:
    version = make.scheme()
    body = make.body(version)
    lone = assessors_make.registered_assessor(body, [version], make.LICENSED_ON)
    session = make.open_session(body, version, [lone])
    make.admitted(session, 10)
    make.submitted(session, 1)

    with refused_by("A-11"):
        amend_session(session, "placement", actions.distribute)


def test_a_11_the_whole_day_of_an_assessor_counts() -> None:
    version = make.scheme()
    body = make.body(version)
    lone = assessors_make.registered_assessor(body, [version], make.LICENSED_ON)
    morning = make.open_session(body, version, [lone])
    afternoon = make.open_session(body, version, [lone])
    make.admitted(morning, 8)
    make.submitted(afternoon, 3)

    with refused_by("A-11"):
        amend_session(afternoon, "placement", actions.distribute)


def test_a_11_the_limit_is_a_policy_of_the_day() -> None:
    version = make.scheme()
    body = make.body(version)
    lone = assessors_make.registered_assessor(body, [version], make.LICENSED_ON)
    session = make.open_session(body, version, [lone])
    PolicyValue.objects.create(
        name="assessment.candidates_per_assessor",
        valid_from=make.LICENSED_ON,
        value=2,
        source="Uji",
        entered_by="Uji",
    )
    policy.forget()
    make.admitted(session, 2)
    make.submitted(session, 1)

    with refused_by("A-11"):
        amend_session(session, "placement", actions.distribute)


def test_a_12_no_more_are_placed_than_the_quota() -> None:
    session = make.open_session(quota=2)
    make.submitted(session, 3)

    with refused_by("A-12"):
        amend_session(session, "placement", actions.distribute)


def tied(session: Session, kind: Tie.Kind, ended_on: date | None) -> Candidate:
    """A submitted candidate who is tied to the session's only assessor."""
    candidate = make.submitted(session)[0]
    Tie.objects.create(
        assessor=session.assignments.get().assessor,
        individual=candidate.individual,
        kind=kind,
        ended_on=ended_on,
    )
    return candidate


@pytest.mark.parametrize(
    ("kind", "ended_on"),
    [
        (Tie.Kind.TRAINER, date(2024, 6, 2)),
        (Tie.Kind.RELATIVE, None),
        (Tie.Kind.SUPERIOR, None),
        (Tie.Kind.SUPERIOR, make.HELD_ON),
    ],
)
def test_a_13_who_is_tied_does_not_assess(kind: Tie.Kind, ended_on: date | None) -> None:
    session = make.open_session(quota=10)
    tied(session, kind, ended_on)

    with refused_by("A-13"):
        amend_session(session, "placement", actions.distribute)


@pytest.mark.parametrize(
    ("kind", "ended_on"),
    [(Tie.Kind.TRAINER, date(2024, 6, 1)), (Tie.Kind.SUPERIOR, make.HELD_ON - DAY)],
)
def test_a_13_an_old_tie_binds_no_longer(kind: Tie.Kind, ended_on: date) -> None:
    session = make.open_session(quota=10)
    candidate = tied(session, kind, ended_on)

    amend_session(session, "placement", actions.distribute)

    candidate.refresh_from_db()
    assert candidate.assignment is not None


def test_a_13_the_tied_are_given_to_another_assessor() -> None:
    session = make.open_session(quota=20)
    candidate = make.submitted(session)[0]
    bound, free = session.assignments.order_by("pk")
    Tie.objects.create(
        assessor=bound.assessor, individual=candidate.individual, kind=Tie.Kind.RELATIVE
    )

    amend_session(session, "placement", actions.distribute)

    candidate.refresh_from_db()
    assert candidate.assignment == free


def test_a_13_nobody_assesses_themselves() -> None:
    session = make.open_session(quota=10)
    candidate = make.submitted(session)[0]
    candidate.individual = session.assignments.get().assessor.individual
    candidate.save()

    with refused_by("A-13"):
        amend_session(session, "placement", actions.distribute)


def test_a_13_a_tie_that_comes_to_light_later_stops_the_results() -> None:
    session = make.session_with(candidates=1)
    candidate = make.candidates_of(session)[0]
    assert candidate.assignment is not None
    actor = make.as_assessor(candidate.assignment.assessor)
    tie = actions.declare_tie(Tie.Kind.RELATIVE, None)
    workflow.amend_parts(candidate, "ties", tie, actor, at=make.HELD_AT)

    with refused_by("A-13"):
        workflow.amend_parts(
            candidate, "results", actions.record_results({}), actor, at=make.HELD_AT
        )


def test_a_13_a_tie_that_comes_to_light_later_stops_the_recommendation() -> None:
    session = make.session_with(candidates=1)
    candidate = make.candidates_of(session)[0]
    make.judge(candidate)
    assert candidate.assignment is not None
    actor = make.as_assessor(candidate.assignment.assessor)
    change = actions.declare_tie(Tie.Kind.RELATIVE, None)
    workflow.amend_parts(candidate, "ties", change, actor, at=make.HELD_AT)

    with refused_by("A-13"):
        workflow.perform(candidate, "recommend", actor, at=make.HELD_AT)


def test_a_14_a_session_that_is_not_open_takes_nobody() -> None:
    with refused_by("A-14"):
        make.applicant(make.draft_session())


def test_a_14_a_full_session_takes_nobody() -> None:
    session = make.open_session(quota=1)
    make.admitted(session)

    with refused_by("A-14"):
        make.applicant(session)


def test_a_15_a_body_of_students_does_not_certify_others() -> None:
    version = make.scheme()
    school = make.body(version, body_type="p1_education")
    session = make.open_session(school, version)

    make.applicant(session, affiliation=Affiliation.STUDENT)
    with refused_by("A-15"):
        make.applicant(session, affiliation=Affiliation.STAFF)


def test_a_15_is_asked_again_at_admission() -> None:
    session = make.open_session()
    candidate = make.submitted(session)[0]
    amend_session(session, "placement", actions.distribute)
    Licence.objects.update(candidate_group="own_students")

    with refused_by("A-15"):
        workflow.perform(candidate, "admit", make.admin(session.organisation), at=make.PLANNED_AT)


def test_a_16_a_person_stands_once_in_a_session() -> None:
    session = make.open_session()
    individual = make.applicant(session).individual

    with refused_by("A-16"):
        actions.enrol(session, individual, {}, make.admin(session.organisation), at=make.PLANNED_AT)


def test_a_person_who_was_not_yet_competent_tries_again() -> None:
    session = make.decided_session(candidates=1, not_yet=1)
    failed = make.candidates_of(session)[0]
    again = make.open_session(
        session.organisation, session.scheme_version, on=make.HELD_ON + 30 * DAY
    )

    candidate = actions.enrol(
        again,
        failed.individual,
        {},
        make.admin(session.organisation),
        at=make.noon(make.HELD_ON + 10 * DAY),
    )

    assert candidate.pk != failed.pk


@pytest.mark.parametrize("field", ["education", "occupation", "evidence"])
def test_a_17_an_application_is_complete_when_it_is_submitted(field: str) -> None:
    empty: dict[str, Any] = {field: "  "}
    candidate = make.applicant(make.open_session(), **empty)
    make.self_assess(candidate)
    actor = make.admin(candidate.session.organisation)

    with refused_by("A-17"):
        workflow.perform(candidate, "submit", actor, at=make.PLANNED_AT)


def test_a_18_every_element_is_self_assessed_before_submission() -> None:
    candidate = make.applicant(make.open_session())
    make.self_assess(candidate)
    last = candidate.self_assessments.latest("pk")
    actor = make.admin(candidate.session.organisation)
    change = actions.answer_elements({last.element_id: Answer("")})
    workflow.amend_parts(candidate, "self_assessment", change, actor, at=make.PLANNED_AT)

    with refused_by("A-18"):
        workflow.perform(candidate, "submit", actor, at=make.PLANNED_AT)


def test_a_19_a_candidate_is_admitted_to_an_assessor() -> None:
    candidate = make.submitted(make.open_session())[0]

    with refused_by("A-19"):
        workflow.perform(
            candidate, "admit", make.admin(candidate.session.organisation), at=make.PLANNED_AT
        )


def test_a_19_an_assessor_with_candidates_is_not_released() -> None:
    session = make.open_session(quota=10)
    make.admitted(session)

    with refused_by("A-19"):
        amend_session(session, "assignments", actions.release_assessor(session.assignments.get()))


def test_a_20_nothing_is_submitted_once_the_plenary_began() -> None:
    session = make.open_session()
    make.admitted(session)
    late = make.applicant(session)
    make.self_assess(late)
    make.take(session, "cancel", note="Ruang terpakai.")

    with refused_by("A-20"):
        workflow.perform(late, "submit", make.admin(session.organisation), at=make.HELD_AT)


def test_a_21_results_belong_to_a_running_session() -> None:
    session = make.open_session()
    candidate = make.admitted(session)[0]

    with refused_by("A-21"):
        make.judge(candidate)


def test_a_21_nobody_is_absent_before_the_session_began() -> None:
    session = make.open_session()
    candidate = make.admitted(session)[0]

    with refused_by("A-21"):
        workflow.perform(candidate, "absent", make.admin(session.organisation), at=make.PLANNED_AT)


def test_a_22_each_unit_is_judged_before_the_recommendation() -> None:
    candidate = make.candidates_of(make.session_with())[0]
    make.judge(candidate)
    candidate.unit_results.latest("pk").delete()
    assert candidate.assignment is not None
    actor = make.as_assessor(candidate.assignment.assessor)

    with refused_by("A-22"):
        workflow.perform(candidate, "recommend", actor, at=make.HELD_AT)


def test_a_23_a_unit_that_is_k_names_its_evidence() -> None:
    candidate = make.candidates_of(make.session_with())[0]
    make.judge(candidate)
    candidate.unit_results.update(evidence=" ")
    assert candidate.assignment is not None
    actor = make.as_assessor(candidate.assignment.assessor)

    with refused_by("A-23"):
        workflow.perform(candidate, "recommend", actor, at=make.HELD_AT)


@pytest.mark.parametrize(
    ("last_unit", "recommendation"),
    [(Outcome.COMPETENT, "K"), (Outcome.NOT_YET_COMPETENT, "BK")],
)
def test_the_recommendation_is_computed_from_the_units(last_unit: str, recommendation: str) -> None:
    candidate = make.candidates_of(make.session_with())[0]

    make.recommend(candidate, last_unit)

    assert candidate.recommendation == recommendation
    assert candidate.recommended_at == make.HELD_AT


def test_a_24_decisions_are_taken_in_the_plenary() -> None:
    session = make.session_with()
    candidate = make.candidates_of(session)[0]
    make.recommend(candidate)

    with refused_by("A-24"):
        workflow.perform(
            candidate, "competent", make.decider(session.organisation), at=make.HELD_AT
        )


def test_a_25_who_assessed_does_not_decide() -> None:
    session = make.plenary_session(candidates=1, not_yet=0)
    candidate = make.candidates_of(session)[0]
    assert candidate.assignment is not None
    account = candidate.assignment.assessor.individual.user
    assert account is not None
    both = access.person(Role.BODY_DECIDER, of=session.organisation, by=account)

    with refused_by("A-25"):
        workflow.perform(candidate, "competent", both, at=make.HELD_AT)


def test_a_25_nobody_decides_on_themselves() -> None:
    session = make.plenary_session(candidates=1, not_yet=0)
    candidate = make.candidates_of(session)[0]
    candidate.individual.user = access.user()
    candidate.individual.save()
    own = access.person(Role.BODY_DECIDER, of=session.organisation, by=candidate.individual.user)

    with refused_by("A-25"):
        workflow.perform(candidate, "competent", own, at=make.HELD_AT)


@pytest.mark.parametrize(("not_yet", "step"), [(1, "competent"), (0, "not_yet")])
def test_a_26_a_decision_against_the_recommendation_is_no_plain_step(
    not_yet: int, step: str
) -> None:
    session = make.plenary_session(candidates=1, not_yet=not_yet)
    candidate = make.candidates_of(session)[0]
    actor = make.decider(session.organisation)

    with refused_by("A-26"):
        workflow.perform(candidate, step, actor, at=make.HELD_AT, note="Beda.")
    other = "not_yet" if step == "competent" else "competent"
    with refused_by("A-26"):
        workflow.perform(candidate, f"overrule_{other}", actor, at=make.HELD_AT, note="Sama.")
    with refused_by("K-01"):
        workflow.perform(candidate, f"overrule_{step}", actor, at=make.HELD_AT)
    workflow.perform(candidate, f"overrule_{step}", actor, at=make.HELD_AT, note="Bukti baru.")

    assert candidate.state == {"competent": "competent", "not_yet": "not_yet_competent"}[step]
    assert candidate.decision_note == "Bukti baru."


def test_the_plenary_sends_a_recommendation_back() -> None:
    session = make.plenary_session(candidates=1, not_yet=1)
    candidate = make.candidates_of(session)[0]
    actor = make.decider(session.organisation)

    workflow.perform(candidate, "send_back", actor, at=make.HELD_AT, note="Bukti unit 3 kurang.")
    recommendation = candidate.recommendation
    make.recommend(candidate)
    workflow.perform(candidate, "competent", actor, at=make.HELD_AT)

    assert not recommendation
    assert candidate.state == "competent"


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("nik", "123"),
        ("nik", "3174053102900001"),
        ("nik", "31740501O1900001"),
        ("passport", "A-1"),
    ],
)
def test_a_27_an_identity_number_is_plausible(kind: str, number: str) -> None:
    session = make.open_session()
    identity = Identity(name="Budi", document_kind=kind, document_number=number)

    with refused_by("A-27"):
        actions.enrol(session, identity, {}, make.admin(session.organisation), at=make.PLANNED_AT)


def test_a_28_a_document_known_under_another_name_is_refused_without_disclosing_it() -> None:
    session = make.open_session()
    known = make.applicant(session, name="Siti Aminah").individual
    other = make.open_session(session.organisation, session.scheme_version)
    identity = Identity(name="Budi", document_kind="nik", document_number=known.document_number)

    with pytest.raises(Refused) as refused:
        actions.enrol(other, identity, {}, make.admin(other.organisation), at=make.PLANNED_AT)

    assert refused.value.code == "A-28"
    assert "Siti" not in refused.value.message


def test_k_40_an_account_claims_a_person_by_the_confirmed_e_mail_on_record_only() -> None:
    session = make.open_session()
    known = make.applicant(session, name="Siti Aminah").individual
    other = make.open_session(session.organisation, session.scheme_version)
    account = access.user("Siti Aminah")
    siti = access.person(by=account)
    identity = Identity(
        name="siti  aminah", document_kind="nik", document_number=known.document_number
    )

    known.email = account.email.upper()
    known.save()
    with refused_by("K-40"):
        actions.apply(other, identity, {}, siti, at=make.PLANNED_AT)
    access.confirm_email(account)
    candidate = actions.apply(other, identity, {}, siti, at=make.PLANNED_AT)

    assert candidate.individual.pk == known.pk
    assert candidate.individual.user == account


def test_l_10_a_frozen_body_opens_no_session() -> None:
    session = make.draft_session()
    make.assign(session, make.registered(session))
    licensing.freeze(session.organisation.licence, on=make.PLANNED_ON)

    with refused_by("L-10"):
        make.take(session, "open", on=make.PLANNED_ON + DAY)


def test_l_10_a_body_without_licence_plans_no_session() -> None:
    version = make.scheme()
    body = access.organisation()

    with refused_by("L-10"):
        make.draft_session(body, version)


def test_l_11_a_scheme_outside_the_scope_is_not_assessed() -> None:
    body = make.body()

    with refused_by("L-11"):
        make.draft_session(body, make.scheme())


def other_assessor(session: Session, broken: str) -> Assessor:
    """An assessor who fits but for one thing."""
    schemes = [make.scheme() if broken == "scheme" else session.scheme_version]
    place = make.body(schemes[0]) if broken == "place" else session.organisation
    since = date(2023, 5, 1) if broken == "term" else make.LICENSED_ON
    return assessors_make.registered_assessor(place, schemes, since)


@pytest.mark.parametrize(
    ("broken", "code"), [("term", "R-05"), ("scheme", "R-06"), ("place", "R-07")]
)
def test_an_assessor_who_does_not_fit_is_refused_when_assigned(broken: str, code: str) -> None:
    session = make.draft_session()

    with refused_by(code):
        make.assign(session, other_assessor(session, broken))


def test_r_05_an_assessor_suspended_since_stops_the_opening() -> None:
    session = make.draft_session()
    assessor = make.registered(session)
    make.assign(session, assessor)
    workflow.perform(
        assessor,
        "suspend",
        assessors_make.registrar(),
        at=make.PLANNED_AT,
        note="Pelanggaran kode etik.",
    )

    with refused_by("R-05"):
        make.take(session, "open", on=make.PLANNED_ON + DAY)
