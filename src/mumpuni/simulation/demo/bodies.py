"""Certification bodies of the demonstration, each licensed by every step of the workflow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from mumpuni.access.models import Organisation
from mumpuni.access.person import SYSTEM, Person
from mumpuni.access.roles import Role
from mumpuni.kernel.workflow import Attempt, amend, amend_parts, begin, perform
from mumpuni.licensing.actions import (
    Judgement,
    attaching,
    begin_application,
    exchanging,
    judging,
    prefilled,
)
from mumpuni.licensing.models import (
    ApplicationDocument,
    BodyType,
    CandidateGroup,
    FounderKind,
    Licence,
    LicenceApplication,
    items_of,
)
from mumpuni.reference.models import Region
from mumpuni.schemes.models import SchemeVersion
from mumpuni.simulation.demo import visits, votes
from mumpuni.simulation.demo.cast import FIRST_DAY, Account, Authority, engage, noon

ROLES = {
    Role.BODY_ADMIN: "Admin",
    Role.BODY_SCHEME_AUTHOR: "Komite Skema",
    Role.BODY_DECIDER: "Pleno",
}
PAPER = b"""
#set page("a4")
#set document(title: sys.inputs.title)
#set text(size: 14pt)
= #sys.inputs.title
SIMULASI: dokumen contoh tanpa kekuatan hukum.
"""


@dataclass(frozen=True)
class Profile:
    """What kind of body it is and whom it certifies."""

    body_type: BodyType
    founder_kind: FounderKind
    candidate_group: CandidateGroup
    sector_code: str


SCHOOL = Profile(BodyType.P1_EDUCATION, FounderKind.EDUCATION, CandidateGroup.OWN_STUDENTS, "SMK")
PROFESSION = Profile(BodyType.P3, FounderKind.ASSOCIATION, CandidateGroup.SECTOR, "TIK")
CONSTRUCTION = Profile(BodyType.P3, FounderKind.ASSOCIATION, CandidateGroup.SECTOR, "KK")


@dataclass(frozen=True)
class Body:
    """A certification body and an account for each of its roles."""

    organisation: Organisation
    staff: dict[Role, Account]

    def __getitem__(self, role: Role) -> Person:
        return self.staff[role].person


def found(name: str, domain: str, region: str) -> Body:
    """Enter a body of that name, its seat in a region by code, with its staff."""
    body = organisation(name, domain, region=Region.objects.get(code=region))
    begin(body, SYSTEM, at=noon(FIRST_DAY))
    return staffed(body, domain)


def organisation(name: str, domain: str, **given: Any) -> Organisation:
    """Make a body of that name, not entered yet."""
    return Organisation(
        kind=Organisation.Kind.CERTIFICATION_BODY,
        name=name,
        email=f"kantor@{domain}.contoh.test",
        address="Jalan Simulasi 1",
        simulated=True,
        **given,
    )


def staffed(organisation: Organisation, domain: str) -> Body:
    """Give a body its staff."""
    staff = {
        role: engage(
            role, organisation, f"{title} {domain}", f"{_local(title)}@{domain}.contoh.test"
        )
        for role, title in ROLES.items()
    }
    return Body(organisation, staff)


def apply(
    body: Body, profile: Profile, versions: Iterable[SchemeVersion], on: date
) -> LicenceApplication:
    """Send in a complete application for a licence."""
    at, admin = noon(on), body[Role.BODY_ADMIN]
    application = LicenceApplication(
        organisation=body.organisation,
        begun_on=on,
        body_type=profile.body_type,
        founder_kind=profile.founder_kind,
        founder_name=f"Pembentuk {body.organisation.name} (simulasi)",
        candidate_group=profile.candidate_group,
        sector_code=profile.sector_code,
    )
    begin_application(application, admin, at=at)
    return _submit(application, versions, admin, on)


def apply_again(
    organisation: Organisation,
    kind: str,
    admin: Person,
    on: date,
    add: Iterable[SchemeVersion] = (),
) -> LicenceApplication:
    """Send in a complete application of a licensed body."""
    application = prefilled(kind, organisation, on)
    begin_application(application, admin, at=noon(on))
    return _submit(application, add, admin, on)


def _submit(
    application: LicenceApplication, add: Iterable[SchemeVersion], admin: Person, on: date
) -> LicenceApplication:
    at = noon(on)
    attempt = Attempt(admin, at)
    papers = {item.document.value: _paper(item.document) for item in items_of(application)}
    amend_parts(application, "documents", attaching(papers, attempt), admin, at=at)
    if versions := [one.pk for one in add]:
        amend_parts(application, "schemes", exchanging(add=versions), admin, at=at)
    perform(application, "submit", admin, at=at)
    return application


def accept_documents(authority: Authority, application: LicenceApplication, on: date) -> None:
    """Let the desk accept every document and go on."""
    officer, at = authority[Role.LICENSING_OFFICER], noon(on)
    accepted = {
        document.pk: Judgement(ApplicationDocument.Verdict.ACCEPTED)
        for document in application.documents.all()
    }
    amend_parts(application, "verdicts", judging(accepted), officer, at=at)
    perform(application, "verify", officer, at=at)


def license_body(
    authority: Authority, application: LicenceApplication, decree: str, on: date
) -> Licence:
    """Take an application through every step to the grant on a day, half a year after it came."""
    officer, assessor = authority[Role.LICENSING_OFFICER], authority[Role.LICENSING_ASSESSOR]
    plenary = authority[Role.PLENARY_MEMBER]
    visits.report(authority, application, on - timedelta(days=121))
    perform(application, "appreciate", officer, at=noon(on - timedelta(days=120)))
    accept_documents(authority, application, on - timedelta(days=90))
    for step, days in (("assess", 60), ("witness", 30)):
        ended = on - timedelta(days=days)
        visits.report(authority, application, ended - timedelta(days=1))
        perform(application, step, assessor, at=noon(ended), note="Simulasi.")
    amend(application, {"decree_number": decree}, plenary, at=noon(on))
    votes.carry(authority, application, "grant", on)
    perform(application, "grant", plenary, at=noon(on))
    application.organisation.refresh_from_db()  # it has a code now
    return Licence.objects.get(application=application)


@cache
def _content(title: str) -> bytes:
    return typst.compile(PAPER, sys_inputs={"title": title})


def _paper(kind: ApplicationDocument.Kind) -> SimpleUploadedFile:
    return SimpleUploadedFile(
        f"{kind.value}.pdf", _content(str(kind.label)), content_type="application/pdf"
    )


def _local(title: str) -> str:
    return title.lower().replace(" ", "-")
