"""Licensing assessors of the authority, and a visit that one of them is to make."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mumpuni.access.models import Individual, User
from mumpuni.access.roles import Role
from mumpuni.kernel.workflow import perform
from mumpuni.licensing.models import LicenceApplication
from mumpuni.simulation.demo.cast import FIRST_DAY, Authority, born, engage, noon
from mumpuni.simulation.names import MadePerson, people
from mumpuni.visits import actions
from mumpuni.visits.models import LicensingAssessor
from mumpuni.visits.models.kinds import Kind

SECOND = "asesor-lisensi-2@bnsp.contoh.test"
TERM = timedelta(days=3 * 365)
Grade = LicensingAssessor.Grade


def register(authority: Authority, today: date) -> None:
    """Enter a lead and a junior licensing assessor in the register."""
    junior, lead = people(2, seed=7)
    account = engage(Role.LICENSING_ASSESSOR, authority.organisation, junior.name, SECOND)
    _enter(authority, account.user, junior, Grade.JUNIOR, today)
    _enter(authority, authority.staff[Role.LICENSING_ASSESSOR].user, lead, Grade.LEAD, today)


def _enter(authority: Authority, user: User, made: MadePerson, grade: str, today: date) -> None:
    coordinator, begun = authority[Role.DESK_COORDINATOR], today - timedelta(days=200)
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
