"""Whom the change of a standard concerns, for everybody, for a body, for the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.models import User
from mumpuni.access.roles import Permission, Role
from mumpuni.access.tests import make as access
from mumpuni.certificates.models import Certificate
from mumpuni.kernel.queries import events_of
from mumpuni.kernel.workflow import begin, perform
from mumpuni.licensing.jobs import begin_transitions
from mumpuni.portal.impact import Impact, impact_of
from mumpuni.schemes.models import SchemeTransition, SchemeVersion, StandardChange
from mumpuni.schemes.queries import units_of
from mumpuni.schemes.tests import make
from mumpuni.schemes.tests.test_scheme_api import token

pytestmark = pytest.mark.django_db
LISTS = ["skema", "lingkup", "asesor", "sertifikat"]


@pytest.fixture
def change(certificate: Certificate) -> StandardChange:
    """Announce that the standard ceases by which somebody was certified."""
    version = certificate.candidate.session.scheme_version
    today = timezone.localdate()
    change = StandardChange(
        standard=units_of(version)[0].unit.standard,
        kind=StandardChange.Kind.REVOKED,
        effective_on=today + timedelta(days=30),
        transition_until=today + timedelta(days=400),
        basis="Kepmen 1/2026",
    )
    begin(change, make.scheme_verifier(), at=timezone.now())
    perform(change, "announce", make.scheme_verifier(), at=timezone.now())
    return change


def sign_in(client: Client, user: User) -> None:
    client.force_login(user)
    session = client.session
    session["has_mfa"] = True
    session.save()


def address_of(change: StandardChange, what: str = "") -> str:
    return f"/perubahan-standar/{change.pk}/dampak/{what}"


def test_each_sees_whom_they_may_see(change: StandardChange, certificate: Certificate) -> None:
    today = timezone.localdate()
    desk = access.person(Role.DESK_COORDINATOR, of=access.authority())
    own = access.person(Role.BODY_ADMIN, of=certificate.organisation)
    other = access.person(Role.BODY_ADMIN, of=access.organisation())
    public = Impact(1, impact_of(change, None, today).bodies, 1, None, None)

    assert impact_of(change, None, today) == public
    seen = impact_of(change, desk, today)
    assert (seen.schemes, seen.scopes, seen.certificates) == (1, 1, 1)
    assert seen.assessors
    assert impact_of(change, own, today).certificates == 1
    nothing = impact_of(change, other, today)
    assert (nothing.assessors, nothing.certificates) == (0, 0)


def test_the_lists_hold_what_the_counts_say(
    client: Client,
    change: StandardChange,
    certificate: Certificate,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    sign_in(client, access.member(Role.DESK_COORDINATOR))
    version = certificate.candidate.session.scheme_version

    for what in ["", *(f"{one}/" for one in LISTS)]:
        with django_assert_max_num_queries(11):
            assert client.get(address_of(change, what)).status_code == 200
    assert version.title in client.get(address_of(change, "skema/")).text
    assert certificate.body_name in client.get(address_of(change, "lingkup/")).text
    assert certificate.number in client.get(address_of(change, "sertifikat/")).text
    for form in ("csv", "xlsx"):
        for what in LISTS:
            answer = client.get(address_of(change, f"{what}/?format={form}"))
            assert answer.getvalue()


def test_persons_are_shown_to_nobody_else(
    client: Client, change: StandardChange, certificate: Certificate
) -> None:
    for what in ("asesor/", "sertifikat/"):
        page = address_of(change, what)
        assert client.get(page).headers["Location"] == f"/akun/login/?next={page}"
    assert client.get(address_of(change, "skema/")).status_code == 200
    client.force_login(access.member(Role.BODY_ADMIN))
    assert certificate.holder_name not in client.get(address_of(change, "sertifikat/")).text
    draft = StandardChange(
        standard=make.standard("skkni-77-2020"),
        kind="revoked",
        effective_on=change.effective_on,
        transition_until=change.transition_until,
        basis="-",
    )
    begin(draft, make.scheme_verifier(), at=timezone.now())
    for what in ["", *(f"{one}/" for one in LISTS)]:
        assert client.get(address_of(draft, what)).status_code == 404


def test_the_verifier_retires_what_is_left_from_the_list(
    client: Client, change: StandardChange, certificate: Certificate
) -> None:
    sign_in(client, access.member(Role.SCHEME_VERIFIER))
    page = client.get(address_of(change, "skema/")).text
    version = certificate.candidate.session.scheme_version

    client.post(
        "/skema/langkah",
        {"pk": version.pk, "step": "retire", "note": "Standarnya dicabut.", "next": "/"},
    )

    assert 'value="retire"' in page
    assert SchemeVersion.objects.get(pk=version.pk).state == "retired"


def test_owners_and_licensees_are_asked_how_they_move_on(
    change: StandardChange, certificate: Certificate
) -> None:
    admin = access.member(Role.BODY_ADMIN, certificate.organisation)
    event = announcement_of(change)

    begin_transitions(event_id=event)
    begin_transitions(event_id=event)

    bodies = set(SchemeTransition.objects.values_list("organisation", flat=True))
    owner = certificate.candidate.session.scheme_version.scheme.organisation_id
    assert bodies == {certificate.organisation_id, owner}
    assert [one.to for one in mail.outbox].count([admin.email]) == 1


def announcement_of(change: StandardChange) -> int:
    return events_of(change).filter(step="announce")[0].pk


def test_nobody_is_asked_about_a_change_that_was_withdrawn(change: StandardChange) -> None:
    perform(change, "withdraw", make.scheme_verifier(), at=timezone.now(), note="Ditunda.")

    begin_transitions(event_id=announcement_of(change))

    assert not SchemeTransition.objects.exists()


def test_the_api_counts_too(client: Client, change: StandardChange) -> None:
    headers = token(Role.DESK_COORDINATOR, None, Permission.CERTIFICATE_VIEW)
    path = f"/api/v1/standard-changes/{change.pk}/impact"

    told = client.get(path, headers=headers).json()

    assert (told["schemes"], told["scopes"], told["certificates"]) == (1, 1, 1)
    assert told["assessors"] is None
    assert client.get(path).status_code == 401
    assert client.get("/api/v1/standard-changes/0/impact", headers=headers).status_code == 404
