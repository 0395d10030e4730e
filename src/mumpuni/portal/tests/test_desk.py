"""What waits for whom, and no dead link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.models import User
from mumpuni.access.roles import BODY_ROLES, Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.tests import make as assessment
from mumpuni.certificates.tests import make as certificates
from mumpuni.licensing.tests import make as licensing
from mumpuni.portal.tests.test_access_pages import signed_in
from mumpuni.schemes.tests import make as schemes

pytestmark = pytest.mark.django_db


def desk(user: User) -> str:
    return signed_in(user).get("/meja/").content.decode()


def test_each_sees_what_waits_for_their_role() -> None:
    licensing.in_state("submitted")
    schemes.submitted_scheme()
    certificates.submitted_request()
    certificates.report()

    for role, waiting in (
        (Role.LICENSING_OFFICER, "permohonan lisensi untuk diperiksa"),
        (Role.SCHEME_VERIFIER, "skema untuk diverifikasi"),
        (Role.CERTIFICATION_OFFICER, "permohonan sertifikat untuk diputus"),
        (Role.LAW_OFFICER, "laporan penyalahgunaan untuk ditindaklanjuti"),
    ):
        assert waiting in desk(access.member(role)), role
    assert "Tidak ada yang menunggu" in desk(access.member(Role.AUDITOR))
    assert "Tidak ada yang menunggu" in desk(access.user())


def test_a_body_sees_its_own_work_only() -> None:
    session = certificates.decided_session()

    assert "sertifikatnya dapat diminta" in desk(
        access.member(Role.BODY_ADMIN, session.organisation)
    )
    assert "Tidak ada yang menunggu" in desk(access.member(Role.BODY_ADMIN))


def test_a_body_looks_at_its_next_sessions_and_starts_its_work_here() -> None:
    session = assessment.open_session()
    body = session.organisation

    page = desk(access.member(Role.BODY_ADMIN, body))

    assert session.number in page
    assert "Rencanakan jadwal" in page
    assert "Jadwal yang dibuka" not in page
    assert session.number not in desk(access.member(Role.BODY_ADMIN))
    assert "Jadwal terdekat" not in desk(access.member(Role.AUDITOR))


def test_a_body_without_a_licence_is_offered_what_leads_to_one_alone() -> None:
    page = desk(access.member(Role.BODY_ADMIN))

    assert "Permohonan lisensi" in page
    assert "Rencanakan jadwal" not in page
    assert "Permohonan sertifikat" not in page


def test_who_acts_for_nobody_else_finds_their_own() -> None:
    page = desk(access.user())

    assert "Jadwal yang dibuka" in page
    assert "Rencanakan jadwal" not in page


def test_a_licence_that_ends_soon_waits_for_its_body() -> None:
    nearly_five_years_ago = timezone.localdate() - timedelta(days=5 * 365 - 60)
    ending = access.member(Role.BODY_ADMIN, licensing.licensed_body(on=nearly_five_years_ago))
    lasting = access.member(Role.BODY_ADMIN, licensing.licensed_body())

    assert "berakhir dalam setengah tahun" in desk(ending)
    assert "berakhir dalam setengah tahun" not in desk(lasting)


@pytest.mark.parametrize("role", [*Role])
def test_no_link_is_dead_and_the_desk_costs_little(
    role: Role, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    if role in {Role.INDIVIDUAL, Role.SYSTEM}:
        user = access.user()
    else:
        user = access.member(role, access.organisation() if role in BODY_ROLES else None)
    client = signed_in(user)

    with django_assert_max_num_queries(12):
        page = client.get("/meja/").content.decode()

    for address in sorted(set(re.findall(r'href="(/[^"]*)"', page))):
        if not address.startswith("/static/"):
            assert client.get(address).status_code in {200, 302}, address


def test_a_stranger_finds_no_dead_link(client: Client) -> None:
    page = client.get("/").content.decode()

    for address in sorted(set(re.findall(r'href="(/[^"]*)"', page))):
        if not address.startswith("/static/"):
            assert client.get(address).status_code == 200, address
