"""The endpoints: the same verbs for programs, a refusal by its rule."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mumpuni.access.models import AccessToken, Organisation, new_secret, secret_digest
from mumpuni.access.roles import Permission, Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.tests import make as assessment
from mumpuni.certificates.models import Certificate, CertificateRequest
from mumpuni.certificates.tests import make
from mumpuni.licensing.tests import make as licensing

pytestmark = pytest.mark.django_db

API = "/api/v1"
COLLECTIONS = ["certificate-requests", "certificates", "replacements", "misuse-reports"]


class Program:
    """A program with the token of somebody who holds a role."""

    def __init__(self, role: Role, of: Organisation | None = None) -> None:
        place = of or access.authority()
        secret = new_secret()
        AccessToken.objects.create(
            name="uji",
            digest=secret_digest(secret),
            user=access.member(role, of=place),
            organisation=place,
            scopes=list(Permission),
            expires_at=timezone.now() + timedelta(days=1),
        )
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, path: str, **asked: str) -> Any:
        return self.client.get(f"{API}/{path}", asked)

    def status(self, path: str) -> int:
        answer = self.get(path)
        answer.getvalue()  # a file that is not read stays open
        return int(answer.status_code)

    def post(self, path: str, **body: object) -> Any:
        return self.client.post(f"{API}/{path}", body, "application/json")

    def patch(self, path: str, **body: object) -> Any:
        return self.client.patch(f"{API}/{path}", body, "application/json")


def body_of(record: Certificate | CertificateRequest) -> Program:
    return Program(Role.BODY_ADMIN, record.organisation)


def addresses(certificate: Certificate) -> list[str]:
    make.printed(certificate)
    replacement = make.submitted_replacement(certificate)
    return [
        f"certificates/{certificate.pk}",
        f"certificates/{certificate.pk}/document",
        f"certificates/{certificate.pk}/steps",
        f"certificate-requests/{certificate.request_id}",
        f"certificate-requests/{certificate.request_id}/refusals",
        f"certificate-requests/{certificate.request_id}/steps",
        f"replacements/{replacement.pk}",
        f"replacements/{replacement.pk}/steps",
    ]


def test_a_stranger_is_told_to_bring_a_token(certificate: Certificate) -> None:
    for path in [*COLLECTIONS, *addresses(certificate)]:
        assert Client().get(f"{API}/{path}").status_code == 401


def test_another_body_finds_nothing(certificate: Certificate) -> None:
    other = Program(Role.BODY_ADMIN, licensing.licensed_body())

    assert {other.get(path).status_code for path in addresses(certificate)} == {404}
    assert [other.get(path).json()["items"] for path in COLLECTIONS] == [[], [], [], []]
    assert other.post("replacements", certificate=certificate.pk, **REPLACEMENT).status_code == 404
    assert (
        other.post(
            "certificate-requests", session=certificate.request.session_id, minutes_number="BA"
        ).status_code
        == 404
    )


REPLACEMENT = {"reason": "misprint", "corrected_name": "Dewi Ayu", "explanation": "Salah cetak."}


def test_body_and_authority_read_everything(certificate: Certificate) -> None:
    paths = addresses(certificate)

    for program in (body_of(certificate), Program(Role.CERTIFICATION_OFFICER)):
        assert {program.status(path) for path in paths} == {200}


def test_a_certificate_tells_its_facts_and_its_address(
    settings: Any, certificate: Certificate
) -> None:
    settings.PUBLIC_URL = "https://contoh.go.id"
    told = body_of(certificate).get("certificates", q=certificate.number).json()["items"][0]

    assert told["holder_name"] == "Dewi Ayu"
    assert told["verification"] == f"https://contoh.go.id/v/{certificate.public_id}"
    assert told["units"][0]["code"] == certificate.units[0]["code"]
    assert (told["issued_on"], told["valid_until"]) == ("2026-06-08", "2029-06-07")
    assert "candidate" not in told


def test_a_program_asks_for_certificates_and_the_authority_issues_them() -> None:
    session = make.decided_session(on=assessment.HELD_ON + timedelta(days=1))
    program, officer = (
        Program(Role.BODY_ADMIN, session.organisation),
        Program(Role.CERTIFICATION_OFFICER),
    )

    begun = program.post("certificate-requests", session=session.pk, minutes_number="BA/1")
    path = f"certificate-requests/{begun.json()['id']}"
    program.patch(path, minutes_number="BA/2")
    program.post(f"{path}/steps/submit")
    approved = officer.post(f"{path}/steps/approve")

    assert begun.status_code == 201
    assert (approved.json()["state"], approved.json()["minutes_number"]) == ("approved", "BA/2")
    assert program.patch(path, minutes_number="BA/3").status_code == 409


def test_a_refusal_names_its_rule() -> None:
    request = make.draft_request()
    licensing.freeze(request.organisation.licence, on=make.ISSUED_ON)

    answer = body_of(request).post(f"certificate-requests/{request.pk}/steps/submit")

    assert (answer.status_code, answer.json()["type"]) == (409, "/rules/L-10")


def test_c13_who_was_passed_over_is_listed_with_rule_and_reason() -> None:
    request = make.request_with_one_passed_over()
    candidate = request.refusals.get().candidate

    [listed] = body_of(request).get(f"certificate-requests/{request.pk}/refusals").json()["items"]

    assert (listed["candidate"], listed["name"]) == (candidate.pk, make.UNPRINTABLE)
    assert listed["code"] == "C-09"
    assert make.UNPRINTABLE in listed["reason"]


def test_a_body_does_not_approve_its_own_request() -> None:
    request = make.submitted_request()

    answer = body_of(request).post(f"certificate-requests/{request.pk}/steps/approve")

    assert answer.status_code == 403


def test_a_blank_is_registered_and_taken_back(certificate: Certificate) -> None:
    program, path = body_of(certificate), f"certificates/{certificate.pk}"

    registered = program.patch(path, blank_number="10617234")
    wrong = program.patch(path, blank_number="1061")
    taken_back = program.patch(path, blank_number=None)

    assert registered.json()["blank_number"] == "10617234"
    assert (wrong.status_code, "blank_number" in wrong.json()["errors"]) == (422, True)
    assert taken_back.json()["blank_number"] is None


def test_a_replacement_is_begun_corrected_and_submitted() -> None:
    certificate = make.issued_certificate(on=timezone.localdate())
    program = body_of(certificate)

    begun = program.post("replacements", certificate=certificate.pk, **REPLACEMENT)
    path = f"replacements/{begun.json()['id']}"
    program.patch(path, corrected_name="Dewi Ayu Lestari")
    submitted = program.post(f"{path}/steps/submit")

    assert submitted.json()["state"] == "submitted"
    assert submitted.json()["corrected_name"] == "Dewi Ayu Lestari"


def test_the_document_is_a_pdf_and_withheld_once_revoked(printed: Certificate) -> None:
    certificate = printed
    program, path = body_of(certificate), f"certificates/{certificate.pk}/document"

    assert b"".join(program.get(path).streaming_content).startswith(b"%PDF-")
    make.take(certificate, "revoke")
    refused = program.get(path)
    assert (refused.status_code, refused.json()["type"]) == (409, "/rules/C-10")


def test_reports_are_for_the_law_desk() -> None:
    report = make.report()

    assert Program(Role.LAW_OFFICER).get(f"misuse-reports/{report.pk}").status_code == 200
    assert Program(Role.CERTIFICATION_OFFICER).get(f"misuse-reports/{report.pk}").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        {"issued_from": "2026-02-31"},
        {"state": "gold"},
        {"q": "x" * 201},
        {"q": "a\0b"},
        {"limit": "-1"},
        {"certificate_request": "x"},
    ],
)
def test_what_makes_no_sense_is_refused(asked: dict[str, str]) -> None:
    assert Program(Role.CERTIFICATION_OFFICER).get("certificates", **asked).status_code == 422
