"""How a body fared: counted by hand the same, kept with its renewal, seen by whom it concerns."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertRedirects

from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.casework.models import IssuedDocument
from mumpuni.certificates.tests import make as certificates
from mumpuni.kernel.queries import events_of
from mumpuni.licensing.models import Licence, LicenceApplication
from mumpuni.licensing.tests import make as licensing
from mumpuni.surveillance import actions, jobs
from mumpuni.surveillance.models import Dossier
from mumpuni.surveillance.queries import dossiers
from mumpuni.surveillance.tests.make import noon, sign_in, token
from mumpuni.visits.models import Finding, Kind
from mumpuni.visits.tests import make as visits

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2022, 1, 1), date(2026, 12, 31)


@pytest.fixture
def body() -> Licence:
    """A body that tested, was visited, reported and corrected."""
    session = certificates.decided_session(candidates=5, not_yet=2)
    certificate = certificates.issued_certificate(session)
    organisation = certificate.organisation
    certificates.decided_session(organisation=organisation, scheme_version=session.scheme_version)
    new = certificates.approved_replacement(certificate, reason="loss").certificate.replaced_by
    certificates.take(new, "revoke")
    certificates.report(claimed_number=certificate.number)
    certificates.report(claimed_number="62019 2514 2 9999999 2026")
    visit = visits.reported_visit(organisation, Kind.SURVEILLANCE, ["major", "minor", "major"])
    visits.reported_visit(organisation, Kind.ASSESSMENT, on=date(2026, 6, 2))
    first = Finding.objects.filter(visit=visit, grade="major").order_by("pk")[0]
    visits.close(first, on=visits.TODAY + timedelta(days=8))
    return Licence.objects.get(organisation=organisation)


def test_a_dossier_equals_what_is_counted_by_hand(
    body: Licence, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(7):
        facts = dossiers.performance(body.organisation_id, FIRST, LAST)

    nothing = {"sessions": 0, "candidates": 0, "competent": 0, "not_yet": 0, "certificates": 0}
    assert facts == {
        "years": [
            *({"year": year, **nothing} for year in (2022, 2023, 2024, 2025)),
            {
                "year": 2026,
                "sessions": 2,
                "candidates": 6,
                "competent": 4,
                "not_yet": 2,
                "certificates": 3,
            },
        ],
        "replacements": {"misprint": 0, "name_change": 0, "loss": 1},
        "revocations": 1,
        "findings": [
            {"grade": "major", "raised": 2, "closed": 1, "unsettled": 1, "mean_days": 8},
            {"grade": "minor", "raised": 1, "closed": 0, "unsettled": 1, "mean_days": None},
            {"grade": "observation", "raised": 0, "closed": 0, "unsettled": 0, "mean_days": None},
        ],
        "reports": {"received": 1, "handled": 0, "closed": 0},
        "visits": [
            {
                "kind": "surveillance",
                "on": "2026-06-01",
                "recommendation": "negative",
                "findings": 3,
            }
        ],
        "deadlines": {"met": 1, "missed": 2},
    }


def test_what_lies_outside_the_period_is_left_out(body: Licence) -> None:
    facts = dossiers.performance(body.organisation_id, date(2020, 1, 1), date(2024, 12, 31))

    assert [row["sessions"] for row in facts["years"]] == [0] * 5
    assert (facts["revocations"], facts["visits"]) == (0, [])
    assert sum(facts["reports"].values()) == 0


def test_the_period_is_five_years() -> None:
    assert dossiers.period(date(2026, 6, 30)) == (date(2021, 7, 1), date(2026, 6, 30))


def renewal(on: date) -> LicenceApplication:
    """Submit a renewal of a body that is licensed for nearly five years."""
    licence = licensing.licence(on=on - timedelta(days=5 * 365 - 60))
    application = licensing.ready("renewal", licence.organisation, on=on)
    licensing.advance(application, "document_verification", on=on)
    return application


def submission(application: LicenceApplication) -> int:
    key: int = events_of(application).filter(step="submit").values_list("pk", flat=True)[0]
    return key


def test_a_renewal_keeps_the_dossier_once_as_it_stood() -> None:
    """U-08: kept when it was submitted, with a digest; the database refuses to change it."""
    application = renewal(date(2026, 6, 1))
    visits.reported_visit(application.organisation, Kind.SURVEILLANCE, on=date(2026, 5, 4))

    for _twice in range(2):
        jobs.keep_dossier(event_id=submission(application))

    kept = Dossier.objects.get()
    assert (kept.application, kept.last) == (application, date(2026, 6, 1))
    assert len(kept.facts["visits"]) == 1
    assert kept.is_intact
    kept.facts["revocations"] = 9
    assert not kept.is_intact
    for statement in (
        "UPDATE surveillance_dossier SET facts = '{}'",
        "DELETE FROM surveillance_dossier",
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_dossier_is_a_document_whoever_sees_it_can_check(client: Client, body: Licence) -> None:
    application = renewal(timezone.localdate())
    jobs.keep_dossier(event_id=submission(application))
    document = IssuedDocument.objects.get(kind=IssuedDocument.Kind.DOSSIER)

    assert document.number == f"DK.0001/BNSP/{timezone.localdate().year}"
    file = f"{document.get_absolute_url().rstrip('/')}.pdf"
    assert client.get(file).status_code == 404
    client.force_login(access.member(Role.BODY_ADMIN, body.organisation))
    assert client.get(file).status_code == 404
    client.force_login(access.member(Role.BODY_ADMIN, application.organisation))
    assert file in client.get(Dossier.objects.get().get_absolute_url()).text
    assert client.get(file).content.startswith(b"%PDF")


def test_other_applications_keep_none() -> None:
    application = LicenceApplication.objects.get(organisation=licensing.granted_body())

    assert actions.keep_dossier(application, at=noon(date(2026, 6, 1))) is None


def test_who_decides_and_the_body_itself_read_the_dossier(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    application = renewal(timezone.localdate())
    jobs.keep_dossier(event_id=submission(application))
    kept = Dossier.objects.get()
    licence = kept.licence
    readers = [
        access.member(Role.LICENSING_OFFICER),
        access.member(Role.PLENARY_MEMBER),
        access.member(Role.BODY_ADMIN, licence.organisation),
    ]
    for user in readers:
        sign_in(client, user)
        kept_for = f"/surveilans/dosier/permohonan/{application.pk}/"
        assert kept_for in client.get(application.get_absolute_url()).text
        assertRedirects(client.get(kept_for), kept.get_absolute_url())
        live = f"/surveilans/dosier/lisensi/{licence.pk}/"
        with django_assert_max_num_queries(12):
            shown = client.get(kept.get_absolute_url())
        with django_assert_max_num_queries(12):
            today = client.get(live)
        assert kept.sha256 in shown.text
        assert kept.get_absolute_url() in today.text
        assert live in client.get(licence.get_absolute_url()).text


def test_before_it_is_kept_the_dossier_of_today_is_shown(client: Client, body: Licence) -> None:
    application = renewal(timezone.localdate())
    address = f"/surveilans/dosier/permohonan/{application.pk}/"
    sign_in(client, access.member(Role.LICENSING_OFFICER))
    licence = Licence.objects.get(organisation=application.organisation)
    assertRedirects(client.get(address), f"/surveilans/dosier/lisensi/{licence.pk}/")
    client.force_login(access.member(Role.BODY_ADMIN, body.organisation))
    assert client.get(address).status_code == 404


def test_a_stranger_and_another_body_read_nothing(client: Client, body: Licence) -> None:
    application = renewal(timezone.localdate())
    jobs.keep_dossier(event_id=submission(application))
    kept = Dossier.objects.get()
    pages = [kept.get_absolute_url(), f"/surveilans/dosier/lisensi/{kept.licence_id}/"]
    for address in pages:
        assertRedirects(
            client.get(address), f"/akun/login/?next={address}", fetch_redirect_response=False
        )
    other = access.member(Role.BODY_ADMIN, body.organisation)
    client.force_login(other)
    assert [client.get(address).status_code for address in pages] == [404, 404]
    headers = token(other)
    for path in (f"/dossiers/{kept.pk}", f"/licences/{kept.licence_id}/performance"):
        assert client.get(f"/api/v1{path}", headers=headers).status_code == 404
        assert client.get(f"/api/v1{path}").status_code == 401


def test_only_who_watches_sees_the_risk_on_a_licence_page(client: Client, body: Licence) -> None:
    actions.assess(timezone.localdate())
    address = body.get_absolute_url()
    client.force_login(access.member(Role.BODY_ADMIN, body.organisation))
    assert "Skor risiko" not in client.get(address).text
    sign_in(client, access.member(Role.SURVEILLANCE_OFFICER))
    assert "Skor risiko" in client.get(address).text


def test_programs_read_dossiers(client: Client) -> None:
    application = renewal(timezone.localdate())
    jobs.keep_dossier(event_id=submission(application))
    headers = token(access.member(Role.LICENSING_OFFICER))

    [listed] = client.get("/api/v1/dossiers", headers=headers).json()["items"]
    one = client.get(f"/api/v1/dossiers/{listed['id']}", headers=headers).json()
    now = client.get(f"/api/v1/licences/{listed['licence_id']}/performance", headers=headers).json()

    assert one == listed
    assert now["facts"]["years"] == one["facts"]["years"]
