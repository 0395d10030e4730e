"""Accounts, members, organisations, tokens, policies and the trail, as people see them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mumpuni.access import invitations
from mumpuni.access.models import AccessToken, Membership, Organisation, User
from mumpuni.access.queries import memberships_of, person_for
from mumpuni.access.roles import GRANTS, Permission, Role
from mumpuni.access.rules import TOKEN_LIFE
from mumpuni.access.tests import make
from mumpuni.kernel import policy
from mumpuni.kernel.models import Event, PolicyValue
from mumpuni.portal.scopes import LABELS
from mumpuni.reference.models import Region

pytestmark = pytest.mark.django_db

NASTY = '<script>alert(1)</script> \'); DROP TABLE access_user; -- "Ñandú" 🙂'


@pytest.fixture
def body() -> Organisation:
    return make.organisation("LSP Uji Coba")


@pytest.fixture
def administrator(body: Organisation) -> User:
    return make.member(Role.BODY_ADMIN, body, "Rina Kartika")


def signed_in(user: User, *, with_mfa: bool = True) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session["has_mfa"] = with_mfa
    session.save()
    return client


def authority(role: Role = Role.AUTHORITY_ADMIN) -> Client:
    return signed_in(make.member(role))


PAGES = [
    "/meja/",
    "/akses/",
    "/akses/ubah/",
    "/akses/token/",
    "/akses/token/baru/",
    "/akses/token/1/",
    "/akses/token/1/langkah/revoke",
    "/akses/anggota/",
    "/akses/anggota/1/",
    "/akses/anggota/1/langkah/end",
    "/akses/lembaga/",
    "/akses/lembaga/baru/",
    "/akses/lembaga/1/",
    "/akses/lembaga/1/ubah/",
    "/akses/lembaga/1/undang/",
    "/akses/kebijakan/",
    "/akses/kebijakan/access.token_life/",
    "/akses/kebijakan/access.token_life/ubah/",
    "/akses/kebijakan/nilai/1/",
    "/akses/jejak/",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_is_asked_to_sign_in(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/akun/login/?next=")


@pytest.mark.parametrize("address", PAGES)
def test_the_authority_is_asked_for_a_second_factor(address: str) -> None:
    administrator = make.member(Role.AUTHORITY_ADMIN)
    Authenticator.objects.filter(user=administrator).delete()
    client = signed_in(administrator, with_mfa=False)

    response = client.get(address)

    assert (response.status_code, response["Location"]) == (302, "/akun/2fa/")


def test_what_belongs_to_another_body_is_not_there(administrator: User) -> None:
    other = make.organisation()
    theirs = Membership.objects.get(user=make.member(Role.BODY_DECIDER, other))
    token = token_of(make.member(Role.BODY_ADMIN, other))
    client = signed_in(administrator)

    for address in (
        f"/akses/lembaga/{other.pk}/",
        f"/akses/lembaga/{other.pk}/ubah/",
        f"/akses/lembaga/{other.pk}/undang/",
        f"/akses/anggota/{theirs.pk}/",
        f"/akses/anggota/{theirs.pk}/langkah/end",
        f"/akses/token/{token.pk}/",
        f"/akses/token/{token.pk}/langkah/revoke",
        "/akses/kebijakan/",
        "/akses/kebijakan/access.token_life/",
        "/akses/kebijakan/access.token_life/ubah/",
        "/akses/jejak/",
    ):
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code == 404, address


def token_of(user: User) -> AccessToken:
    now = timezone.now()
    memberships = memberships_of(user, timezone.localdate())
    return invitations.create_token(
        "Sistem",
        [Permission.SESSION_VIEW],
        expires_at=now + timedelta(days=30),
        by=person_for(user, memberships, memberships[0].organisation_id),
        at=now,
    )[0]


def test_one_changes_ones_name_and_language(administrator: User) -> None:
    client = signed_in(administrator)

    response = client.post("/akses/ubah/", {"name": NASTY, "language": "en"}, follow=True)

    administrator.refresh_from_db()
    assert (administrator.name, administrator.language) == (NASTY, "en")
    assert client.cookies["django_language"].value == "en"
    assert b"<script>alert" not in response.content
    wrong = client.post("/akses/ubah/", {"name": "x" * 201, "language": "fr"})
    assert wrong.status_code == 422
    assert b"x" * 201 in wrong.content


def test_one_chooses_for_whom_one_acts(administrator: User, body: Organisation) -> None:
    second = make.organisation("LSP Kedua")
    Membership.objects.create(
        user=administrator, organisation=second, role=Role.BODY_DECIDER, valid_from=make.SINCE
    )
    client = signed_in(administrator)

    response = client.post("/akses/ganti/", {"organisation": second.pk}, follow=True)
    assert "LSP Kedua" in response.content.decode()
    assert client.get(f"/akses/lembaga/{body.pk}/").status_code == 404

    client.post("/akses/ganti/", {"organisation": ""})
    assert "Perseorangan" in client.get("/meja/").content.decode()
    strange = make.organisation()
    for given in (strange.pk, "'; --", "9" * 30):
        assert client.post("/akses/ganti/", {"organisation": given}).status_code == 404
    assert client.get("/akses/ganti/").status_code == 405


def test_an_administrator_invites_and_ends(administrator: User, body: Organisation) -> None:
    client = signed_in(administrator)
    address = f"/akses/lembaga/{body.pk}/undang/"
    assert b"licensing_officer" not in client.get(address).content

    response = client.post(
        address, {"email": "baru@contoh.test", "name": NASTY, "role": "body_decider"}, follow=True
    )
    membership = Membership.objects.get(role=Role.BODY_DECIDER)
    assert response.redirect_chain[-1][0] == membership.get_absolute_url()
    assert b"<script>alert" not in response.content

    client.post(f"{membership.get_absolute_url()}langkah/end")
    membership.refresh_from_db()
    assert membership.state == Membership.State.ENDED
    own = Membership.objects.get(user=administrator)
    refused = client.post(f"{own.get_absolute_url()}langkah/end")
    assert refused.status_code == 409
    assert b"K-14" in refused.content


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "registrar"},
        {"role": "body_admin", "email": "bukan surel"},
        {"role": "body_admin", "valid_until": "2026-02-31"},
        {"role": "body_admin", "name": ""},
        {"role": "body_admin", "valid_until": "2001-01-01"},
    ],
)
def test_a_wrong_invitation_comes_back_as_it_was(
    administrator: User, body: Organisation, wrong: dict[str, str]
) -> None:
    given = {"email": "baru@contoh.test", "name": "Orang Baru", **wrong}

    response = signed_in(administrator).post(f"/akses/lembaga/{body.pk}/undang/", given)

    assert response.status_code == 422
    assert given["email"] in response.content.decode()
    assert not User.objects.filter(email=given["email"]).exists()


def test_a_body_keeps_its_profile(administrator: User, body: Organisation) -> None:
    Region.objects.create(code="31", level="province", name="DKI Jakarta")
    Region.objects.create(code="31.74", level="regency", name="Jakarta Selatan", parent_id="31")
    client = signed_in(administrator)
    address = f"/akses/lembaga/{body.pk}/ubah/"
    assert '<optgroup label="DKI Jakarta">' in client.get(address).content.decode()

    client.post(
        address, {"address": NASTY, "region": "31.74", "website": "https://lsp.test", "name": "X"}
    )

    body.refresh_from_db()
    assert (body.name, body.region_id, body.address) == ("LSP Uji Coba", "31.74", NASTY)
    page = client.get(f"/akses/lembaga/{body.pk}/").content.decode()
    assert "Jakarta Selatan" in page
    assert "<script>alert" not in page
    assert client.post(address, {"website": "javascript:alert(1)"}).status_code == 422
    assert client.post(address, {"region": "99.99"}).status_code == 422


def test_the_authority_registers_an_organisation(administrator: User) -> None:
    address = "/akses/lembaga/baru/"
    response = authority().post(address, {"kind": "certification_body", "name": "LSP Baru"})

    made = Organisation.objects.get(name="LSP Baru")
    assert response["Location"] == made.get_absolute_url()
    given = {"kind": "certification_body", "name": "LSP Liar"}
    assert signed_in(administrator).post(address, given).status_code == 422
    assert not Organisation.objects.filter(name="LSP Liar").exists()


def test_a_secret_is_shown_once(administrator: User, body: Organisation) -> None:
    client = signed_in(administrator)

    response = client.post(
        "/akses/token/baru/", {"name": NASTY, "days": 30, "scopes": ["session.view"]}
    )

    token = AccessToken.objects.get()
    page = response.content.decode()
    assert "mmp_" in page
    assert "no-store" in response["Cache-Control"]
    assert token.organisation == body
    assert "mmp_" not in client.get(token.get_absolute_url()).content.decode()
    client.post(f"{token.get_absolute_url()}langkah/revoke")
    token.refresh_from_db()
    assert token.state == AccessToken.State.REVOKED


@pytest.mark.parametrize(
    "wrong", [{"days": 366}, {"days": 0}, {"scopes": ["licence.decide"]}, {"scopes": []}]
)
def test_a_wrong_token_comes_back_as_it_was(administrator: User, wrong: dict[str, object]) -> None:
    given = {"name": "Sistem jadwal", "days": 30, "scopes": ["session.view"], **wrong}

    response = signed_in(administrator).post("/akses/token/baru/", given)

    assert response.status_code == 422
    assert "Sistem jadwal" in response.content.decode()
    assert not AccessToken.objects.exists()


def test_a_policy_is_set_and_withdrawn(administrator: User) -> None:
    client = authority()
    today = timezone.localdate().isoformat()
    address = f"/akses/kebijakan/{TOKEN_LIFE.name}/"

    client.post(f"{address}ubah/", {"value": 30, "valid_from": today, "source": "SK 1"})
    policy.forget()
    assert TOKEN_LIFE.on(timezone.localdate()) == 30
    assert "SK 1" in client.get(address).content.decode()
    assert "SK 1" in client.get("/akses/kebijakan/").content.decode()

    value = PolicyValue.objects.get()
    assert client.get(value.get_absolute_url()).status_code == 200
    client.post(f"{value.get_absolute_url()}langkah/withdraw", {"note": "Salah"})
    policy.forget()
    assert TOKEN_LIFE.on(timezone.localdate()) == 365
    assert client.get("/akses/kebijakan/tidak.ada/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"value": -1}, {"value": "1; DROP"}, {"valid_from": "2001-01-01"}, {"source": ""}],
)
def test_a_wrong_policy_value_comes_back_as_it_was(wrong: dict[str, object]) -> None:
    given = {
        "value": 30,
        "valid_from": timezone.localdate().isoformat(),
        "source": "SK 1/2026",
        **wrong,
    }

    response = authority().post(f"/akses/kebijakan/{TOKEN_LIFE.name}/ubah/", given)

    assert response.status_code == 422
    assert not PolicyValue.objects.exists()


def test_an_auditor_reads_policies_but_sets_none() -> None:
    client = authority(Role.AUDITOR)

    assert client.get("/akses/kebijakan/").status_code == 200
    assert client.get(f"/akses/kebijakan/{TOKEN_LIFE.name}/ubah/").status_code == 404


def test_an_auditor_reads_the_trail(administrator: User, body: Organisation) -> None:
    token = token_of(administrator)
    client = authority(Role.AUDITOR)
    today = timezone.localdate().isoformat()

    everything = client.get("/akses/jejak/").content.decode()
    assert "Rina Kartika" in everything
    assert token.get_absolute_url() in everything
    assert "LSP Uji Coba" in everything
    for asked, found in (
        ("subject=access.accesstoken", True),
        ("subject=access.membership", False),
        ("actor=rina", True),
        ("actor=tidak", False),
        (f"at_from={today}&at_until={today}", True),
        ("at_until=2001-01-01", False),
        ("at_from=2001-02-31", True),
    ):
        page = client.get(f"/akses/jejak/?{asked}").content.decode()
        assert (token.get_absolute_url() in page) is found, asked
    table = client.get("/akses/jejak/?format=csv").getvalue().decode()
    assert "Rina Kartika" in table


def test_lists_cost_the_same_however_long(
    administrator: User,
    body: Organisation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(8):
        make.member(Role.BODY_DECIDER, body)
        token_of(administrator)
    client = signed_in(administrator)
    for address in (
        "/akses/",
        "/akses/anggota/",
        "/akses/token/",
        f"/akses/lembaga/{body.pk}/",
        "/akses/lembaga/",
        Membership.objects.get(user=administrator).get_absolute_url(),
        "/meja/",
    ):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200, address
    client = authority()
    for address in ("/akses/jejak/", "/akses/kebijakan/", "/akses/lembaga/", "/akses/anggota/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200, address


@pytest.mark.parametrize(
    "asked", ["q=%00", "q=%27%3B--", "page=99999999999", "sort=password", "role=%F0%9F%99%82"]
)
def test_odd_questions_to_a_list_do_no_harm(administrator: User, asked: str) -> None:
    assert signed_in(administrator).get(f"/akses/anggota/?{asked}").status_code == 200


def test_every_change_leaves_an_event(administrator: User, body: Organisation) -> None:
    signed_in(administrator).post(f"/akses/lembaga/{body.pk}/ubah/", {"phone": "0215550100"})

    event = Event.objects.get(subject="access.organisation")
    assert (event.actor_name, event.organisation_id) == ("Rina Kartika", body.pk)
    assert event.at.date() >= date(2026, 1, 1)


def test_every_scope_one_may_give_is_said_in_words() -> None:
    giveable = {scope for role in Role if role != Role.SYSTEM for scope in GRANTS[role]}

    assert giveable - {Permission.TOKEN_MANAGE} <= LABELS.keys()


def test_pages_of_people_are_kept_by_no_cache() -> None:
    client = signed_in(make.member(Role.BODY_ADMIN))

    for address in ("/akses/", "/akses/anggota/", "/akses/anggota/?format=csv"):
        assert set(client.get(address)["Cache-Control"].split(", ")) == {"private", "no-cache"}
