"""Every page: what it shows, to whom, and at what cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.models import Organisation, User
from mumpuni.access.roles import Role
from mumpuni.access.session import HAS_MFA
from mumpuni.access.tests import make as access
from mumpuni.assessment.tests.make import admin
from mumpuni.certificates import queries
from mumpuni.certificates.models import Certificate, CertificateRequest, Replacement
from mumpuni.certificates.tests import make
from mumpuni.kernel.workflow import amend
from mumpuni.licensing.tests import make as licensing

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
HTML = "<script>alert(1)</script>'; DROP TABLE x; --"
COUNTS = ["asked_count", "issued_count"]
LISTS = ["certificates", "own", "requests", "replacements"]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session[HAS_MFA] = True
    session.save()
    return client


def staff(of: Organisation) -> Client:
    return signed_in(access.member(Role.BODY_ADMIN, of=of))


def authority(role: Role = Role.CERTIFICATION_OFFICER) -> Client:
    return signed_in(access.member(role))


def page(client: Client, name: str, *args: object, **asked: str) -> Any:
    return client.get(reverse(f"certificates:{name}", args=args), asked)


@pytest.fixture
def replacement(certificate: Certificate) -> Replacement:
    return make.submitted_replacement(certificate)


def status(client: Client, address: str) -> int:
    answer = client.get(address)
    answer.getvalue()  # a file that is not read stays open
    return answer.status_code


def pages_of(replacement: Replacement) -> Iterator[str]:
    """Every page that belongs to a body's records."""
    certificate = replacement.certificate
    for name in ("certificate", "document", "blank", "replacement-new"):
        yield reverse(f"certificates:{name}", args=[certificate.pk])
    for name in ("request", "request-edit", "request-certificates", "request-refusals"):
        yield reverse(f"certificates:{name}", args=[certificate.request_id])
    for name in ("replacement", "replacement-edit"):
        yield reverse(f"certificates:{name}", args=[replacement.pk])
    yield reverse("certificates:certificate-step", args=[certificate.pk, "revoke"])
    yield reverse("certificates:request-step", args=[certificate.request_id, "approve"])
    yield reverse("certificates:replacement-step", args=[replacement.pk, "approve"])


def test_a_stranger_is_asked_to_sign_in(replacement: Replacement) -> None:
    addresses = [
        *pages_of(replacement),
        *(reverse(f"certificates:{name}") for name in [*LISTS, "request-new", "reports"]),
        reverse("certificates:report", args=[make.report().pk]),
    ]

    for address in addresses:
        answer = Client().get(address)
        assert (answer.status_code, "/akun/login" in answer["Location"]) == (302, True), address


def test_another_body_and_another_person_find_nothing(replacement: Replacement) -> None:
    others = [staff(licensing.licensed_body()), signed_in(access.user())]

    for client in others:
        assert {status(client, address) for address in pages_of(replacement)} == {404}
        for name in LISTS:
            assert "Dewi Ayu" not in page(client, name).text


def test_body_and_authority_open_every_page_but_forms_they_could_not_send(
    replacement: Replacement,
) -> None:
    certificate = make.printed(replacement.certificate)
    decided = {
        reverse("certificates:request-edit", args=[certificate.request_id]),
        reverse("certificates:replacement-edit", args=[replacement.pk]),
    }
    of_the_body = decided | {
        reverse("certificates:blank", args=[certificate.pk]),
        reverse("certificates:replacement-new", args=[certificate.pk]),
    }

    for client, closed, answer in (
        (staff(certificate.organisation), decided, 409),
        (authority(), of_the_body, 403),
    ):
        for address in pages_of(replacement):
            assert status(client, address) == (answer if address in closed else 200), address


def test_reports_are_for_the_law_desk(replacement: Replacement) -> None:
    report = make.report(claimed_number=replacement.certificate.number, claimed_name="Budi")

    shown = page(authority(Role.LAW_OFFICER), "report", report.pk).text
    others = [authority(), staff(replacement.certificate.organisation)]

    assert "atas nama lain" in shown
    assert "pelapor@contoh.test" in shown
    assert [page(client, "report", report.pk).status_code for client in others] == [404, 404]


def test_the_holder_sees_and_downloads_the_certificate(printed: Certificate) -> None:
    certificate = printed
    assert certificate.candidate.individual.user is not None
    holder = signed_in(certificate.candidate.individual.user)

    own = page(holder, "own").text
    document = page(holder, "document", certificate.pk)
    shown = page(holder, "certificate", certificate.pk).text

    assert certificate.number in own
    assert document["Content-Type"] == "application/pdf"
    assert b"".join(document.streaming_content).startswith(b"%PDF-")
    assert "Unduh PDF" in shown
    assert "Ajukan penggantian" not in shown
    assert "BA/01" not in shown


