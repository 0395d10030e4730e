"""The whole demonstration, made once, in one transaction, by the verbs that people use."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Role
from mumpuni.assessment.models import Session
from mumpuni.certificates.models import Certificate
from mumpuni.kernel.workflow import amend
from mumpuni.licensing.models import Affiliation, LicenceApplication
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.queries import verified_versions
from mumpuni.simulation.demo import (
    assessors,
    bodies,
    cast,
    certificates,
    freezes,
    sessions,
    surveillance,
    visits,
)
from mumpuni.simulation.names import people

SCHEME = "SKM/BNSP/00010/2/2023/1324"
BODY = "LSP Pemrogram Nusantara (simulasi)"
APPLICANT = "LSP Rintisan Digital (simulasi)"
HOLDER = "pemegang@contoh.test"
BLANK = "10617200"


def make() -> bool:
    """Make the demonstration; False where it is there already."""
    if Organisation.objects.filter(name=BODY).exists():
        return False
    with transaction.atomic():
        _make(timezone.localdate())
    return True


def _make(today: date) -> None:
    version = verified_versions().get(scheme__number=SCHEME)
    authority = cast.authority()
    visits.register(authority, today)
    freezes.freeze_all(authority, version)
    body = _licensed(authority, version, today)
    visits.plan(authority, _applicant(version, today), today)
    _certify(authority, body, version, today)
    surveillance.carry_out(authority, today)


def _licensed(authority: cast.Authority, version: SchemeVersion, today: date) -> bodies.Body:
    body = bodies.found(BODY, "nusantara", "34.71")
    since = today - timedelta(days=400)
    application = bodies.apply(body, bodies.PROFESSION, [version], since - timedelta(days=150))
    bodies.license_body(authority, application, f"KEP.SIMULASI/100/{since.year}", since)
    return body


def _applicant(version: SchemeVersion, today: date) -> LicenceApplication:
    """Leave one application for the authority to go on with."""
    body = bodies.found(APPLICANT, "rintisan", "32.73")
    return bodies.apply(body, bodies.PROFESSION, [version], today - timedelta(days=9))


def _certify(
    authority: cast.Authority, body: bodies.Body, version: SchemeVersion, today: date
) -> None:
    certified_on = today - timedelta(days=300)
    assessing = assessors.register(authority, body, people(2, seed=1), [version], certified_on)
    venue = sessions.open_venue(body, [version], certified_on)

    def session(days: int, count: int, seed: int) -> Session:
        planned = sessions.open_session(
            body, version, venue, assessing, today + timedelta(days=days)
        )
        crowd = [cast.born(made) for made in people(count, seed)]
        sessions.admit(body, planned, crowd, Affiliation.NONE)
        return planned

    past = session(days=-90, count=20, seed=2)
    sessions.hold(body, past, assessing, not_yet=3)
    sessions.decide(body, past)
    issued = certificates.issue(authority, certificates.ask(body, past))
    _give_account(issued[0])
    amend(issued[0], {"blank_number": BLANK}, body[Role.BODY_ADMIN], at=timezone.now())
    certificates.revoke(authority, issued[1], "Bukti portofolio ternyata palsu (simulasi).")
    certificates.replace(authority, body, issued[2], f"{issued[2].holder_name} Putri")
    certificates.suspend(authority, issued[3], "Menunggu hasil klarifikasi (simulasi).")

    waiting = session(days=-12, count=5, seed=3)
    sessions.hold(body, waiting, assessing, not_yet=1)
    sessions.decide(body, waiting)
    certificates.ask(body, waiting)

    # left for the body: it may request certificates, and may not once it is frozen
    decided = session(days=-5, count=4, seed=6)
    sessions.hold(body, decided, assessing, not_yet=1)
    sessions.decide(body, decided)

    session(days=0, count=6, seed=4)
    session(days=28, count=0, seed=5)


def _give_account(certificate: Certificate) -> None:
    """Let the first holder sign in and see their certificate."""
    holder = certificate.candidate.individual
    holder.user = cast.open_account(holder.name, HOLDER)
    holder.save(update_fields=["user"])
