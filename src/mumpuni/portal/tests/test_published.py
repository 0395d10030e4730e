"""What verifiers everywhere read: the same bytes from the site and from the static tree."""

from __future__ import annotations

import json
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.person import SYSTEM
from mumpuni.access.tests import make as access
from mumpuni.certificates import actions
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.tests import make
from mumpuni.credentials import queries, verification
from mumpuni.credentials.contexts import PINNED
from mumpuni.credentials.models import SigningKey
from mumpuni.kernel.workflow import perform
from mumpuni.licensing.models import Licence
from mumpuni.licensing.tests import make as licensing
from mumpuni.transparency import actions as log
from mumpuni.transparency import proofs
from mumpuni.transparency.entries import commitment
from mumpuni.transparency.models import Checkpoint
from mumpuni.transparency.notes import VerifierKey

pytestmark = pytest.mark.django_db

AT = make.ISSUED_AT
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
def told(certificate: Certificate) -> Certificate:
    """Return a certificate whose keys, lists and log can be read."""
    access.authority()
    log.publish(AT)
    actions.sign_status_lists(AT)
    return certificate


def read(client: Client, path: str, **headers: str) -> bytes:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, path
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"].startswith("public")
    assert answer["ETag"]
    return answer.content


def outcome(content: bytes, at: datetime = AT) -> verification.Outcome:
    return verification.verify(content, queries.resolver(), at=at).outcome


def test_a_credential_is_read_at_the_address_that_is_its_identifier(
    client: Client, told: Certificate
) -> None:
    content = read(client, f"/c/{told.public_id}")

    assert json.loads(content)["id"].endswith(f"/c/{told.public_id}")
    assert sha256(content).digest() == bytes(told.credential.digest)
    assert outcome(content) == verification.Outcome.PASSED