@pytest.mark.parametrize("state", ["suspended", "revoked", "replaced"])
def test_c10_the_document_is_withheld_once_the_certificate_does_not_stand(
    state: str, certificate: Certificate
) -> None:
    make.take_to(certificate, state)

    answer = page(staff(certificate.organisation), "document", certificate.pk)

    assert answer.status_code == 409
    assert "C-10" in answer.text


def test_c10_there_is_no_document_before_the_certificate_is_proven() -> None:
    certificate = make.approved_request(issue=True).certificates.get()

    assert page(staff(certificate.organisation), "document", certificate.pk).status_code == 409


def test_nothing_that_looks_like_a_certificate_is_handed_out_before_issue() -> None:
    request = make.submitted_request()

    shown = page(staff(request.organisation), "request", request.pk).text

    assert ".pdf" not in shown
    assert "dokumen" not in shown
    assert not request.certificates.exists()


def test_the_body_asks_and_the_authority_approves_in_the_browser() -> None:
    session = make.decided_session(on=date(2026, 11, 2))
    body, officer = staff(session.organisation), authority()
    values = {"session": session.pk, "minutes_number": "BA/7"}

    assert session.number in page(body, "request-new").text
    body.post(reverse("certificates:request-new"), values)
    request = CertificateRequest.objects.get(session=session)
    body.post(reverse("certificates:request-step", args=[request.pk, "submit"]))
    officer.post(reverse("certificates:request-steps"), {"step": "approve", "pk": [request.pk]})

    request.refresh_from_db()
    assert (request.state, request.minutes_number) == ("approved", "BA/7")


def test_a_session_that_is_not_decided_cannot_be_chosen() -> None:
    session = make.decided_session(close=False)
    body = staff(session.organisation)

    answer = body.post(
        reverse("certificates:request-new"), {"session": session.pk, "minutes_number": "BA/7"}
    )

    assert answer.status_code == 422
    assert not CertificateRequest.objects.filter(session=session).exists()


def test_only_a_bodys_administrator_asks(certificate: Certificate) -> None:
    for client in (authority(), signed_in(access.user())):
        assert page(client, "request-new").status_code == 403


def test_the_progress_of_the_issue_is_shown() -> None:
    request = make.approved_request(make.decided_session(candidates=2), issue=True)

    shown = page(staff(request.organisation), "request", request.pk).text

    assert "Menerbitkan sertifikat" in shown
    assert "<progress" in shown


def test_a_request_says_for_how_many_it_asks_before_any_is_issued() -> None:
    request = make.submitted_request(make.decided_session(candidates=3, not_yet=1))
    client = staff(request.organisation)

    [listed] = queries.requests(admin(request.organisation)).values_list(*COUNTS)
    shown = page(client, "request", request.pk).text

    assert listed == (2, 0)
    assert "<dt>Sertifikat diminta</dt><dd>2</dd>" in shown
    assert "<dt>Sertifikat terbit</dt><dd>0</dd>" in shown


def test_a_second_request_asks_for_those_whom_the_first_left_out() -> None:
    first = make.request_with_one_passed_over()
    make.draft_request(first.session)

    rows = queries.requests(admin(first.organisation)).order_by("pk").values_list(*COUNTS)

    assert list(rows) == [(3, 2), (1, 0)]


def test_c13_the_request_names_who_was_passed_over_and_why() -> None:
    request = make.request_with_one_passed_over()
    client = staff(request.organisation)

    shown = page(client, "request", request.pk).text
    listed = page(client, "request-refusals", request.pk).text
    file = b"".join(page(client, "request-refusals", request.pk, format="csv").streaming_content)

    for text in (shown, listed, file.decode()):
        assert make.UNPRINTABLE in text
        assert "C-09" in text
    assert (
        "Tidak dapat diterbitkan" not in page(authority(), "request", make.issued_request().pk).text
    )


def test_the_page_of_a_large_request_shows_the_first_and_leads_to_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request = make.issued_request(make.decided_session(candidates=3))
    waiting = make.submitted_request(make.decided_session(candidates=3))
    monkeypatch.setattr("mumpuni.certificates.views.requests.MOST_SHOWN", 2)
    numbers = request.certificates.order_by("pk").values_list("number", flat=True)
    client = authority()

    shown = page(client, "request", request.pk).text
    everything = page(client, "request-certificates", request.pk).text
    before = page(client, "request", waiting.pk).text

    assert [number in shown for number in numbers] == [True, True, False]
    assert reverse("certificates:request-certificates", args=[request.pk]) in shown
    assert all(number in everything for number in numbers)
    assert before.count("<li>Asesi") == 2
    assert "Masih ada lagi" in before


