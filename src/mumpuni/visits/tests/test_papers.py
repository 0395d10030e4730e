"""The letter of assignment and the report on paper, and who reads them."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.casework import queries
from mumpuni.casework.actions import file_of
from mumpuni.casework.models import IssuedDocument
from mumpuni.kernel.workflow import perform
from mumpuni.visits.models import Visit
from mumpuni.visits.tests import make

pytestmark = pytest.mark.django_db

NOON = make.noon(make.TODAY)


@pytest.fixture
def body() -> Organisation:
    access.authority()
    return access.organisation("LSP Pertama", code="1001")


def document_of(visit: Visit, kind: IssuedDocument.Kind) -> IssuedDocument:
    return queries.documents_of(visit).get(kind=kind)


def text_of(document: IssuedDocument) -> str:
    pages = PdfReader(io.BytesIO(file_of(document, at=NOON))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def page_of(document: IssuedDocument, client: Client) -> str:
    return client.get(document.get_absolute_url()).content.decode()


def signed_in(role: Role, of: Organisation | None = None) -> Client:
    client = Client()
    client.force_login(access.member(role, of))
    return client


def test_the_letter_names_the_team_the_days_and_the_place(body: Organisation) -> None:
    visit = make.assigned_visit(body, team=[make.assessor(), make.assessor()])

    said = text_of(document_of(visit, IssuedDocument.Kind.ASSIGNMENT))

    for words in ("SURAT TUGAS", visit.letter_number, "LSP Pertama", "1 Juni 2026", "Kantor LSP"):
        assert words in said
    for member in visit.team.all():
        assert str(member.assessor) in said


def test_the_report_tells_what_was_found_and_by_when_it_is_mended(body: Organisation) -> None:
    visit = make.reported_visit(body, findings=["major"])
    finding = visit.findings.get()

    said = text_of(document_of(visit, IssuedDocument.Kind.REPORT))

    for words in (
        "LAPORAN KUNJUNGAN",
        visit.report_number,
        "Sesuai uraian.",
        "Analisis ancaman belum ada.",
        "Mayor",
        "Sesuai",
    ):
        assert words in said
    assert finding.due_on is not None
    assert str(finding.due_on.year) in said


def test_d_08_body_and_authority_read_them_nobody_else(body: Organisation) -> None:
    visit = make.reported_visit(body)
    letter = document_of(visit, IssuedDocument.Kind.ASSIGNMENT)

    assert "Kantor LSP" in page_of(letter, signed_in(Role.BODY_ADMIN, body))
    for client in (Client(), signed_in(Role.BODY_ADMIN, access.organisation())):
        assert "Kantor LSP" not in page_of(letter, client)
        assert client.get(f"{letter.get_absolute_url()}.pdf").status_code == 404


def test_a_letter_says_that_its_visit_was_cancelled(body: Organisation) -> None:
    visit = make.assigned_visit(body)
    perform(visit, "cancel", make.officer(), at=NOON, note="Ditunda.")

    page = page_of(document_of(visit, IssuedDocument.Kind.ASSIGNMENT), Client())

    assert "Dibatalkan" in page


def test_the_page_of_the_visit_leads_to_its_papers(body: Organisation) -> None:
    visit = make.reported_visit(body)

    page = signed_in(Role.BODY_ADMIN, body).get(visit.get_absolute_url()).content.decode()

    for document in queries.documents_of(visit):
        assert f"{document.get_absolute_url()}.pdf" in page
