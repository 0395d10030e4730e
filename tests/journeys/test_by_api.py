"""The main job, walked once by programs: tokens and HTTP, no browser.

What a person does on a page, a program does at an endpoint; what a rule refuses it names.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Role
from mumpuni.access.tests import make
from mumpuni.kernel.jobs import do_queued
from mumpuni.licensing.tests.make import pdf
from mumpuni.simulation.names import MadePerson, people
from mumpuni.visits.tests import make as visits
from tests.program import Program

pytestmark = pytest.mark.django_db(transaction=True)

JUNIOR_CODER = "SKM/BNSP/00010/2/2023/1324"
PEOPLE = list(people(4, seed=2))
CANDIDATES, NOT_YET = len(PEOPLE), 1


@dataclass
class Story:
    """The programs of everybody it takes, and the keys of what they made."""

    body: Organisation
    programs: dict[Role, Program]

    def of(self, role: Role) -> Program:
        """Return the program of whoever holds a role."""
        return self.programs[role]


@pytest.fixture
def story() -> Story:
    """Load the reference data; give everybody an account and their program a token."""
    call_command("load_reference", verbosity=0)
    body, authority = make.organisation("LSP Perjalanan Program"), make.authority()
    places = {
        Role.BODY_ADMIN: body,
        Role.BODY_DECIDER: body,
        Role.LICENSING_OFFICER: authority,
        Role.LICENSING_ASSESSOR: authority,
        Role.PLENARY_MEMBER: authority,
        Role.LAW_OFFICER: authority,
        Role.REGISTRAR: authority,
        Role.CERTIFICATION_OFFICER: authority,
    }
    members = {role: make.member(role, of) for role, of in places.items()}
    visits.assessor(members[Role.LICENSING_ASSESSOR])
    return Story(body, {role: Program(members[role], of) for role, of in places.items()})


def test_a_certificate_comes_from_a_licence_and_is_verified_by_anybody(story: Story) -> None:
    scheme = the_scheme(story)
    licence_the_body(story, scheme)
    assessor, as_assessor = register_assessor(story, scheme)
    session = open_session(story, scheme, assessor)
    candidates = admit(story, session)
    assess(story, session, candidates, as_assessor)
    decide(story, session, candidates)
    certificate = issue(story, session)
    verify(story, certificate)


def the_scheme(story: Story) -> dict[str, Any]:
    """Find the scheme by its number, as its public record tells it."""
    program = story.of(Role.BODY_ADMIN)
    [found] = program.get("/published-schemes", number=JUNIOR_CODER)["items"]
    in_full: dict[str, Any] = program.get(f"/published-schemes/{found['id']}")
    assert len(in_full["units"]) == 8
    return in_full


def licence_the_body(story: Story, scheme: dict[str, Any]) -> None:
    admin = story.of(Role.BODY_ADMIN)
    admin.patch(f"/organisations/{story.body.pk}", address="Jalan Kaliurang 14", region="34.04")
    application = admin.post(
        "/licence-applications",
        body_type="p3",
        candidate_group="sector",
        sector_code="TIK",
        founder_kind="association",
        founder_name="Asosiasi Pemrogram",
    )
    path = f"/licence-applications/{application['id']}"
    for item in admin.get(f"{path}/readiness")["documents"]:
        admin.upload(f"{path}/documents", pdf().read(), kind=item["kind"])
    admin.patch(f"{path}/schemes", add=[scheme["id"]])
    admin.take(path, "submit")
    officer, assessor = story.of(Role.LICENSING_OFFICER), story.of(Role.LICENSING_ASSESSOR)
    visit(story, application["id"], "readiness")
    officer.take(path, "appreciate")
    documents = officer.get(path)["documents"]
    accepted = [{"document": one["id"], "verdict": "accepted"} for one in documents]
    officer.send(f"{path}/verdicts", accepted)
    officer.take(path, "verify")
    visit(story, application["id"], "assessment")
    assessor.take(path, "assess", "Sesuai pedoman.")
    visit(story, application["id"], "witness")
    assessor.take(path, "witness", "Uji berjalan baik.")
    plenary = story.of(Role.PLENARY_MEMBER)
    plenary.patch(path, decree_number="KEP.0001/BNSP/XI/2026")
    vote(story, application["id"])
    assert plenary.take(path, "grant")["state"] == "granted"
    [licence] = admin.get("/licences")["items"]
    assert licence["status"] == "active"


def visit(story: Story, application_id: int, kind: str) -> None:
    """Let the one licensing assessor visit the applicant and recommend it."""
    officer, assessor = story.of(Role.LICENSING_OFFICER), story.of(Role.LICENSING_ASSESSOR)
    today = timezone.localdate()
    planned = officer.post(
        "/visits",
        case_kind="licensing.licenceapplication",
        case_id=application_id,
        kind=kind,
        starts_on=today,
        ends_on=today,
        place="Jalan Kaliurang 14",
    )
    path = f"/visits/{planned['id']}"
    [registered] = officer.get("/licensing-assessors")["items"]
    officer.post(f"{path}/team", assessor_id=registered["id"], duty="lead")
    officer.take(path, "assign")
    assessor.post(f"{path}/impartiality")
    assessor.take(path, "start")
    items = assessor.get(path)["instrument"]["items"]
    answers = [{"item": one["code"], "verdict": "conforms", "note": ""} for one in items]
    assessor.put(f"{path}/answers", answers)
    assessor.patch(path, summary="Sesuai pedoman.", recommendation="positive")
    assert assessor.take(path, "report")["state"] == "reported"


def vote(story: Story, application_id: int) -> None:
    """Let a plenary of one member agree."""
    officer, member = story.of(Role.LICENSING_OFFICER), story.of(Role.PLENARY_MEMBER)
    meeting = officer.post(
        "/meetings",
        held_on=timezone.localdate(),
        place="Jakarta",
        chair_id=member.user_id,
        member_ids=[member.user_id],
    )
    path = f"/meetings/{meeting['id']}"
    item = officer.post(
        f"{path}/items",
        subject="licensing.licenceapplication",
        subject_id=application_id,
        question="grant",
    )
    officer.put(f"{path}/presence", {"user_ids": [member.user_id]})
    officer.take(path, "open")
    member.post(f"/agenda-items/{item['id']}/ballots", choice="yes")
    assert officer.take(f"/agenda-items/{item['id']}", "decide")["outcome"] == "carried"


def register_assessor(story: Story, scheme: dict[str, Any]) -> tuple[int, Program]:
    today = timezone.localdate()
    [made] = people(1, seed=1)
    account = make.user(made.name)
    make.confirm_email(account)
    admin, registrar = story.of(Role.BODY_ADMIN), story.of(Role.REGISTRAR)
    proposed = admin.post(
        "/assessors",
        name=made.name,
        document_kind="nik",
        document_number=made.nik,
        email=account.email,
        certificate_number=f"74100 2423 4 0000001 {today.year}",
        certified_on=today,
        scheme_ids=[scheme["scheme"]],
    )
    registrar.take(f"/assessors/{proposed['id']}", "register")
    program = Program(account)
    program.post("/account/identity", document_kind="nik", document_number=made.nik)
    return proposed["id"], program


def open_session(story: Story, scheme: dict[str, Any], assessor: int) -> str:
    admin, today = story.of(Role.BODY_ADMIN), timezone.localdate()
    venue = admin.post(
        "/venues",
        name="TUK Kaliurang",
        code="TUK.01/SLM/2026",
        kind="independent",
        keeper="Pengelola TUK",
        address="Jalan Kaliurang 15",
        region="34.04",
    )
    admin.post(
        f"/venues/{venue['id']}/verifications",
        scheme=scheme["scheme"],
        letter_number="ST/001",
        verified_on=today,
        first_verifier="Verifikator Satu",
        second_verifier="Verifikator Dua",
    )
    planned = admin.post(
        "/sessions",
        scheme_version=scheme["id"],
        venue=venue["id"],
        held_on=today,
        quota=CANDIDATES,
    )
    path = f"/sessions/{planned['id']}"
    admin.post(f"{path}/assignments", assessor=assessor, letter_number="ST/002", impartial=True)
    admin.take(path, "open")
    return path


def admit(story: Story, session: str) -> list[int]:
    admin = story.of(Role.BODY_ADMIN)
    batch = admin.post(f"{session}/candidates/batch", candidates=list(map(entry_of, PEOPLE)))
    assert batch["unfit"] == []
    keys: list[int] = batch["entered"]
    for key in keys:
        units = admin.get(f"/candidates/{key}")["units"]
        answers = [
            {"element": element, "outcome": "K", "evidence": "Portofolio"}
            for unit in units
            for element in unit["elements"]
        ]
        admin.put(f"/candidates/{key}/self-assessment", answers)
    for step in ("submit", "admit"):
        moved = admin.post(f"/candidates/steps/{step}", ids=keys)
        assert moved == {"moved": keys, "refused": []}
        if step == "submit":
            admin.post(f"{session}/distribution")
    return keys


def entry_of(made: MadePerson) -> dict[str, Any]:
    """Return a person as a batch has them."""
    identity = {
        "name": made.name,
        "document_kind": "nik",
        "document_number": made.nik,
        "born_in": made.born_in,
        "born_on": made.born_on,
        "sex": made.sex,
        "email": made.email,
        "phone": made.phone,
    }
    application = {
        "education": "SMK",
        "occupation": "Pelajar",
        "evidence": "Ijazah SMK Rekayasa Perangkat Lunak",
    }
    return {"identity": identity, "application": application}


def assess(story: Story, session: str, candidates: list[int], assessor: Program) -> None:
    admin = story.of(Role.BODY_ADMIN)
    admin.take(session, "start")
    for key in candidates:
        failed = key in candidates[-NOT_YET:]
        units = assessor.get(f"/candidates/{key}")["units"]
        results = [
            {"scheme_unit": unit["scheme_unit"], "outcome": "K", "evidence": "Observasi."}
            for unit in units
        ]
        results[-1]["outcome"] = "BK" if failed else "K"
        assessor.put(f"/candidates/{key}/results", results)
        told = assessor.take(f"/candidates/{key}", "recommend")
        assert told["recommendation"] == results[-1]["outcome"]
    admin.take(session, "to_plenary")


def decide(story: Story, session: str, candidates: list[int]) -> None:
    plenary = story.of(Role.BODY_DECIDER)
    parts = {"competent": candidates[:-NOT_YET], "not_yet": candidates[-NOT_YET:]}
    for step, keys in parts.items():
        assert plenary.post(f"/candidates/steps/{step}", ids=keys)["moved"] == keys
    story.of(Role.BODY_ADMIN).take(session, "close")


def issue(story: Story, session: str) -> dict[str, Any]:
    admin = story.of(Role.BODY_ADMIN)
    key = int(session.rpartition("/")[2])
    begun = admin.post("/certificate-requests", session=key, minutes_number="BA/001/2026")
    path = f"/certificate-requests/{begun['id']}"
    admin.take(path, "submit")
    story.of(Role.CERTIFICATION_OFFICER).take(path, "approve")
    do_queued()
    assert admin.get(path)["state"] == "issued"
    issued = admin.get("/certificates", certificate_request=begun["id"])
    assert issued["count"] == CANDIDATES - NOT_YET
    certificate: dict[str, Any] = issued["items"][0]
    path = f"/certificates/{certificate['id']}"
    document = admin.download(f"{path}/document")
    assert sha256(document).hexdigest() == admin.get(path)["document_sha256"]
    return certificate


def verify(story: Story, certificate: dict[str, Any]) -> None:
    """Ask without a token, as anybody does."""
    for asked in ({"number": certificate["number"]}, {"public_id": certificate["public_id"]}):
        answer = Client().get("/api/v1/verify", asked).json()
        assert (answer["verdict"], answer["holds"]) == ("valid", True)
        assert answer["certificate"]["holder_name"] == certificate["holder_name"]
        assert answer["body"]["name"] == story.body.name
