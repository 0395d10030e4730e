"""The seven bodies frozen in 2024, and what anybody reads of the one that had certified before."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from mumpuni.access.models import Membership
from mumpuni.access.roles import Role
from mumpuni.assessment.models import Session
from mumpuni.certificates.models import Certificate, CertificateRequest
from mumpuni.schemes.queries import verified_versions
from mumpuni.simulation.demo import cast, freezes, world
from tests.browser.visit import Visit
from tests.browser.walk import Walk


@pytest.fixture
def walk(visit: Callable[..., Visit]) -> Walk:
    """Enter the reference data and the seven bodies."""
    call_command("load_reference", stdout=StringIO())
    freezes.freeze_all(cast.authority(), verified_versions().get(scheme__number=world.SCHEME))
    return Walk(visit())


def test_a_certificate_of_before_stays_valid_and_tells_what_happened_since(walk: Walk) -> None:
    certificate = Certificate.objects.filter(body_name=freezes.WITH_CERTIFICATES).earliest("pk")

    walk.open("portal:verification", certificate.public_id)

    expect(walk.page.get_by_role("heading", name="Berlaku")).to_be_visible()
    walk.reads("Dibekukan")
    walk.reads("6 Desember 2024")
    walk.reads("6 bulan")
    body = certificate.organisation_id
    for day, status in (("2024-12-05", "Aktif"), ("2024-12-07", "Dibekukan")):
        walk.open("portal:body", body, on=day)
        expect(walk.page.locator("main .badge").first).to_have_text(status)
    walk.open("portal:sanctions")
    expect(walk.page.locator("main tbody tr")).to_have_count(7)


def test_l_10_the_frozen_body_asks_for_no_certificates(walk: Walk) -> None:
    waiting = Session.objects.get(held_on=freezes.HELD_TOO_LATE)
    admin = Membership.objects.get(organisation=waiting.organisation_id, role=Role.BODY_ADMIN)
    walk.become(admin.user, admin.organisation_id)
    walk.open("certificates:request-new")
    walk.fill(session=waiting.pk, minutes_number="BA/002/2024")
    walk.press("Simpan")

    walk.visit.open(CertificateRequest.objects.get(session=waiting).get_absolute_url())

    expect(walk.page.get_by_role("button", name="Ajukan", exact=True)).to_be_disabled()
    walk.reads("L-10")
