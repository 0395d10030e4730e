"""Sessions of the demonstration: from the plan to the decisions, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from mumpuni.access.models import Individual
from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.assessment.actions import (
    Answer,
    answer_elements,
    assign_assessor,
    declare_impartial,
    distribute,
    enrol,
    plan_session,
    record_results,
    verify_venue,
)
from mumpuni.assessment.models import Candidate, Outcome, Session, Venue, VenueVerification
from mumpuni.assessors.models import Assessor
from mumpuni.kernel.workflow import amend_parts, begin, perform, perform_all
from mumpuni.licensing.models import Affiliation
from mumpuni.schemes.models import SchemeVersion
from mumpuni.simulation.demo.bodies import Body
from mumpuni.simulation.demo.cast import noon

type Assessing = tuple[Assessor, Person]

PLANNED, OPENED, APPLIED, ADMITTED = (timedelta(days=-days) for days in (40, 35, 20, 10))
DECIDED = timedelta(days=3)
EVIDENCE = "Demonstrasi langsung dan tanya jawab (simulasi)"


def open_venue(body: Body, schemes: Iterable[SchemeVersion], on: date) -> Venue:
    """Enter a venue, verified for each scheme by two verifiers."""
    admin, at = body[Role.BODY_ADMIN], noon(on)
    code = body.organisation.code
    venue = Venue(
        organisation=body.organisation,
        name=f"TUK Simulasi {code}",
        code=f"TUK.01/{code}/{on.year}",
        kind=Venue.Kind.INDEPENDENT,
        keeper="Pengelola Simulasi",
        address="Jalan Simulasi 2",
        region=body.organisation.region,
    )
    begin(venue, admin, at=at)
    for version in schemes:
        verification = VenueVerification(
            venue=venue,
            scheme=version.scheme,
            letter_number=f"ST/VTUK/{code}/{on.year}",
            verified_on=on,
            first_verifier="Verifikator Pertama (simulasi)",
            second_verifier="Verifikator Kedua (simulasi)",
        )
        amend_parts(venue, "verifications", verify_venue(verification), admin, at=at)
    return venue


def open_session(
    body: Body, version: SchemeVersion, venue: Venue, assessors: Sequence[Assessing], on: date
) -> Session:
    """Plan a session with its assessors and open it for applications."""
    admin, at = body[Role.BODY_ADMIN], noon(on + PLANNED)
    session = Session(
        organisation=body.organisation,
        scheme_version=version,
        venue=venue,
        held_on=on,
        quota=10 * len(assessors),
    )
    plan_session(session, admin, at=at)
    for ordinal, (assessor, person) in enumerate(assessors, 1):
        letter = f"ST/{ordinal:02d}/{session.number}"
        change = assign_assessor(assessor, letter, impartial=False)
        amend_parts(session, "assignments", change, admin, at=at)
        accept = declare_impartial(person)
        amend_parts(session, "impartiality", accept, person, at=at)
    perform(session, "open", admin, at=noon(on + OPENED))
    return session


def admit(
    body: Body, session: Session, people: Iterable[Individual], affiliation: Affiliation
) -> list[Candidate]:
    """Enter people with complete applications and admit them, spread over the assessors."""
    admin, at = body[Role.BODY_ADMIN], noon(session.held_on + APPLIED)
    elements = {
        element.pk: Answer(Outcome.COMPETENT, "Portofolio (simulasi)")
        for part in session.scheme_version.scheme_units.all()
        for element in part.unit.elements.all()
    }
    candidates = []
    for individual in people:
        values = {
            "affiliation": affiliation,
            "education": "SMK (simulasi)",
            "occupation": "Pelajar (simulasi)",
            "evidence": "Ijazah dan portofolio (simulasi)",
        }
        candidate = enrol(session, individual, values, admin, at=at)
        amend_parts(candidate, "self_assessment", answer_elements(elements), admin, at=at)
        candidates.append(candidate)
    perform_all(candidates, "submit", admin, at=at)
    at = noon(session.held_on + ADMITTED)
    amend_parts(session, "placement", distribute, admin, at=at)
    perform_all(candidates, "admit", admin, at=at)
    return candidates


def hold(body: Body, session: Session, assessors: Sequence[Assessing], not_yet: int) -> None:
    """Assess everybody; the last `not_yet` candidates fail a unit and are decided BK."""
    admin, at = body[Role.BODY_ADMIN], noon(session.held_on)
    perform(session, "start", admin, at=at)
    candidates = list(session.candidates.order_by("pk"))
    units = list(session.scheme_version.scheme_units.values_list("pk", flat=True))
    assessing = {assessor.pk: person for assessor, person in assessors}
    for place, candidate in enumerate(candidates):
        assert candidate.assignment is not None
        assessor = assessing[candidate.assignment.assessor_id]
        fails = place >= len(candidates) - not_yet
        results = {key: Answer(Outcome.COMPETENT, EVIDENCE) for key in units}
        if fails:
            results[units[-1]] = Answer(Outcome.NOT_YET_COMPETENT, "Bukti belum memadai (simulasi)")
        amend_parts(candidate, "results", record_results(results), assessor, at=at)
        perform(candidate, "recommend", assessor, at=at)
    perform(session, "to_plenary", admin, at=at)


def decide(body: Body, session: Session) -> None:
    """Let the plenary follow every recommendation, then close the session."""
    at = noon(session.held_on + DECIDED)
    for step, recommendation in (
        ("competent", Outcome.COMPETENT),
        ("not_yet", Outcome.NOT_YET_COMPETENT),
    ):
        recommended = session.candidates.filter(recommendation=recommendation)
        perform_all(recommended, step, body[Role.BODY_DECIDER], at=at)
    perform(session, "close", body[Role.BODY_ADMIN], at=at)
