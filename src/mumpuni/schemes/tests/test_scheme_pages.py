"""Everybody reads published schemes; drafts belong to their owner, on pages and by API."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertRedirects

from mumpuni.access.models import Organisation, User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.schemes import queries
from mumpuni.schemes.models import SchemeUnit, SchemeVersion
from mumpuni.schemes.tests import make

pytestmark = pytest.mark.django_db

HTML = "<script>alert('x')</script>"
BAD_TEXTS = ["'; DROP TABLE schemes_scheme; --", HTML, "%", "\\", "\0", "a" * 50_000, "Ω²"]


@pytest.fixture
def body() -> Organisation:
    return access.organisation("LSP Pertama", code="1001")


@pytest.fixture
def author(body: Organisation) -> User:
    return access.member(Role.BODY_SCHEME_AUTHOR, body)


@pytest.fixture
def draft(body: Organisation) -> SchemeVersion:
    return make.draft_scheme(body)


def verifier_client(client: Client) -> Client:
    client.force_login(access.member(Role.SCHEME_VERIFIER))
    session = client.session
    session["has_mfa"] = True
    session.save()
    return client


def pages_of(version: SchemeVersion) -> list[str]:
    names = ["scheme", "scheme-edit", "scheme-units", "scheme-arrange", "scheme-next"]
    return [reverse(f"schemes:{name}", args=[version.pk]) for name in names] + [
        reverse("schemes:scheme-step", args=[version.pk, "submit"])
    ]


def test_a_stranger_reads_published_schemes(client: Client) -> None:
    version = make.verified_scheme()

    listed = client.get("/skema/", {"q": version.title})
    shown = client.get(version.get_absolute_url())

    assert version.number in listed.text
    assert version.number in shown.text
    assert "Elemen contoh 1" in shown.text
    assert "Riwayat" not in shown.text


def test_a_stranger_is_asked_to_sign_in_for_everything_else(
    client: Client, draft: SchemeVersion
) -> None:
    for address in [*pages_of(draft), "/skema/kelola/", "/skema/antrean/", "/skema/baru/"]:
        assertRedirects(
            client.get(address), f"/akun/login/?next={address}", fetch_redirect_response=False
        )


def test_a_draft_does_not_exist_for_others(client: Client, draft: SchemeVersion) -> None:
    client.force_login(access.member(Role.BODY_SCHEME_AUTHOR))

    for address in pages_of(draft):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in {404, 405}
    assert draft.title not in client.get("/skema/kelola/").text
    assert client.get("/skema/antrean/").status_code == 404


def test_another_body_reads_a_published_scheme_without_its_history(
    client: Client, body: Organisation
) -> None:
    version = make.verified_scheme(body)
    client.force_login(access.member(Role.BODY_ADMIN))

    shown = client.get(version.get_absolute_url())

    assert version.title in shown.text
    assert "Riwayat" not in shown.text


def test_a_scheme_is_written_and_submitted_in_the_browser(client: Client, author: User) -> None:
    make.unit("J.620100.004.01")
    make.unit("J.620100.009.02", within=make.standard("skkni-2-2020"))
    make.kbli()
    make.kbji()
    client.force_login(author)

    begun = client.post(
        "/skema/baru/",
        {
            "kind": "2",
            "title": "Pemrogram Junior",
            "kbli": "62019",
            "kbji": "2514",
            "validity_months": "36",
        },
    )
    version = SchemeVersion.objects.get()
    assertRedirects(begun, f"/skema/{version.pk}/unit/")
    added = client.post(
        begun["Location"],
        {"codes": "1. j 620100 004 01 Struktur\nJ62010000902", "part": "core"},
    )
    assertRedirects(added, f"/skema/{version.pk}/unit/susun/")
    first, second = queries.units_of(version)
    arranged = client.post(
        added["Location"],
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "2",
            "form-0-unit": first.unit_id,
            "form-0-place": "2",
            "form-0-part": "elective",
            "form-1-unit": second.unit_id,
            "form-1-place": "1",
            "form-1-part": "core",
        },
    )
    assertRedirects(arranged, version.get_absolute_url())
    client.post(f"{version.get_absolute_url()}langkah/submit")

    version = SchemeVersion.objects.get()
    assert version.state == "submitted"
    assert version.sector_category == "J"
    assert [(row.unit.code, row.part) for row in queries.units_of(version)] == [
        ("J.620100.009.02", SchemeUnit.Part.CORE),
        ("J.620100.004.01", SchemeUnit.Part.ELECTIVE),
    ]


def test_units_are_taken_out_on_the_page(
    client: Client, author: User, draft: SchemeVersion
) -> None:
    client.force_login(author)
    rows = list(queries.units_of(draft))
    given: dict[str, Any] = {
        "form-TOTAL_FORMS": "3",
        "form-INITIAL_FORMS": "3",
        "form-1-remove": "on",
    }
    for place, row in enumerate(rows):
        given |= {
            f"form-{place}-unit": row.unit_id,
            f"form-{place}-place": row.position,
            f"form-{place}-part": row.part,
        }

    client.post(f"/skema/{draft.pk}/unit/susun/", given)

    assert [row.unit_id for row in queries.units_of(draft)] == [rows[0].unit_id, rows[2].unit_id]


def test_unknown_codes_are_named_and_the_list_is_kept(
    client: Client, author: User, draft: SchemeVersion
) -> None:
    client.force_login(author)

    response = client.post(
        f"/skema/{draft.pk}/unit/", {"codes": "J.999999.001.01\nsalah", "part": "core"}
    )

    assert response.status_code == 422
    assert "Kode “J.999999.001.01” tidak dikenal" in response.text
    assert "J.999999.001.01\nsalah</textarea>" in response.text


def test_a_scheme_is_amended_on_its_page(
    client: Client, author: User, draft: SchemeVersion
) -> None:
    client.force_login(author)
    address = f"/skema/{draft.pk}/ubah/"

    assert 'value="62019"' in client.get(address).text
    response = client.post(
        address,
        {"title": "Judul baru", "kbli": "62019", "kbji": "2514", "validity_months": "60"},
    )

    assertRedirects(response, draft.get_absolute_url())
    version = SchemeVersion.objects.get()
    assert (version.title, version.validity_months) == ("Judul baru", 60)


@pytest.mark.parametrize("typed", BAD_TEXTS)
def test_bad_input_is_kept_out_or_shown_harmless(
    client: Client, author: User, draft: SchemeVersion, typed: str
) -> None:
    client.force_login(author)

    for address in ("/skema/", "/skema/kelola/"):
        listed = client.get(address, {"q": typed, "owner": typed, "page": typed, "sort": typed})
        assert listed.status_code == 200
        assert HTML not in listed.text
    answers = [
        client.post(
            f"/skema/{draft.pk}/ubah/",
            {"title": typed, "kbli": typed, "kbji": typed, "kkni_level": typed},
        ),
        client.post(f"/skema/{draft.pk}/unit/", {"codes": typed, "part": typed}),
        client.post(
            f"/skema/{draft.pk}/unit/susun/",
            {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-unit": typed},
        ),
        client.post("/skema/baru/", {"kind": typed, "title": typed}),
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert HTML not in answer.text


def test_a_title_with_markup_is_shown_as_text(client: Client, body: Organisation) -> None:
    version = make.verified_scheme(body, title=HTML)

    for address in ("/skema/", version.get_absolute_url()):
        assert HTML not in client.get(address).text


def test_a_closed_edit_says_why(client: Client, author: User, body: Organisation) -> None:
    version = make.verified_scheme(body)
    client.force_login(author)

    response = client.post(
        f"/skema/{version.pk}/ubah/",
        {"title": "Lain", "kbli": "62019", "kbji": "2514", "validity_months": "36"},
    )

    assert response.status_code == 422
    assert "Tidak dapat diubah dalam status" in response.text


def test_a_next_version_is_begun_after_asking(
    client: Client, author: User, body: Organisation
) -> None:
    version = make.verified_scheme(body)
    client.force_login(author)
    address = f"/skema/{version.pk}/versi-baru/"

    assert address in client.get(version.get_absolute_url()).text
    assert client.get(address).status_code == 200
    assertRedirects(client.post(address), SchemeVersion.objects.latest("pk").get_absolute_url())
    assert client.post(address).status_code == 409


def test_verifiers_work_through_their_queue(client: Client, body: Organisation) -> None:
    made = [make.submitted_scheme(body) for _ in range(3)]
    verifier_client(client)

    assert 'href="/skema/antrean/"' in client.get("/skema/kelola/").text
    shown = client.get("/skema/antrean/")
    client.post("/skema/langkah", {"pk": [one.pk for one in made], "step": "verify"})

    assert all(one.title in shown.text for one in made)
    assert queries.verified_versions().count() == 3
    assert "Tidak ada skema yang menunggu" in client.get("/skema/antrean/").text


@pytest.mark.parametrize("address", ["/skema/", "/skema/kelola/", "/skema/antrean/"])
def test_lists_take_the_same_few_queries_however_long_they_are(
    client: Client,
    body: Organisation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
) -> None:
    for _ in range(15):
        make.submitted_scheme(body)
        make.verified_scheme(body)
    verifier_client(client)

    with django_assert_max_num_queries(8):
        assert client.get(address).status_code == 200


def test_a_large_scheme_takes_no_more_queries(
    client: Client,
    author: User,
    body: Organisation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    version = make.draft_scheme(body, units=26)
    client.force_login(author)

    for address in (version.get_absolute_url(), f"/skema/{version.pk}/unit/susun/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
