"""Assessors, visits and findings for tests, made by the real steps."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter

from mumpuni.access.models import Organisation, User
from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.models import Record
from mumpuni.kernel.workflow import amend, perform
from mumpuni.visits import actions
from mumpuni.visits.models import Answer, Finding, Kind, LicensingAssessor, TeamMember, Visit

TODAY = date(2026, 6, 1)
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2039, 12, 31)

_ordinals = count(1)


def noon(day: date) -> datetime:
    """Return noon in Jakarta on a day."""
    return datetime.combine(day, time(5), tzinfo=UTC)


def officer() -> Person:
    return access.person(Role.LICENSING_OFFICER, of=access.authority())


def coordinator() -> Person:
    return access.person(Role.DESK_COORDINATOR, of=access.authority())


def administrator(of: Organisation) -> Person:
    return access.person(Role.BODY_ADMIN, of=of)


def acting(assessor: LicensingAssessor) -> Person:
    """Return the assessor as who acts."""
    user = assessor.individual.user
    return access.person(Role.LICENSING_ASSESSOR, of=access.authority(), by=user)


def entry(
    user: User | None = None, *, grade: str = "lead", on: date = FIRST_DAY
) -> LicensingAssessor:
    """Enter somebody in the register of licensing assessors."""
    ordinal = next(_ordinals)
    account = user or access.member(Role.LICENSING_ASSESSOR)
    values = actions.Entry(
        email=account.email,
        name=account.name,
        document_kind="nik",
        document_number=f"317405030385{ordinal:04d}",
        grade=grade,
    )
    return actions.enter(values, coordinator(), at=noon(on))


def assessor(
    user: User | None = None, *, grade: str = "lead", on: date = FIRST_DAY
) -> LicensingAssessor:
    """Make an assessor who is active since a day."""
    made = entry(user, grade=grade, on=on)
    term = {
        "certificate_number": f"AL/{made.pk}",
        "valid_from": FIRST_DAY,
        "valid_until": LAST_DAY,
    }
    actions.add_term(made, term, coordinator(), at=noon(on))
    perform(made, "activate", coordinator(), at=noon(on))
    return made


def planned_visit(
    record: Record | None = None,
    kind: str = Kind.ASSESSMENT,
    *,
    on: date = TODAY,
    team: Sequence[LicensingAssessor] = (),
    **values: Any,
) -> Visit:
    """Plan a visit of one day about a record, a body itself unless told otherwise."""
    about = record or access.organisation()
    facts = {"starts_on": on, "ends_on": on, "place": "Kantor LSP"}
    visit = actions.plan_visit(
        about, kind, organisation_id(about), facts | values, officer(), at=noon(on)
    )
    for ordinal, one in enumerate(team):
        duty = TeamMember.Duty.MEMBER if ordinal else TeamMember.Duty.LEAD
        actions.appoint(visit, one, duty, officer(), at=noon(on))
    return visit


def organisation_id(record: Record) -> int:
    """Return the organisation a record is of."""
    return record.pk if isinstance(record, Organisation) else record.organisation_id  # type: ignore[attr-defined] # cases have one


def assigned_visit(
    record: Record | None = None,
    kind: str = Kind.ASSESSMENT,
    *,
    on: date = TODAY,
    team: Sequence[LicensingAssessor] = (),
) -> Visit:
    """Plan a visit and send a team, a lead of its own unless one is given."""
    visit = planned_visit(record, kind, on=on, team=team or [assessor()])
    perform(visit, "assign", officer(), at=noon(on))
    return visit


def running_visit(
    record: Record | None = None,
    kind: str = Kind.ASSESSMENT,
    *,
    on: date = TODAY,
    team: Sequence[LicensingAssessor] = (),
) -> Visit:
    """Make a visit that is under way."""
    visit = assigned_visit(record, kind, on=on, team=team)
    for member in visit.team.all():
        actions.declare_impartial(visit, acting(member.assessor), at=noon(on))
    perform(visit, "start", lead(visit), at=noon(on))
    return visit


def lead(visit: Visit) -> Person:
    """Return the lead of a visit's team as who acts."""
    return acting(visit.team.get(duty=TeamMember.Duty.LEAD).assessor)


def answer_all(visit: Visit, on: date = TODAY) -> None:
    """Answer every item as conforming."""
    given = {"verdict": Answer.Verdict.CONFORMS.value, "note": ""}
    values = {item.code: given for item in visit.instrument.items}
    actions.answer_items(visit, values, lead(visit), at=noon(on))


def conclude(visit: Visit, recommendation: str = "positive", on: date = TODAY) -> None:
    """Write the conclusion."""
    values = {"summary": "Sesuai uraian.", "recommendation": recommendation}
    amend(visit, values, lead(visit), at=noon(on))


def drafted(visit: Visit, grade: str = "major", *, on: date = TODAY, **values: Any) -> Finding:
    """Write a finding of a visit that is under way."""
    facts = {"grade": grade, "clause": "4.3", "statement": "Analisis ancaman belum ada."}
    return actions.draft_finding(visit, facts | values, lead(visit), at=noon(on))


def reported_visit(  # noqa: PLR0913 - each with a default
    record: Record | None = None,
    kind: str = Kind.ASSESSMENT,
    findings: Sequence[str] = (),
    *,
    on: date = TODAY,
    team: Sequence[LicensingAssessor] = (),
    recommendation: str = "",
) -> Visit:
    """Make a visit that was reported on its day, with findings of these grades.

    It recommends the body unless it found something.
    """
    visit = running_visit(record, kind, on=on, team=team)
    answer_all(visit, on)
    for grade in findings:
        drafted(visit, grade, on=on)
    conclude(visit, recommendation or ("negative" if findings else "positive"), on)
    perform(visit, "report", lead(visit), at=noon(on))
    return visit


def raised(grade: str = "major", *, of: Organisation | None = None, on: date = TODAY) -> Finding:
    """Make a finding that the body was told of."""
    return Finding.objects.get(visit=reported_visit(of, findings=[grade], on=on))


def answer(finding: Finding, on: date = TODAY) -> None:
    """Let the body answer a finding."""
    body = administrator(finding.visit.organisation)
    values = {"root_cause": "Belum ditugaskan.", "correction": "Analisis disusun."}
    amend(finding, values, body, at=noon(on))
    actions.attach_evidence(finding, photo("bukti.png"), body, at=noon(on))
    perform(finding, "answer", body, at=noon(on))


def close(finding: Finding, on: date = TODAY) -> None:
    """Let the body answer a finding, and the officer close it."""
    answer(finding, on)
    perform(finding, "close", officer(), at=noon(on))


@cache
def _png() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(written, "PNG")
    return written.getvalue()


def photo(name: str = "foto.png") -> SimpleUploadedFile:
    """Make an upload that is a picture, no two alike."""
    content = _png() + f"{next(_ordinals)}".encode()
    return SimpleUploadedFile(name, content, "image/png")


@cache
def pdf_bytes() -> bytes:
    """Return a PDF of one empty page."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
