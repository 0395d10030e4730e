"""The register in the browser: bodies propose, the registrar registers, assessors look."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertRedirects

from mumpuni.access.models import Organisation, User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessors import actions, queries
from mumpuni.assessors.models import Assessor
from mumpuni.assessors.tests import make
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.tests.make import verified_scheme

pytestmark = pytest.mark.django_db

HTML = "<script>alert('x')</script>"
BAD_TEXTS = ["'; DROP TABLE assessors_assessor; --", HTML, "%", "\\", "\0", "a" * 50_000, "Ω²"]
NIK = "3174050202850001"


@pytest.fixture
def body() -> Organisation:
    return access.organisation("LSP Pertama", code="1001")


@pytest.fixture
def scheme() -> SchemeVersion:
    return verified_scheme()


@pytest.fixture
def admin(body: Organisation) -> User:
    return access.member(Role.BODY_ADMIN, body)


@pytest.fixture
def assessor(body: Organisation, scheme: SchemeVersion) -> Assessor:
    return make.registered_assessor(body, [scheme], timezone.localdate())


def sign_in_registrar(client: Client) -> None:
    client.force_login(access.member(Role.REGISTRAR))
    session = client.session
    session["has_mfa"] = True
    session.save()


def pages_of(assessor: Assessor) -> list[str]:
    names = ["assessor", "certificate", "scope", "appoint"]
    place = assessor.appointments.get()
    return [
        *(reverse(f"assessors:{name}", args=[assessor.pk]) for name in names),
        reverse("assessors:end-place", args=[assessor.pk, place.pk]),
        reverse("assessors:assessor-step", args=[assessor.pk, "suspend"]),
    ]


def proposal(scheme: SchemeVersion, **changed: Any) -> dict[str, Any]:
    return {
        "name": "Siti Rahayu",
        "document_kind": "nik",
        "document_number": NIK,
        "certificate_number": "74909 2424 0 0000001 2026",
        "certified_on": timezone.localdate().isoformat(),
        "schemes": [scheme.scheme_id],
    } | changed


def test_a_stranger_is_asked_to_sign_in(client: Client, assessor: Assessor) -> None:
    for address in [*pages_of(assessor), "/asesor/", "/asesor/saya/", "/asesor/usulkan/"]:
        assertRedirects(
            client.get(address), f"/akun/login/?next={address}", fetch_redirect_response=False
        )


def test_an_assessor_of_another_body_does_not_exist(client: Client, assessor: Assessor) -> None:
    client.force_login(access.member(Role.BODY_ADMIN))

    for address in pages_of(assessor):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert assessor.individual.name not in client.get("/asesor/").text


def test_an_assessor_is_proposed_and_the_number_never_shown_again(
    client: Client, admin: User, scheme: SchemeVersion
) -> None:
    client.force_login(admin)

    response = client.post("/asesor/usulkan/", proposal(scheme))

    made = Assessor.objects.get()
    assertRedirects(response, made.get_absolute_url())
    shown = client.get(made.get_absolute_url()).text
    assert NIK not in shown
    assert "••••••••••••0001" in shown
    assert scheme.title in shown


def test_a_wrong_proposal_keeps_what_was_typed(
    client: Client, admin: User, scheme: SchemeVersion
) -> None:
    client.force_login(admin)

    response = client.post("/asesor/usulkan/", proposal(scheme, document_number="3174053102850001"))

    assert response.status_code == 422
    assert "Nomor identitas ini tidak mungkin benar" in response.text
    assert "Siti Rahayu" in response.text
    assert not Assessor.objects.exists()


@pytest.mark.parametrize("day", ["2026-02-31", "kemarin", ""])
def test_a_day_that_does_not_exist_is_refused(
    client: Client, admin: User, scheme: SchemeVersion, day: str
) -> None:
    client.force_login(admin)

    assert client.post("/asesor/usulkan/", proposal(scheme, certified_on=day)).status_code == 422


def test_schemes_of_strangers_are_not_on_offer(client: Client, admin: User) -> None:
    client.force_login(admin)
    other = verified_scheme(access.organisation(code="9999"))

    response = client.post("/asesor/usulkan/", proposal(other))

    assert response.status_code == 422
    assert other.title not in client.get("/asesor/usulkan/").text


def test_only_bodies_propose(client: Client) -> None:
    sign_in_registrar(client)
    assert client.get("/asesor/usulkan/").status_code == 403


def test_the_registrar_registers_several_at_once(
    client: Client, body: Organisation, scheme: SchemeVersion
) -> None:
    today = timezone.localdate()
    made = [make.proposed_assessor(body, [scheme], today) for _ in range(3)]
    unready = make.proposed_assessor(body, [], today)
    sign_in_registrar(client)

    response = client.post(
        "/asesor/langkah", {"pk": [one.pk for one in [*made, unready]], "step": "register"}
    )

    assert response.status_code == 409
    assert "R-03" in response.text
    assert Assessor.objects.filter(state="registered").count() == 3


def test_the_register_is_asked_about_a_day(
    client: Client, admin: User, body: Organisation, scheme: SchemeVersion
) -> None:
    made = make.registered_assessor(body, [scheme], date(2020, 1, 1))
    client.force_login(admin)
    address = made.get_absolute_url()

    assert "Masa berlaku habis" in client.get(address).text
    on_a_day = client.get(address, {"on": "2021-06-01"}).text
    assert "Masa berlaku habis" not in on_a_day
    assert client.get(address, {"on": "2021-02-31"}).status_code == 422
    assert "Masa berlaku habis" in client.get("/asesor/").text


def test_who_expires_soon_is_listed(
    client: Client, admin: User, body: Organisation, scheme: SchemeVersion
) -> None:
    today = timezone.localdate()
    soon = make.registered_assessor(body, [scheme], today - timedelta(days=3 * 365 - 60))
    later = make.registered_assessor(body, [scheme], today)
    client.force_login(admin)

    listed = client.get("/asesor/", {"expiring": "90"}).text

    assert soon.individual.name in listed
    assert later.individual.name not in listed
    assert soon.individual.name not in client.get("/asesor/", {"expiring": "30"}).text


def test_scope_certificate_and_places_are_kept_on_their_pages(
    client: Client, assessor: Assessor, scheme: SchemeVersion
) -> None:
    second = access.organisation("LSP Kedua", code="1002")
    more = verified_scheme()
    sign_in_registrar(client)
    address = assessor.get_absolute_url()

    assert client.get(f"{address}lingkup/").status_code == 200
    client.post(f"{address}lingkup/", {"schemes": [scheme.scheme_id, more.scheme_id]})
    unknown = client.post(f"{address}penempatan/", {"code": "9876"})
    client.post(f"{address}penempatan/", {"code": "1002"})
    shown = client.get(address).text

    assert unknown.status_code == 422
    assert more.title in shown
    assert "LSP Kedua" in shown
    place = assessor.appointments.get(organisation=second)
    assert client.get(f"{address}penempatan/{place.pk}/akhiri/").status_code == 200
    client.post(f"{address}penempatan/{place.pk}/akhiri/")
    assert not queries.is_appointed(assessor, second.pk, timezone.localdate())


def test_a_body_enters_the_new_certificate_and_the_registrar_renews(
    client: Client, admin: User, body: Organisation, scheme: SchemeVersion
) -> None:
    today = timezone.localdate()
    made = make.registered_assessor(body, [scheme], today - timedelta(days=1000))
    client.force_login(admin)
    address = made.get_absolute_url()

    client.post(
        f"{address}sertifikat/", {"certificate_number": "RCC-1", "certified_on": today.isoformat()}
    )
    sign_in_registrar(client)
    client.post(f"{address}langkah/renew")

    assert made.terms.count() == 2


def test_an_assessor_looks_at_their_own_entry(
    client: Client, body: Organisation, scheme: SchemeVersion
) -> None:
    account = access.user()
    made = make.registered_assessor(body, [scheme], timezone.localdate(), by=account)
    client.force_login(account)

    response = client.get("/asesor/saya/", follow=True)

    assert response.redirect_chain == [(made.get_absolute_url(), 302)]
    assert "Langkah berikutnya" not in response.text


def test_who_is_no_assessor_is_told_so(client: Client) -> None:
    client.force_login(access.user())

    assert "tidak terhubung" in client.get("/asesor/saya/").text


@pytest.mark.parametrize("typed", BAD_TEXTS)
def test_bad_input_is_kept_out_or_shown_harmless(
    client: Client, admin: User, assessor: Assessor, scheme: SchemeVersion, typed: str
) -> None:
    client.force_login(admin)
    address = assessor.get_absolute_url()

    for path, status in (("/asesor/", 200), (address, 422)):
        asked = client.get(path, {"q": typed, "expiring": typed, "on": typed, "page": typed})
        assert asked.status_code == status
        assert HTML not in asked.text
    answers = [
        client.post(
            "/asesor/usulkan/",
            proposal(scheme, document_number=typed, document_kind=typed, schemes=[typed]),
        ),
        client.post(f"{address}sertifikat/", {"certificate_number": typed, "certified_on": typed}),
        client.post(f"{address}lingkup/", {"schemes": [typed]}),
        client.post(f"{address}penempatan/", {"code": typed}),
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert HTML not in answer.text


def test_pages_take_the_same_few_queries_however_long_they_are(
    client: Client,
    body: Organisation,
    scheme: SchemeVersion,
    assessor: Assessor,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    more = [verified_scheme().scheme for _ in range(10)]
    actions.set_scope(assessor, [scheme.scheme, *more], make.registrar(), at=timezone.now())
    for _ in range(25):
        make.registered_assessor(body, [scheme], timezone.localdate())
    client.force_login(access.member(Role.BODY_ADMIN, body))

    for address in ("/asesor/?per_page=50", assessor.get_absolute_url(), "/asesor/usulkan/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