@pytest.mark.parametrize(
    ("accepted", "kind"),
    [
        ("*/*", "application/vc"),
        ("application/vc", "application/vc"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/json"),
        ("application/vc+jwt", "application/vc+jwt"),
        ("image/png", "application/vc"),
    ],
)
def test_programs_get_a_credential_in_the_form_they_ask_for(
    client: Client, told: Certificate, accepted: str, kind: str
) -> None:
    answer = client.get(f"/c/{told.public_id}", headers={"accept": accepted})

    assert answer["Content-Type"] == kind
    assert "Accept" in answer["Vary"]
    assert outcome(answer.content) == verification.Outcome.PASSED


def test_people_are_led_to_the_page_of_the_certificate(client: Client, told: Certificate) -> None:
    answer = client.get(f"/c/{told.public_id}", headers={"accept": BROWSER})

    assert (answer.status_code, answer["Location"]) == (302, f"/v/{told.public_id}")


def test_the_file_and_the_token_say_the_same(client: Client, told: Certificate) -> None:
    file, token = (read(client, f"/c/{told.public_id}.{form}") for form in ("json", "jwt"))

    assert outcome(file) == outcome(token) == verification.Outcome.PASSED


def test_the_proof_shows_the_issue_in_the_log(client: Client, told: Certificate) -> None:
    proof = read(client, f"/c/{told.public_id}.tlog-proof").decode()
    digest = sha256(read(client, f"/c/{told.public_id}.json")).digest()

    proven = proofs.verify(proof, [VerifierKey.parse(Checkpoint.objects.latest("size").key)])

    assert proven.entry.commitment == commitment("issue", told.public_id, digest)


def test_a_certificate_that_the_log_has_not_told_has_no_proof_yet(
    client: Client, certificate: Certificate
) -> None:
    assert client.get(f"/c/{certificate.public_id}.tlog-proof").status_code == 404


@pytest.mark.parametrize("purpose", ["revocation", "suspension", "message"])
def test_a_status_list_is_read_where_the_credential_says(
    client: Client, told: Certificate, purpose: str
) -> None:
    document = json.loads(read(client, f"/c/{told.public_id}"))
    [address] = [
        status["statusListCredential"]
        for status in document["credentialStatus"]
        if status["statusPurpose"] == purpose
    ]

    content = read(client, address.removeprefix(document["id"].partition("/c/")[0]))

    assert json.loads(content)["id"] == address
    assert outcome(content) == verification.Outcome.PASSED


def test_the_keys_that_signed_are_in_the_document_of_the_body(
    client: Client, told: Certificate
) -> None:
    document = json.loads(read(client, f"/lsp/{told.organisation.code}/did.json"))

    [proof, _simple] = json.loads(read(client, f"/c/{told.public_id}"))["proof"]
    assert proof["verificationMethod"] in document["assertionMethod"]


def test_a_key_that_was_stolen_is_told_to_be(client: Client, told: Certificate) -> None:
    key = SigningKey.objects.get(pk=told.credential.key_id)
    perform(key, "compromise", SYSTEM, at=AT, note="Komputer hilang.")

    document = json.loads(read(client, f"/lsp/{told.organisation.code}/did.json"))

    [method] = [one for one in document["verificationMethod"] if one["id"] == str(key)]
    assert method["revoked"] == "2026-06-08T05:00:00Z"


def recognition(client: Client, certificate: Certificate) -> dict[str, Any]:
    content = read(client, f"/lsp/{certificate.organisation.code}/recognition.json")
    document: dict[str, Any] = json.loads(content)
    told_at = datetime.fromisoformat(document["validFrom"])
    assert outcome(content, told_at) == verification.Outcome.PASSED
    return document


def test_the_authority_recognises_a_body_for_its_terms(client: Client, told: Certificate) -> None:
    document = recognition(client, told)

    [body] = document["credentialSubject"]
    assert body["id"] == json.loads(read(client, f"/c/{told.public_id}"))["issuer"]["id"]
    assert body["name"] == told.body_name
    licence = Licence.objects.get(organisation=told.organisation)
    [term] = licence.terms.all()
    assert body["recognizedTo"]["validUntil"].startswith(str(term.valid_until))
    assert document["issuer"] == json.loads(read(client, "/.well-known/did.json"))["id"]


def test_a_recognition_is_the_same_bytes_at_each_reading(client: Client, told: Certificate) -> None:
    path = f"/lsp/{told.organisation.code}/recognition.json"

    assert read(client, path) == read(client, path)


def test_a_recognition_ends_on_the_eve_of_a_sanction(client: Client, told: Certificate) -> None:
    licence = Licence.objects.get(organisation=told.organisation)
    licensing.freeze(licence, on=date(2026, 8, 1), months=6)

    [body] = recognition(client, told)["credentialSubject"]

    assert body["recognizedTo"]["validUntil"] == "2026-07-31T16:59:59Z"


def test_who_lost_the_licence_is_not_in_the_registry(client: Client, told: Certificate) -> None:
    name = f"did:web:127.0.0.1%3A8000:lsp:{told.organisation.code}"
    assert json.loads(read(client, "/registry.json"))["registry"][name]["name"] == told.body_name

    licence = Licence.objects.get(organisation=told.organisation)
    licensing.revoke(licence, on=date(2026, 8, 1))

    assert json.loads(read(client, "/registry.json"))["registry"] == {}


def test_context_files_are_those_of_their_publishers(client: Client) -> None:
    for pinned in PINNED.values():
        content = read(client, f"/contexts/{pinned.file}")
        assert sha256(content).hexdigest() == pinned.sha256


@pytest.mark.parametrize(
    "path",
    [
        "/c/ABCDEFGHIJKLMNOP",
        "/c/ABCDEFGHIJKLMNOP.json",
        "/c/ABCDEFGHIJKLMNOP.jwt",
        "/c/ABCDEFGHIJKLMNOP.tlog-proof",
        "/c/abc",
        "/lsp/9999/did.json",
        "/lsp/9999/recognition.json",
        "/status/9999/2026/1/revocation",
        "/status/9999/2026/99999999999999999999/revocation",
        "/status/9999/2026/1/organisation",
        "/contexts/README.md",
        "/contexts/%00",
    ],
)
def test_what_was_not_published_is_said_in_a_line_of_text(client: Client, path: str) -> None:
    access.authority()

    answer = client.get(path)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_before_there_is_an_authority_nobody_is_recognised(client: Client) -> None:
    assert client.get("/.well-known/did.json").status_code == 404
    assert client.get("/lsp/1001/recognition.json").status_code == 404


def test_who_has_it_already_is_not_sent_it_again(client: Client, told: Certificate) -> None:
    path = f"/c/{told.public_id}.json"
    tag = client.get(path)["ETag"]

    assert client.get(path, headers={"if-none-match": tag}).status_code == 304


def test_a_credential_is_one_question_to_the_database(
    client: Client, told: Certificate, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        client.get(f"/c/{told.public_id}.json")


def test_search_engines_are_told_to_leave_persons_alone(client: Client, told: Certificate) -> None:
    for form in ("", ".json", ".jwt"):
        answer = client.get(f"/c/{told.public_id}{form}")
        assert answer["X-Robots-Tag"] == "noindex"


def test_devices_without_a_network_are_given_the_same(client: Client, told: Certificate) -> None:
    bundle = client.get("/verifikasi/luring/bundel.json").json()

    body = told.organisation.code
    assert json.loads(read(client, f"/lsp/{body}/did.json")) in bundle["did_documents"]
    published = json.loads(read(client, f"/status/{body}/2026/1/revocation"))
    kept = bundle["status_lists"][published["id"]]
    assert kept["credentialSubject"] == published["credentialSubject"]
    assert kept["proof"] == published["proof"][1:]
    assert bundle["log_keys"] == [Checkpoint.objects.latest("size").key]
