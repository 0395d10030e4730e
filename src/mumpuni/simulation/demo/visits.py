"""Licensing assessors of the authority, and a visit that one of them is to make."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mumpuni.access.models import Individual, User
from mumpuni.access.roles import Role
from mumpuni.kernel.workflow import amend, perform
from mumpuni.licensing.models import VISITS, Licence, LicenceApplication
from mumpuni.simulation.demo.cast import FIRST_DAY, Authority, born, engage, noon
from mumpuni.simulation.names import MadePerson, people
from mumpuni.visits import actions
from mumpuni.visits.models import Answer, LicensingAssessor, TeamMember
from mumpuni.visits.models.kinds import Kind

SECOND = "asesor-lisensi-2@bnsp.contoh.test"
TERM = timedelta(days=3 * 365)
CURRENT_SINCE = timedelta(days=600)  # before the first visit of the demonstration
Grade = LicensingAssessor.Grade

type Case = LicenceApplication | Licence


def register(authority: Authority, today: date) -> None:
    """Enter a lead and a junior licensing assessor in the register."""
    junior, lead = people(2, seed=7)
    account = engage(Role.LICENSING_ASSESSOR, authority.organisation, junior.name, SECOND)
    _enter(authority, account.user, junior, Grade.JUNIOR, today)
    _enter(authority, authority.staff[Role.LICENSING_ASSESSOR].user, lead, Grade.LEAD, today)


def _enter(authority: Authority, user: User, made: MadePerson, grade: str, today: date) -> None:
    coordinator, begun = authority[Role.DESK_COORDINATOR], today - CURRENT_SINCE
    individual = born(replace(made, name=user.name), user)
    entry = actions.Entry(
        email=user.email,
        name=individual.name,
        document_kind=Individual.Document.NIK,
        document_number=made.nik,
        grade=grade,
    )
    assessor = actions.enter(entry, coordinator, at=noon(FIRST_DAY))
    term = {
        "certificate_number": f"SIMULASI/AL/{grade}",
        "valid_from": begun,
        "valid_until": begun + TERM,
    }
    actions.add_term(assessor, term, coordinator, at=noon(begun))
    perform(assessor, "activate", coordinator, at=noon(begun))


def report(authority: Authority, application: LicenceApplication, on: date) -> None:
    """Let the lead visit an applicant for the phase it is in, on one day, and recommend it."""
    report_on(authority, application, VISITS[application.kind, application.state], on)


def report_on(authority: Authority, case: Case, kind: str, on: date) -> None:
    """Let the lead make a visit of a kind for a case, on one day, and find nothing."""
    officer, lead = authority[Role.LICENSING_OFFICER], authority[Role.LICENSING_ASSESSOR]
    values, at = {"starts_on": on, "ends_on": on, "place": "Jalan Simulasi 1"}, noon(on)
    visit = actions.plan_visit(case, kind, case.organisation_id, values, officer, at=at)
    assessor = LicensingAssessor.objects.get(individual__user=lead.user_id)
    actions.appoint(visit, assessor, TeamMember.Duty.LEAD, officer, at=at)
    perform(visit, "assign", officer, at=at)
    actions.declare_impartial(visit, lead, at=at)
    perform(visit, "start", lead, at=at)
    conforming = {"verdict": Answer.Verdict.CONFORMS.value, "note": ""}
    answers = {item.code: conforming for item in visit.instrument.items}
    actions.answer_items(visit, answers, lead, at=at)
    conclusion = {"summary": "Sesuai (simulasi).", "recommendation": "positive"}
    amend(visit, conclusion, lead, at=at)
    perform(visit, "report", lead, at=at)


def plan(authority: Authority, application: LicenceApplication, today: date) -> None:
    """Plan the visit by which an applicant's readiness is appreciated."""
    first = today + timedelta(days=7)
    values = {"starts_on": first, "ends_on": first, "place": "Jalan Simulasi 1"}
    actions.plan_visit(
        application,
        Kind.READINESS,
        application.organisation_id,
        values,
        authority[Role.LICENSING_OFFICER],
        at=noon(today),
    )