def test_a_blank_is_registered_on_its_page(certificate: Certificate) -> None:
    body = staff(certificate.organisation)
    address = reverse("certificates:blank", args=[certificate.pk])

    wrong = body.post(address, {"blank_number": HTML})
    body.post(address, {"blank_number": "10617234"})

    certificate.refresh_from_db()
    assert wrong.status_code == 422
    assert HTML not in wrong.text
    assert certificate.blank_number == "10617234"


def test_a_replacement_begins_on_the_certificates_page(certificate: Certificate) -> None:
    body = staff(certificate.organisation)
    address = reverse("certificates:replacement-new", args=[certificate.pk])

    assert "Dewi Ayu" in body.get(address).text
    wrong = body.post(address, {"reason": "loss", "corrected_name": "x" * 201, "explanation": ""})
    body.post(address, {"reason": "misprint", "corrected_name": HTML, "explanation": HTML})

    replacement = Replacement.objects.get()
    assert wrong.status_code == 422
    assert replacement.corrected_name == HTML
    assert HTML not in page(body, "replacement", replacement.pk).text


def test_a_revocation_asks_for_the_reason(certificate: Certificate) -> None:
    officer = authority()
    address = reverse("certificates:certificate-step", args=[certificate.pk, "revoke"])

    without = officer.post(address, {"note": " "})
    officer.post(address, {"note": "Diperoleh dengan bukti palsu."})

    certificate.refresh_from_db()
    assert (without.status_code, certificate.state) == (409, "revoked")


def test_the_register_is_searched_by_any_number_and_by_name(certificate: Certificate) -> None:
    officer = authority()
    amend(
        certificate,
        {"blank_number": "10617234"},
        admin(certificate.organisation),
        at=make.ISSUED_AT,
    )

    for typed in (certificate.number.replace(" ", ""), "10617234", "ayu dew", "AYU", "ay"):
        assert "Dewi Ayu" in page(officer, "certificates", q=typed).text
    for typed in ("budi", "99999", HTML, "%", "yu"):
        assert "Dewi Ayu" not in page(officer, "certificates", q=typed).text
    assert page(officer, "certificates", q="x" * 500).status_code == 200
    assert "Dewi Ayu" not in page(officer, "certificates", state="revoked").text
    assert page(officer, "certificates", issued_on_from="2026-02-31").status_code == 200


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_register_is_downloaded(certificate: Certificate, form: str) -> None:
    answer = page(authority(), "certificates", format=form)

    content = b"".join(answer.streaming_content)
    assert content.startswith(b"PK" if form == "xlsx" else "\ufeff".encode())
    assert form == "xlsx" or certificate.number.encode() in content


def test_a_name_with_markup_is_a_name_on_every_page() -> None:
    certificate = make.issued_certificate(name=HTML)
    body = staff(certificate.organisation)

    for name, args in (
        ("certificates", []),
        ("certificate", [certificate.pk]),
        ("request", [certificate.request_id]),
        ("replacement-new", [certificate.pk]),
    ):
        assert HTML not in page(body, name, *args).text


@pytest.mark.parametrize("role", [Role.BODY_ADMIN, Role.CERTIFICATION_OFFICER])
def test_pages_take_few_queries_however_many_rows(
    role: Role, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    session = make.decided_session(candidates=6)
    request = make.request_with_one_passed_over(session)
    certificate = request.certificates.order_by("pk")[0]
    make.approved_replacement(certificate)
    replacement = Replacement.objects.get()
    client = staff(session.organisation) if role == Role.BODY_ADMIN else authority(role)
    standing = request.certificates.filter(state="valid")[0]
    addresses = [
        *(reverse(f"certificates:{name}") for name in LISTS),
        reverse("certificates:certificate", args=[standing.pk]),
        reverse("certificates:certificate", args=[certificate.pk]),
        reverse("certificates:request", args=[request.pk]),
        reverse("certificates:request-certificates", args=[request.pk]),
        reverse("certificates:request-refusals", args=[request.pk]),
        reverse("certificates:replacement", args=[replacement.pk]),
    ]

    for address in addresses:
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200


def test_requests_are_searched_by_what_names_their_session() -> None:
    request = make.submitted_request()
    session = request.session

    for typed in (session.number, session.organisation.name, session.scheme_version.title):
        assert session.number in page(authority(), "requests", q=typed).text
    assert session.number not in page(authority(), "requests", q="zzz").text
