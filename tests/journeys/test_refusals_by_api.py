"""What a program is refused, each time with the number of the rule that says why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mumpuni.access.models import Membership, Organisation
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.models import Session
from mumpuni.assessment.tests import make
from mumpuni.certificates.tests import make as certificates
from mumpuni.licensing.models import Licence
from mumpuni.licensing.tests import make as licensing
from tests.program import Program

pytestmark = pytest.mark.django_db


def of(body: Organisation, role: Role = Role.BODY_ADMIN) -> Program:
    """Return the program of somebody of a body."""
    return Program(access.member(role, body), body)


def request_of(session: Session) -> dict[str, Any]:
    """Return what asks for the certificates of a session."""
    return {"session": session.pk, "minutes_number": "BA/02/2026"}


def submission_refused(admin: Program, session: Session) -> str:
    """Begin a request for a session's certificates; return the rule by which it is not taken."""
    begun = admin.post("/certificate-requests", **request_of(session))
    return admin.refused("POST", f"/certificate-requests/{begun['id']}/steps/submit", {"note": ""})


def plan(session: Session, **changed: Any) -> dict[str, Any]:
    """Return what plans another session like one."""
    return {
        "scheme_version": session.scheme_version_id,
        "venue": session.venue_id,
        "held_on": session.held_on,
        "quota": 20,
    } | changed


def test_a_frozen_body_requests_no_certificates() -> None:
    session = make.decided_session(candidates=1, not_yet=0)
    licence = Licence.objects.get(organisation=session.organisation)
    licensing.freeze(licence, on=timezone.localdate())
    admin = of(session.organisation)

    rule = submission_refused(admin, session)

    assert rule == "L-10"


def test_no_session_is_planned_for_a_scheme_out_of_scope() -> None:
    session, other = make.draft_session(), make.scheme()

    given = plan(session, scheme_version=other.pk)

    assert of(session.organisation).refused("POST", "/sessions", given) == "L-11"


def test_no_assessor_is_assigned_after_their_last_day() -> None:
    session = make.draft_session()
    assessor = make.registered(session)
    admin = of(session.organisation)
    after = max(term.valid_until for term in assessor.terms.all()) + timedelta(days=1)
    admin.patch(f"/sessions/{session.pk}", held_on=after)

    given = {"assessor": assessor.pk, "letter_number": "ST/1", "impartial": True}

    assert admin.refused("POST", f"/sessions/{session.pk}/assignments", given) == "R-05"


def test_no_eleventh_candidate_is_placed_with_an_assessor() -> None:
    session = make.open_session(quota=11)
    first, _second = session.assignments.order_by("pk")
    admin = of(session.organisation)
    placed = f"/sessions/{session.pk}/placements"
    *ten, eleventh = [one.pk for one in make.submitted(session, 11)]
    admin.post(placed, assignment=first.pk, candidates=ten)

    rule = admin.refused("POST", placed, {"assignment": first.pk, "candidates": [eleventh]})

    assert rule == "A-11"


def test_nobody_decides_on_whom_they_assessed() -> None:
    session = make.plenary_session(candidates=1, not_yet=0)
    [candidate] = make.candidates_of(session)
    assert candidate.assignment is not None
    account = make.account_of(candidate.assignment.assessor)
    Membership.objects.create(
        user=account,
        organisation=session.organisation,
        role=Role.BODY_DECIDER,
        valid_from=access.SINCE,
    )
    decider = Program(account, session.organisation)

    path = f"/candidates/{candidate.pk}/steps/competent"

    assert decider.refused("POST", path, {"note": ""}) == "A-25"


def test_no_certificate_comes_without_a_decision() -> None:
    session = make.plenary_session(candidates=1, not_yet=0)

    rule = of(session.organisation).refused("POST", "/certificate-requests", request_of(session))

    assert rule == "C-01"


def test_no_decision_is_certified_twice() -> None:
    session = certificates.issued_certificate().request.session
    admin = of(session.organisation)

    rule = submission_refused(admin, session)

    assert rule == "C-03"
