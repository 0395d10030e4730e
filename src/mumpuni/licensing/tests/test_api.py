"""Endpoints: the same verbs as the pages, for programs with a token."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mumpuni.access.models import AccessToken, Organisation, User, new_secret, secret_digest
from mumpuni.access.roles import Permission, Role
from mumpuni.access.tests import make as access
from mumpuni.licensing.models import Licence, LicenceApplication
from mumpuni.licensing.tests import make
from mumpuni.schemes.tests import make as schemes

pytestmark = pytest.mark.django_db

APPLICATIONS = "/api/v1/licence-applications"
LICENCES = "/api/v1/licences"
MOST_QUERIES = 12


def program(user: User, of: Organisation, *scopes: Permission) -> Client:
    secret = new_secret()
    AccessToken.objects.create(
        name="uji",
        digest=secret_digest(secret),
        user=user,
        organisation=of,
        scopes=list(scopes or Permission),
        expires_at=datetime(2099, 1, 1, tzinfo=UTC),
    )
    return Client(headers={"Authorization": f"Bearer {secret}"})


def of_body(body: Organisation) -> Client:
    return program(access.member(Role.BODY_ADMIN, body), body)


def of_authority(role: Role = Role.LICENSING_OFFICER) -> Client:
    return program(access.member(role), access.authority())


def send(client: Client, method: str, address: str, body: Any = None) -> Any:
    call = getattr(client, method)
    return call(address, body if body is not None else {}, content_type="application/json")


FACTS = {
    "body_type": "p3",
    "founder_kind": "association",
    "founder_name": "Asosiasi Contoh",
    "candidate_group": "sector",
    "sector_code": "TIK",
}


def endpoints(application: LicenceApplication, licence: Licence) -> list[tuple[str, str]]:
    one, two = f"{APPLICATIONS}/{application.pk}", f"{LICENCES}/{licence.pk}"
    document = application.documents.all()[0].pk
    return [
        ("get", one),
        ("patch", one),
        ("patch", f"{one}/schemes"),
        ("patch", f"{one}/data"),
        ("get", f"{one}/readiness"),
        ("get", f"{one}/route"),
        ("get", f"{one}/documents/{document}/file"),
        ("delete", f"{one}/documents/{document}"),
        ("get", f"{one}/steps"),
        ("post", f"{one}/steps/submit"),
        ("get", two),
        ("get", f"{two}/status"),
    ]


def test_a_stranger_is_turned_away_and_another_body_finds_nothing() -> None:
    licence = make.granted_body().licence
    assert licence.application is not None
    other = of_body(make.applicant())

    for method, address in endpoints(licence.application, licence):
        assert send(Client(), method, address).status_code == 401, address
        assert send(other, method, address).status_code == 404, address
    for address in (APPLICATIONS, LICENCES):
        assert Client().get(address).status_code == 401
        assert other.get(address).json() == {"items": [], "count": 0}


def test_a_program_applies_and_submits() -> None:
    body, version = make.applicant(), schemes.verified_scheme()
    client = of_body(body)

    begun = send(client, "post", APPLICATIONS, FACTS)
    assert begun.status_code == 201, begun.json()
    one = f"{APPLICATIONS}/{begun.json()['id']}"
    changed = send(client, "patch", one, {"founder_name": "Asosiasi Lain"})
    assert changed.json()["founder_name"] == "Asosiasi Lain"
    chosen = send(client, "patch", f"{one}/schemes", {"add": [version.pk]})
    assert chosen.json()["schemes"][0]["scheme_version"] == version.pk
    refused = send(client, "post", f"{one}/steps/submit")
    assert (refused.status_code, refused.json()["type"]) == (409, "/rules/L-05")
    for item in client.get(f"{one}/readiness").json()["documents"]:
        sent = client.post(f"{one}/documents", {"kind": item["kind"], "file": make.pdf()})
        assert sent.status_code == 200, sent.json()

    submitted = send(client, "post", f"{one}/steps/submit")

    assert submitted.json()["state"] == "submitted"


def test_a_file_that_is_no_pdf_is_a_problem_with_the_number_of_its_rule() -> None:
    application = make.draft()
    client = of_body(application.organisation)
    file = SimpleUploadedFile("akta.pdf", b"<html>", "application/pdf")

    response = client.post(
        f"{APPLICATIONS}/{application.pk}/documents", {"kind": "office", "file": file}
    )

    assert (response.status_code, response.json()["type"]) == (422, "/rules/L-08")


def test_a_document_is_downloaded_judged_and_replaced() -> None:
    application = make.in_state("document_verification")
    officer, one = of_authority(), f"{APPLICATIONS}/{application.pk}"
    document = application.documents.get(kind="office")

    file = officer.get(f"{one}/documents/{document.pk}/file")
    assert b"".join(file.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert file["Content-Disposition"].startswith("attachment")
    silent = send(
        officer, "post", f"{one}/verdicts", [{"document": document.pk, "verdict": "rejected"}]
    )
    assert silent.json()["type"] == "/rules/L-13"
    rejected = {"document": document.pk, "verdict": "rejected", "remark": "Tidak terbaca."}
    judged = send(officer, "post", f"{one}/verdicts", [rejected])
    assert "rejected" in {row["verdict"] for row in judged.json()["documents"]}
    send(officer, "post", f"{one}/steps/return", {"note": "Perbaiki."})
    body = of_body(application.organisation)
    assert send(body, "delete", f"{one}/documents/{document.pk}").status_code == 200

    document.refresh_from_db()
    assert document.withdrawn_at is not None


def test_the_offers_say_why_a_step_is_closed() -> None:
    application = make.in_state("document_verification")

    offers = of_authority().get(f"{APPLICATIONS}/{application.pk}/steps").json()

    assert {offer["name"]: offer["refused_by"] for offer in offers} == {
        "return": "",
        "verify": "L-12",
    }


def test_the_status_of_a_licence_on_any_day() -> None:
    licence = make.licence(on=date(2024, 1, 2))
    make.freeze(licence, on=date(2024, 12, 6), months=6)
    client, here = of_authority(), f"{LICENCES}/{licence.pk}/status"

    assert client.get(here, {"on": "2024-12-05"}).json() == {
        "on": "2024-12-05",
        "status": "active",
        "sanction": None,
    }
    frozen = client.get(here, {"on": "2024-12-07"}).json()
    assert (frozen["status"], frozen["sanction"]["effective_on"]) == ("frozen", "2024-12-06")
    assert client.get(here, {"on": "2023-12-31"}).json()["status"] == "not_licensed"
    assert client.get(here, {"on": "2024-02-31"}).status_code == 422


def test_a_licence_is_shown_with_its_sanctions() -> None:
    licence = make.licence(on=date(2024, 1, 2))
    make.freeze(licence, on=date(2024, 12, 6))

    shown = of_authority(Role.LAW_OFFICER).get(f"{LICENCES}/{licence.pk}").json()

    assert (shown["status"], len(shown["sanctions"]), len(shown["scope"])) == ("frozen", 1, 1)


def test_a_token_without_the_scope_may_look_but_not_act() -> None:
    application = make.complete()
    body = application.organisation
    reader = program(access.member(Role.BODY_ADMIN, body), body, Permission.LICENCE_VIEW)

    assert reader.get(f"{APPLICATIONS}/{application.pk}").status_code == 200
    refused = send(reader, "post", f"{APPLICATIONS}/{application.pk}/steps/submit")
    assert refused.status_code == 403
    assert send(reader, "post", APPLICATIONS, FACTS).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"body_type": "p9"},
        {"founder_name": "x" * 5_000},
        {"founder_name": "nol\0nol"},
        {"sector_code": "<b>"},
        {"founder_kind": None},
    ],
)
def test_wrong_facts_are_a_problem(wrong: dict[str, Any]) -> None:
    response = send(of_body(make.applicant()), "post", APPLICATIONS, FACTS | wrong)

    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert not LicenceApplication.objects.exists()


@pytest.mark.parametrize("asked", [{"state": "terbang"}, {"limit": "0"}, {"q": "a\0b"}])
def test_a_wrong_question_is_a_problem(asked: dict[str, str]) -> None:
    assert of_authority().get(APPLICATIONS, asked).status_code == 422


def test_lists_are_filtered() -> None:
    licence = make.licence(on=date(2010, 1, 4))
    waiting = make.in_state("submitted")
    client = of_authority()

    def keys(address: str, **asked: str) -> list[int]:
        return [row["id"] for row in client.get(address, asked).json()["items"]]

    assert keys(APPLICATIONS, state="submitted") == [waiting.pk]
    assert keys(APPLICATIONS, q=waiting.organisation.name) == [waiting.pk]
    assert keys(LICENCES, status="expired") == [licence.pk]
    assert keys(LICENCES, status="active") == []


@pytest.mark.parametrize("part", ["applications", "application", "licences", "licence"])
def test_an_answer_takes_few_queries(part: str) -> None:
    licence = make.granted_body().licence
    for _ in range(3):
        make.licence()
    application = licence.application
    assert application is not None
    address = {
        "applications": APPLICATIONS,
        "application": f"{APPLICATIONS}/{application.pk}",
        "licences": LICENCES,
        "licence": f"{LICENCES}/{licence.pk}",
    }[part]
    client = of_authority()

    with CaptureQueriesContext(connection) as taken:
        assert client.get(address).status_code == 200

    assert len(taken) <= MOST_QUERIES


def test_a_program_asks_for_a_wider_scope() -> None:
    today = timezone.localdate()
    body, version = make.granted_body(on=today), schemes.verified_scheme()
    client = of_body(body)
    openings = {
        one["kind"]: one["refused_by"] for one in client.get(f"{APPLICATIONS}/openings").json()
    }
    assert openings == {"new": "L-07", "renewal": "L-24", "scope": "", "change": ""}

    begun = send(client, "post", APPLICATIONS, {"kind": "scope"}).json()
    one = f"{APPLICATIONS}/{begun['id']}"
    assert {row["carried_from"] for row in begun["documents"]} == {
        LicenceApplication.objects.get(kind="new").pk
    }
    early = client.get(f"{one}/readiness").json()
    assert (early["score"], early["checklist_version"]) == (50, 1)
    assert [row["rule"] for row in early["missing"]] == ["L-05", "L-28"]
    assert [row["kind"] for row in early["documents"] if row["missing"]] == ["new_schemes"]
    client.post(f"{one}/documents", {"kind": "new_schemes", "file": make.pdf()})
    chosen = send(client, "patch", f"{one}/schemes", {"add": [version.pk]}).json()
    assert [row["action"] for row in chosen["schemes"]] == ["add"]
    assert client.get(f"{one}/readiness").json()["score"] == 100
    assert send(client, "post", f"{one}/steps/submit").json()["state"] == "document_verification"

    way = client.get(f"{one}/route").json()
    assert [phase["stands"] for phase in way["phases"]] == ["passed", "present", "ahead", "ahead"]
    assert (way["turn"], way["organisation"]) == ("Verifikasi dokumen", None)
    assert way["due_on"] > today.isoformat()
    listed = client.get(APPLICATIONS, {"kind": "scope"}).json()["items"]
    assert [row["id"] for row in listed] == [begun["id"]]


def test_a_program_proposes_other_data() -> None:
    body = make.licensed_body(on=timezone.localdate())
    client = of_body(body)
    begun = send(client, "post", APPLICATIONS, {"kind": "change"}).json()
    one = f"{APPLICATIONS}/{begun['id']}/data"

    proposed = send(client, "patch", one, {"name": "LSP Baru"}).json()
    assert proposed["proposed_changes"] == [{"field": "name", "value": "LSP Baru"}]
    for wrong in ({"email": "x"}, {"name": "nol\0nol"}, {"region": "99.99"}):
        assert send(client, "patch", one, wrong).status_code == 422, wrong


def test_a_licensed_body_fills_in_no_facts_again() -> None:
    client = of_body(make.licensed_body(on=timezone.localdate()))

    response = send(client, "post", APPLICATIONS, {"kind": "scope", "founder_name": "Lain"})

    assert (response.status_code, response.json()["type"]) == (409, "/rules/L-33")
    assert not LicenceApplication.objects.filter(kind="scope").exists()
