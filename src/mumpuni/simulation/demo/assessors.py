"""Assessors of the demonstration: proposed by their body, registered by the authority."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.assessors.actions import Proposal, propose
from mumpuni.assessors.models import Assessor
from mumpuni.kernel.workflow import perform
from mumpuni.schemes.models import SchemeVersion
from mumpuni.simulation.demo.bodies import Body
from mumpuni.simulation.demo.cast import Account, Authority, born, noon, open_account
from mumpuni.simulation.names import MadePerson


def register(
    authority: Authority,
    body: Body,
    people: Iterable[MadePerson],
    versions: Iterable[SchemeVersion],
    certified_on: date,
) -> list[tuple[Assessor, Person]]:
    """Register people with accounts as assessors of schemes, a month after their certificate."""
    schemes = [version.scheme for version in versions]
    registered = []
    for made in people:
        user = open_account(made.name, made.email)
        individual = born(made, user)
        proposal = Proposal(
            name=individual.name,
            document_kind=individual.document_kind,
            document_number=individual.document_number,
            certificate_number=f"SIMULASI {certified_on:%Y} {individual.pk:05d}",
            certified_on=certified_on,
            schemes=schemes,
            simulated=True,
        )
        admin, registrar = body[Role.BODY_ADMIN], authority[Role.REGISTRAR]
        at = noon(certified_on + timedelta(days=14))
        assessor = propose(proposal, body.organisation.pk, admin, at=at)
        perform(assessor, "register", registrar, at=noon(certified_on + timedelta(days=30)))
        registered.append((assessor, Account(user, Role.INDIVIDUAL).person))
    return registered
