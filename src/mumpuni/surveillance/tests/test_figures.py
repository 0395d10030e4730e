"""The figures of a year count what the records say, and open what they count."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertRedirects

from mumpuni.access.models import User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.licensing.models import LicenceApplication
from mumpuni.licensing.tests import make as licensing
from mumpuni.surveillance.queries import figures
from mumpuni.surveillance.tests.make import sign_in, token
from mumpuni.visits.models import Kind
from mumpuni.visits.tests import make as visits

pytestmark = pytest.mark.django_db

YEAR = 2025


@pytest.fixture
def officer() -> User:
    return access.member(Role.SURVEILLANCE_OFFICER)


@pytest.fixture
def year_of_everything() -> None:
    """Let one of each happen in 2025, beside what does not count."""
    on = date(YEAR, 3, 3)
    visits.reported_visit(kind=Kind.SURVEILLANCE, on=on)
    visits.assigned_visit(kind=Kind.SURVEILLANCE, on=on)
    body = licensing.granted_body(on=on)
    licensing.in_state("submitted", on=date(YEAR + 1, 1, 5))
    renewable = licensing.licence(on=date(YEAR - 5, 6, 2))
    renewal = licensing.ready(
        LicenceApplication.Kind.RENEWAL, renewable.organisation, on=date(YEAR, 5, 2)
    )
    licensing.advance(renewal, "document_verification", on=date(YEAR, 5, 2))
    scope = licensing.ready(LicenceApplication.Kind.SCOPE, body, on=on)
    licensing.advance(scope, "granted", on=on)
    frozen = licensing.licence(on=date(YEAR - 1, 2, 3), body_type="p2")
    licensing.freeze(frozen, on=on)


def test_each_figure_counts_its_rows(year_of_everything: None) -> None:
    counts = figures.counted([YEAR])

    assert {one: total for one, total in counts.items() if total} == {
        ("applications", YEAR): 1,
        ("readiness_visits", YEAR): 1,
        ("full_assessments", YEAR): 1,
        ("witness_visits", YEAR): 1,
        ("new_licences", YEAR): 1,
        ("renewals_submitted", YEAR): 1,
        ("scope_changes", YEAR): 1,
        ("surveillance_visits", YEAR): 1,
        ("freezes", YEAR): 1,
        ("active", YEAR): 1,
        ("active_p3", YEAR): 1,
    }
    for figure in figures.FIGURES:
        rows = figure.rows(YEAR)
        assert rows.count() == counts[figure.key, YEAR]
        assert all(figures.body_of(row).name for row in rows)


def test_of_a_year_that_lasts_licences_are_counted_today() -> None:
    licensing.licence(on=date(2024, 1, 2))

    assert figures.last_day(2024) == date(2024, 12, 31)
    assert figures.BY_KEY["active"].rows(9999).count() == 1


def test_the_page_shows_a_year_beside_the_one_before_in_few_queries(
    client: Client,
    officer: User,
    year_of_everything: None,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    sign_in(client, officer)

    with django_assert_max_num_queries(12):
        shown = client.get(f"/surveilans/tahun/{YEAR}/")

    assert f'href="/surveilans/tahun/{YEAR}/freezes/">1<' in shown.text
    assert f'href="/surveilans/tahun/{YEAR - 1}/freezes/">0<' in shown.text
    assertRedirects(
        client.get("/surveilans/tahun/"), f"/surveilans/tahun/{figures.last_day(9998).year}/"
    )
    assert client.get("/surveilans/tahun/2005/").status_code == 200
    assert client.get("/surveilans/tahun/2004/").status_code == 404
    assert client.get("/surveilans/tahun/9999/").status_code == 404


def test_each_number_opens_its_rows(
    client: Client,
    officer: User,
    year_of_everything: None,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    sign_in(client, officer)
    for figure in figures.FIGURES:
        address, total = f"/surveilans/tahun/{YEAR}/{figure.key}/", figure.rows(YEAR).count()
        with django_assert_max_num_queries(12):
            shown = client.get(address)
        assert shown.context["table"].total == total
        assert client.get(address, {"q": "tidak ada", "sort": "-pk"}).status_code == 200
        csv = b"".join(client.get(address, {"format": "csv"})).decode()
        assert len(csv.splitlines()) == 1 + total
    assert client.get(f"/surveilans/tahun/{YEAR}/lain/").status_code == 404


def test_programs_read_the_figures_and_their_rows(
    client: Client, officer: User, year_of_everything: None
) -> None:
    headers = token(officer)
    told = client.get(f"/api/v1/yearly-figures/{YEAR}", headers=headers).json()
    rows = client.get(f"/api/v1/yearly-figures/{YEAR}/freezes", headers=headers).json()

    assert {one["key"]: one["value"] for one in told}["freezes"] == 1
    assert [one["key"] for one in told] == [one.key for one in figures.FIGURES]
    assert rows["count"] == 1
    assert rows["items"][0]["subject"] == "licensing.sanction"
    assert client.get(f"/api/v1/yearly-figures/{YEAR}/else", headers=headers).status_code == 404
    assert client.get("/api/v1/yearly-figures/1", headers=headers).status_code == 422


def test_for_strangers_and_bodies_there_are_no_figures(client: Client) -> None:
    pages = [f"/surveilans/tahun/{YEAR}/", f"/surveilans/tahun/{YEAR}/freezes/"]
    for address in ["/surveilans/tahun/", *pages]:
        assertRedirects(
            client.get(address), f"/akun/login/?next={address}", fetch_redirect_response=False
        )
    admin = access.member(Role.BODY_ADMIN)
    client.force_login(admin)
    assert [client.get(address).status_code for address in pages] == [404, 404]
    assert client.get("/surveilans/tahun/").status_code == 404
    assert client.get(f"/api/v1/yearly-figures/{YEAR}").status_code == 401
    assert client.get(f"/api/v1/yearly-figures/{YEAR}", headers=token(admin)).status_code == 404
