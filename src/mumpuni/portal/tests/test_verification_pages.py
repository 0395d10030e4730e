"""Is this certificate real? As anybody asks, without an account."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mumpuni.assessment.tests import make as assessment
from mumpuni.assessment.tests.make import admin, noon
from mumpuni.certificates.models import Certificate, MisuseReport
from mumpuni.certificates.tests import make
from mumpuni.kernel.models import PolicyValue
from mumpuni.kernel.workflow import amend
from mumpuni.licensing.models import Licence
from mumpuni.licensing.tests import make as licensing

pytestmark = pytest.mark.django_db

NASTY = [
    "<script>alert(1)</script>",
    "'; DROP TABLE certificates_certificate; --",
    "\x00",
    "%F0%28%8C%28",
    "🙂" * 50,
    "62010 2512 3 0000042 2026 <img src=x onerror=alert(1)>",
]


def words(content: bytes) -> str:
    """Return a page as one reads it, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode()))


@pytest.mark.parametrize(
    ("state", "word", "tone"),
    [
        ("valid", "Berlaku", "good"),
        ("suspended", "Dibekukan", "warn"),
        ("revoked", "Dicabut", "bad"),
        ("replaced", "Diganti", "warn"),
    ],
)
def test_the_verdict_comes_first_with_its_reason(
    client: Client, state: str, word: str, tone: str, certificate: Certificate
) -> None:
    make.take_to(certificate, state)

    response = client.get(f"/v/{certificate.public_id}")

    page = response.content.decode()
    assert response.status_code == 200
    assert f'<section class="verdict" data-tone="{tone}"><h2>{word}</h2>' in page
    assert page.index('class="verdict"') < page.index("Pemegang dan kompetensi")
    assert certificate.holder_name in page
    assert "Diperiksa pada" in page


def test_an_expired_certificate_says_since_when(client: Client) -> None:
    version = assessment.scheme(validity_months=1)
    certificate = make.issued_certificate(make.decided_session(scheme_version=version))

    page = words(client.get(f"/v/{certificate.public_id}").content)

    assert "Kedaluwarsa" in page
    assert "berakhir pada 7 Juli 2026" in page


def test_a_certificate_of_a_day_without_licence_is_not_called_valid(
    client: Client, certificate: Certificate
) -> None:
    terms = Licence.objects.get(organisation=certificate.organisation).terms
    terms.update(valid_from=certificate.issued_on + timedelta(days=1))

    page = words(client.get(f"/v/{certificate.public_id}").content)

    assert "Belum dapat dipastikan" in page
    assert "lisensi" in page


def test_all_facts_are_told(client: Client) -> None:
    certificate = make.issued_certificate(name="Dewi Ayu Lestari")

    page = words(client.get(f"/v/{certificate.public_id}").content)

    for fact in (
        "Dewi Ayu Lestari",
        certificate.number,
        certificate.registration_number,
        certificate.scheme_title,
        certificate.scheme_number,
        certificate.body_name,
        certificate.licence_number,
        *(unit["code"] for unit in certificate.units),
        *(unit["title"] for unit in certificate.units),
    ):
        assert fact in page, fact


def test_a_valid_certificate_stays_valid_and_tells_of_the_bodys_freeze(
    client: Client, certificate: Certificate
) -> None:
    licence = Licence.objects.get(organisation=certificate.organisation)
    licensing.freeze(licence, on=date(2026, 8, 1), months=6, decree_number="KEP.1/BNSP/VIII/2026")

    page = words(client.get(f"/v/{certificate.public_id}").content)

    assert "Berlaku" in page
    assert "Dibekukan mulai 1 Agustus 2026 selama 6 bulan (KEP.1/BNSP/VIII/2026)" in page
    assert "sertifikat yang terbit sebelumnya tetap berlaku" in page


def test_a_replaced_certificate_leads_to_the_one_that_stands(
    client: Client, certificate: Certificate
) -> None:
    old = make.take_to(certificate, "replaced")
    new = Certificate.objects.get(replaces=old)

    assert f'href="/v/{new.public_id}"' in client.get(f"/v/{old.public_id}").content.decode()
    assert client.get(f"/v/{new.public_id}/").status_code == 200


def test_simulated_data_say_so(client: Client, certificate: Certificate) -> None:
    Certificate.objects.filter(pk=certificate.pk).update(simulated=True)

    assert "Data simulasi" in client.get(f"/v/{certificate.public_id}").content.decode()


