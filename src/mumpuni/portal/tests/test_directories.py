"""The front page, the directories and the statistics, as everybody sees them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.models import Organisation
from mumpuni.access.tests import make as access
from mumpuni.certificates.tests import make as certificates
from mumpuni.licensing.models import Licence, Sanction
from mumpuni.licensing.tests import make
from mumpuni.oversight.tests import make as oversight
from mumpuni.reference.models import Region
from mumpuni.schemes.models import SchemeVersion

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/verifikasi/",
    "/verifikasi/lapor/",
    "/verifikasi/lapor/diterima/",
    "/direktori/lsp/",
    "/direktori/skema/",
    "/direktori/sanksi/",
    "/direktori/sanksi/putusan/",
    "/statistik/",
    "/api/",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_everybody_may_read_it_when_there_is_nothing_and_when_there_is(
    client: Client, address: str
) -> None:
    assert client.get(address).status_code == 200
    make.licence()
    assert client.get(address).status_code == 200
    assert client.get(address, headers={"accept-language": "en"}).status_code == 200


def test_the_front_page_asks_for_a_number_first(client: Client) -> None:
    page = client.get("/").content.decode()

    assert 'action="/verifikasi/"' in page
    assert page.index('name="q"') < page.index('class="doors"')


@pytest.fixture
def hatsindo() -> Licence:
    licence = make.licence(name="LSP Hatsindo Indonesia Teknik")
    make.freeze(licence, on=date(2024, 12, 6), months=6, decree_number="KEP.9/BNSP/XII/2024")
    return licence


def test_bodies_are_found_by_name_type_province_and_status(
    client: Client, hatsindo: Licence
) -> None:
    Region.objects.get_or_create(code="31", defaults={"level": "province", "name": "DKI Jakarta"})
    Region.objects.get_or_create(
        code="31.74", defaults={"level": "regency", "name": "Jakarta Selatan", "parent_id": "31"}
    )
    Organisation.objects.filter(pk=hatsindo.organisation_id).update(region="31.74")
    other = make.licence(name="LSP Lain")

    for asked, found in (
        ("q=hatsindo", True),
        ("q=lain", False),
        (f"q={hatsindo.number}", True),
        ("provinsi=31", True),
        ("status=frozen", True),
        ("status=active", False),
        (f"jenis={hatsindo.body_type}", True),
        ("jenis=salah", True),
        ("sort=-valid_until", True),
    ):
        page = client.get(f"/direktori/lsp/?{asked}").content.decode()
        assert ("Hatsindo" in page) is found, asked
    assert (
        f"/direktori/lsp/{other.organisation_id}/" in client.get("/direktori/lsp/").content.decode()
    )


def test_a_body_shows_how_it_stood_on_a_day(client: Client, hatsindo: Licence) -> None:
    address = f"/direktori/lsp/{hatsindo.organisation_id}/"

    today = client.get(address).content.decode()
    assert "Dibekukan mulai 6 Desember 2024 selama 6 bulan (KEP.9/BNSP/XII/2024)" in today
    before = client.get(f"{address}?on=2024-12-05").content.decode()
    assert 'data-tone="good">Aktif' in before
    frozen = client.get(f"{address}?on=2024-12-07").content.decode()
    assert 'data-tone="warn">Dibekukan' in frozen
    assert client.get(f"{address}?on=2024-02-31").status_code == 422
    assert client.get("/direktori/lsp/999999/").status_code == 404


def test_a_sanction_in_preparation_is_nobodys_business(client: Client) -> None:
    licence = make.licence()
    make.prepare(licence, on=date(2026, 12, 1), reason="Rahasia sampai ditetapkan")

    page = client.get(f"/direktori/lsp/{licence.organisation_id}/").content.decode()

    assert Sanction.objects.filter(imposed_at=None).exists()
    assert "Belum pernah dikenai sanksi" in page
    assert "Rahasia" not in page


def test_frozen_and_revoked_bodies_are_listed(client: Client, hatsindo: Licence) -> None:
    revoked = make.licence(name="LSP Dicabut")
    make.revoke(revoked, on=date(2025, 3, 1))
    make.licence(name="LSP Sehat")

    page = client.get("/direktori/sanksi/").content.decode()

    assert "Hatsindo" in page
    assert "LSP Dicabut" in page
    assert "LSP Sehat" not in page


def test_a_decree_is_public_with_its_appeal_beside_it(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = oversight.decreed(licence=make.licence(name="LSP Beku"), decree_number="KEP.5/BNSP/2026")
    warned = oversight.decreed("warning", make.licence(name="LSP Ditegur"))
    pending = oversight.in_plenary(licence=make.licence(name="LSP Menunggu"))
    here = f"/direktori/sanksi/putusan/{case.pk}/"

    listed = client.get("/direktori/sanksi/putusan/?jenis=freeze&tahun=2026").text
    assert "KEP.5/BNSP/2026" in listed
    assert "LSP Ditegur" not in client.get("/direktori/sanksi/putusan/").text
    with django_assert_max_num_queries(3):
        shown = client.get(here).text
    assert "KEP.5/BNSP/2026" in shown
    assert "Kerugian asesi" not in shown, "what the law desk wrote stays there"
    for hidden in (warned, pending):
        assert client.get(f"/direktori/sanksi/putusan/{hidden.pk}/").status_code == 404

    appeal = oversight.before_committee(case)
    body = f"/direktori/lsp/{case.organisation_id}/"
    assert "Banding sedang diperiksa" in client.get(here).text
    oversight.decide(appeal, uphold=False)
    for address in (here, body):
        assert "Banding ditolak" in client.get(address).text
    assert "Ditolak" in client.get("/direktori/sanksi/").text


def test_decrees_are_open_data(client: Client) -> None:
    case = oversight.decreed(decree_number="KEP.5/BNSP/2026")
    oversight.appealed(case)

    [row] = client.get("/api/v1/directory/sanctions?kind=freeze&year=2026").json()["items"]
    assert (row["decree_number"], row["months"], row["appeal"]) == ("KEP.5/BNSP/2026", 3, "filed")
    assert client.get("/api/v1/directory/sanctions?year=2025").json()["count"] == 0
    file = client.get("/api/v1/directory/sanctions.csv")
    lines = b"".join(file.streaming_content).decode().splitlines()  # type: ignore[attr-defined] # a file
    assert lines[0].lstrip("\ufeff").startswith("id,kind,organisation_id")
    assert "KEP.5/BNSP/2026" in lines[1]


def test_a_scheme_tells_who_may_assess_it_today(client: Client, hatsindo: Licence) -> None:
    scheme = SchemeVersion.objects.get()
    active = make.licence(name="LSP Aktif", schemes=[scheme])

    page = client.get(f"/direktori/skema/{scheme.pk}/").content.decode()

    assert active.organisation.name in page
    assert "Hatsindo" not in page
    assert client.get("/direktori/skema/999999/").status_code == 404


@pytest.mark.parametrize("name", ["lsp", "skema", "sanksi"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_directories_can_be_taken_along(
    client: Client, hatsindo: Licence, name: str, form: str
) -> None:
    response = client.get(f"/direktori/{name}/?format={form}")

    assert response.status_code == 200
    content = response.getvalue()
    response.close()
    assert content.startswith(b"PK" if form == "xlsx" else b"\xef\xbb\xbf")
    if form == "csv" and name != "skema":
        assert "LSP Hatsindo Indonesia Teknik" in content.decode()


def test_statistics_are_counted_shown_and_taken_along(client: Client) -> None:
    certificates.issued_certificate()

    page = client.get("/statistik/").content.decode()

    assert "<svg" in page
    assert "Lihat sebagai tabel" in page
    table = client.get("/statistik/sertifikat-per-tahun.csv").getvalue().decode()
    assert "2026,1" in table
    book = client.get("/statistik/sertifikat-per-tahun.xlsx")
    assert book.getvalue().startswith(b"PK")
    book.close()
    assert client.get("/statistik/tidak-ada.csv").status_code == 404
    assert client.get("/statistik/sertifikat-per-tahun.exe").status_code == 404


def test_a_year_without_certificates_keeps_its_place(client: Client) -> None:
    for year in (2026, 2029):
        certificates.issued_certificate(on=date(year, 6, 8))

    table = client.get("/statistik/sertifikat-per-tahun.csv").getvalue().decode().split()

    assert table[1:] == ["2026,1", "2027,0", "2028,0", "2029,1"]


def test_no_person_is_named(client: Client) -> None:
    certificate = certificates.issued_certificate(name="Nama Pemegang Unik")
    body = certificate.organisation_id
    access.user("Nama Pengguna Unik")

    for address in (*PUBLIC, f"/direktori/lsp/{body}/"):
        page = client.get(address).content.decode()
        assert "Unik" not in page, address


def test_names_are_text_never_markup(client: Client, hatsindo: Licence) -> None:
    nasty = "<script>alert(1)</script> & 'LSP'"
    Organisation.objects.filter(pk=hatsindo.organisation_id).update(name=nasty)

    for address in (
        "/direktori/lsp/",
        "/direktori/sanksi/",
        f"/direktori/lsp/{hatsindo.organisation_id}/",
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_pages_cost_the_same_however_long(
    client: Client, hatsindo: Licence, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        make.licence()
    scheme = SchemeVersion.objects.earliest("pk")

    for address in (
        *PUBLIC,
        f"/direktori/lsp/{hatsindo.organisation_id}/",
        f"/direktori/skema/{scheme.pk}/",
    ):
        with django_assert_max_num_queries(12):
            client.get(address)
