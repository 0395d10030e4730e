"""What waits for whom, and no dead link."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.models import User
from mumpuni.access.roles import BODY_ROLES, Role
from mumpuni.access.tests import make as access
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
