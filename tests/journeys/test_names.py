"""A name as somebody really writes it: issued, verified, printed, found."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoDbBlocker

from mumpuni.access.roles import Role
from mumpuni.access.session import HAS_MFA
from mumpuni.access.tests import make as access
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.tests import make
from mumpuni.credentials import contexts
from mumpuni.credentials.tests import peers
from mumpuni.kernel.tests.worlds import around_tests
from mumpuni.transparency.actions import publish

pytestmark = pytest.mark.django_db

NAMES = [
    "Siti Nurhaliza®",
    "Siti ®\ufe0f Nur 🎓",
    "Nguyễn Thị Ánh Nguyệt",
    unicodedata.normalize("NFD", "Nguyễn Văn Dũng"),
    "m\u0303aria q\u0306asim",
    "محمد بن عبد الله",
    "مُحَمَّد ڠڤڽۏچݢ",
    "نور\u200cالدین",
    "דוד בן־גוריון",
    "محمد (Ali) Ahmad, S.Kom.",
    "👩🏽\u200d🏫 Guru Teladan",
    "D’Angelo “Jo” O'Neil",
    'Budi "Anto" \\ <b>Santoso</b> & #set {{name}} %s',
    "Suryadiningrat " * 7 + "Kusumawardhani",
    "Wolfeschlegelsteinhausenberger" * 4,
]
KEPT_CONTEXTS = json.dumps(
    {
        url: str(Path(contexts.__file__).parent / context.file)
        for url, context in contexts.PINNED.items()
    }
)


def issue_to_all() -> dict[str, int]:
    """Issue a certificate to each, in one session; return their keys by name."""
    session = make.decided_session(candidates=len(NAMES))
    for candidate, name in zip(session.candidates.order_by("pk"), NAMES, strict=True):
        candidate.individual.name = name
        candidate.individual.save()
    request = make.issued_request(session)
    return dict(request.certificates.values_list("holder_name", "pk"))


@pytest.fixture(scope="module")
def issued(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, int]]:
    with around_tests(django_db_blocker, issue_to_all) as keys:
        yield keys


@pytest.fixture(params=NAMES)
def certificate(request: pytest.FixtureRequest, issued: dict[str, int]) -> Certificate:
    return Certificate.objects.get(pk=issued[request.param])


def read(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, address
    content: bytes = response.getvalue()
    return content


def found_in_the_register(typed: str) -> set[str]:
    """Return the numbers that the authority's list has for what is typed above it."""
    client = Client()
    client.force_login(access.member(Role.CERTIFICATION_OFFICER))
    session = client.session
    session[HAS_MFA] = True
    session.save()
    page = client.get(reverse("certificates:certificates"), {"q": typed}).content.decode()
    return {one for one in Certificate.objects.values_list("number", flat=True) if one in page}


def question(client: Client, certificate: Certificate) -> dict[str, Any]:
    """Put to a stranger's program what is public: the credential and the key it names."""
    document = read(client, f"/c/{certificate.public_id}.json").decode()
    credential = json.loads(document)
    body = json.loads(read(client, f"/lsp/{certificate.organisation.code}/did.json"))
    named = credential["proof"][0]["verificationMethod"]
    [method] = [one for one in body["verificationMethod"] if one["id"] == named]
    assert certificate.holder_name in {
        one["identityHash"] for one in credential["credentialSubject"]["identifier"]
    }
    return {"document": document, "method": method, "now": make.ISSUED_AT.isoformat()}


def test_a_program_of_others_accepts_the_credential_of_every_name(
    client: Client, issued: dict[str, int]
) -> None:
    publish(make.ISSUED_AT)
    certificates = Certificate.objects.filter(pk__in=issued.values())
    questions = [question(client, one) for one in certificates]

    answers = peers.ask("verify-credentials.mjs", questions, KEPT_CONTEXTS)

    assert answers == [{"verified": True, "error": None}] * len(NAMES)


def test_the_document_has_every_letter_of_the_name(certificate: Certificate) -> None:
    with make.printed(certificate).document.open() as file:
        front = pypdf.PdfReader(io.BytesIO(file.read())).pages[0].extract_text()

    # readers turn and part what runs from right to left: only which letters there are is compared
    composed = unicodedata.normalize("NFC", certificate.holder_name)
    assert {mark for mark in composed if mark.isprintable()} <= set(front)


def test_the_public_page_shows_the_name_as_text_in_its_own_direction(
    client: Client, certificate: Certificate
) -> None:
    page = read(client, f"/v/{certificate.public_id}").decode()

    assert f'<strong dir="auto">{escape(certificate.holder_name)}</strong>' in page


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_register_finds_the_name_however_its_marks_are_typed(
    certificate: Certificate, form: Any
) -> None:
    typed = unicodedata.normalize(form, certificate.holder_name)

    assert found_in_the_register(typed) == {certificate.number}


def test_number_and_name_together_are_confirmed_and_another_name_is_not(
    client: Client, certificate: Certificate
) -> None:
    def status_for(name: str) -> int:
        asked = {"number": certificate.number, "name": name}
        return client.get("/api/v1/verify", asked).status_code

    assert status_for(certificate.holder_name) == 200
    assert status_for(unicodedata.normalize("NFD", certificate.holder_name)) == 200
    assert status_for("Dewi Ayu") == 404