@pytest.mark.parametrize("address", ["/v/AAAAAAAAAAAAAAAA", "/v/x", "/verifikasi/?q=123"])
def test_what_is_not_in_the_register_is_404_with_hints(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 404
    page = response.content.decode()
    assert "Tidak ditemukan" in page
    assert "mudah tertukar" in page
    assert 'name="q"' in page


def test_numbers_are_found_however_they_are_typed(client: Client, certificate: Certificate) -> None:
    spellings = [
        certificate.number,
        certificate.number.replace(" ", ""),
        certificate.number.replace(" ", "-"),
        certificate.registration_number,
        certificate.registration_number.lower().replace(".", " "),
        certificate.public_id.lower(),
        f"https://mumpuni.test/v/{certificate.public_id}",
        certificate.public_id.replace("O", "0").replace("I", "1").replace("B", "8"),
    ]

    for typed in spellings:
        response = client.get("/verifikasi/", {"q": typed})
        assert response.status_code == 200, typed
        assert certificate.holder_name in response.content.decode()


def test_a_blank_needs_the_name_on_it_and_never_gives_the_name_away(
    client: Client, certificate: Certificate
) -> None:
    amend(certificate, {"blank_number": "12345678"}, admin(certificate.organisation), at=noon())

    asked = client.get("/verifikasi/", {"q": "1234 5678"})
    assert asked.status_code == 200
    assert 'name="nama"' in asked.content.decode()
    assert "Dewi" not in asked.content.decode()

    right = client.get("/verifikasi/", {"q": "12345678", "nama": "dewi  ayu, S.Kom."})
    assert "Berlaku" in words(right.content)

    wrong = client.get("/verifikasi/", {"q": "12345678", "nama": "Budi Palsu"})
    page = wrong.content.decode()
    assert wrong.status_code == 404
    assert '<section class="verdict" data-tone="bad"><h2>Nama tidak cocok</h2>' in page
    assert "Dewi" not in page
    assert "/verifikasi/lapor/?nomor=12345678&amp;nama=Budi+Palsu" in page
    assert 'name="nama" value="Budi Palsu"' in page, "a slip of the pen can be mended"


def test_an_empty_question_explains_where_the_numbers_stand(client: Client) -> None:
    page = client.get("/verifikasi/")

    assert page.status_code == 200
    assert "Di mana nomornya?" in page.content.decode()


@pytest.mark.parametrize("typed", [*NASTY, "9" * 5_000_000])
def test_odd_input_is_answered_calmly(client: Client, typed: str) -> None:
    response = client.get("/verifikasi/", {"q": typed, "nama": typed})

    assert response.status_code == 404
    page = response.content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page


def test_bytes_that_are_no_text_are_answered_calmly(client: Client) -> None:
    for address in ("/v/%ff%fe", "/verifikasi/?q=%ff%fe", "/v/%00", "/v/..%2f..%2fetc"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/v/AAAAAAAAAAAAAAAA", "/verifikasi/?q=1", "/verifikasi/"])
def test_answers_are_kept_out_of_caches_and_search_engines(client: Client, address: str) -> None:
    response = client.get(address)

    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"


def test_one_address_asks_so_often_and_no_more(client: Client) -> None:
    PolicyValue.objects.create(
        name="portal.lookups",
        valid_from=date(2020, 1, 1),
        value=2,
        source="uji",
        entered_by="uji",
    )
    for _ in range(2):
        assert client.get("/v/AAAAAAAAAAAAAAAA").status_code == 404

    refused = client.get("/verifikasi/?q=1")

    assert refused.status_code == 429
    assert b"W-20" in refused.content
    assert refused["Cache-Control"] == "private, no-store"
    assert client.get("/v/AAAAAAAAAAAAAAAA", REMOTE_ADDR="192.0.2.7").status_code == 404


@pytest.mark.parametrize("state", ["valid", "revoked"])
def test_an_answer_costs_few_queries(
    client: Client,
    state: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    certificate: Certificate,
) -> None:
    make.take_to(certificate, state)

    with django_assert_max_num_queries(8):
        client.get(f"/v/{certificate.public_id}")


def test_the_page_speaks_english(client: Client, certificate: Certificate) -> None:
    page = words(
        client.get(f"/v/{certificate.public_id}", headers={"accept-language": "en"}).content
    )

    assert "Valid" in page
    assert "Pemegang" not in page


def test_anybody_reports_what_is_wrong(client: Client) -> None:
    form = client.get("/verifikasi/lapor/?nomor=12345678&nama=Budi").content.decode()
    assert 'value="12345678"' in form

    response = client.post(
        "/verifikasi/lapor/",
        {"claimed_number": "12345678", "claimed_name": NASTY[0], "description": NASTY[1]},
        follow=True,
    )

    assert response.status_code == 200
    assert "Terima kasih" in response.content.decode()
    report = MisuseReport.objects.get()
    assert (report.claimed_name, report.description) == (NASTY[0], NASTY[1])


@pytest.mark.parametrize(
    "wrong",
    [
        {"claimed_number": ""},
        {"claimed_number": "9" * 65},
        {"description": ""},
        {"description": "x" * 100_000},
        {"claimed_name": "\x00"},
    ],
)
def test_a_wrong_report_comes_back_as_it_was(client: Client, wrong: dict[str, str]) -> None:
    given = {"claimed_number": "123", "description": "Tidak cocok.", **wrong}

    response = client.post("/verifikasi/lapor/", given)

    assert response.status_code == 422
    assert not MisuseReport.objects.exists()
