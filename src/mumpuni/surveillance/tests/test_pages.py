"""Surveillance in the browser."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertRedirects

from mumpuni.access.models import User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.licensing.models import Licence
from mumpuni.licensing.tests import make as licensing
from mumpuni.surveillance import actions
from mumpuni.surveillance.models import Programme
from mumpuni.surveillance.tests import make
from mumpuni.surveillance.tests.make import sign_in
from mumpuni.visits.models import Visit

pytestmark = pytest.mark.django_db

HTML = "<script>alert('x')</script>"
BAD_TEXTS = ["'; DROP TABLE surveillance_programme; --", HTML, "%", "\\", "\0", "9" * 5_000, "Ω²"]


@pytest.fixture
def officer(client: Client) -> User:
    user = access.member(Role.SURVEILLANCE_OFFICER)
    sign_in(client, user)
    return user


@pytest.fixture
def two() -> list[Licence]:
    """Two bodies with scores of today, the riskiest first."""
    made = [licensing.licence(on=date(year, 1, 6)) for year in (2022, 2023)]
    actions.assess(timezone.localdate())
    return made


def programme(budget: int = 2, *, approved: bool = True) -> Programme:
    today = timezone.localdate()
    return make.approved(budget, on=today) if approved else make.programme(budget, on=today)


def pages_of(record: Programme) -> list[str]:
    entry = record.entries.all()[0]
    address = record.get_absolute_url()
    inside = ("langkah/close", "ubah", "rencanakan", "tambah")
    each = ("rencanakan", "tiadakan")
    return [
        address,
        *(address + name for name in inside),
        *(f"{address}{entry.pk}/{name}" for name in each),
        f"/surveilans/risiko/{entry.licence_id}/",
    ]


WHOLE = ["/surveilans/risiko/", "/surveilans/andaikan/", "/surveilans/peta/"]


def test_a_stranger_is_asked_to_sign_in(client: Client, two: list[Licence]) -> None:
    for address in [*pages_of(programme()), *WHOLE, "/surveilans/", "/surveilans/program/baru"]:
        assertRedirects(
            client.get(address), f"/akun/login/?next={address}", fetch_redirect_response=False
        )


def test_no_body_sees_who_is_to_be_visited(client: Client, two: list[Licence]) -> None:
    pages = pages_of(programme())
    for user in (
        access.member(Role.BODY_ADMIN, two[0].organisation),
        access.member(Role.BODY_ADMIN),
    ):
        client.force_login(user)
        for address in [*pages, *WHOLE]:
            assert client.get(address).status_code == 404
            assert client.post(address).status_code == 404
        assert client.get("/surveilans/program/baru").status_code == 403
        assert "Program surveilans 2" not in client.get("/surveilans/").text


def test_a_programme_is_drawn_up_approved_filled_and_watched(
    client: Client, officer: User, two: list[Licence]
) -> None:
    year = timezone.localdate().year
    begun = client.post("/surveilans/program/baru", {"year": year, "budget": 1, "note": "Uji"})
    record = Programme.objects.get()
    address = record.get_absolute_url()
    assertRedirects(begun, address)
    assert two[0].organisation.name in client.get(address).text
    assert two[1].organisation.name not in client.get(address).text
    client.post(f"{address}ubah", {"budget": 2, "note": ""})
    client.post(f"{address}langkah/approve")

    shown = client.get(address).text
    assert "Belum pernah dikunjungi di tempat sejak berlisensi" in shown
    entries = list(record.entries.all())
    planning = f"{address}{entries[0].pk}/rencanakan"
    last = timezone.localdate().replace(month=12, day=31).isoformat()
    assert two[0].organisation.address in client.get(planning).text
    planned = client.post(
        planning, {"starts_on": last, "ends_on": last, "place": "Kantor", "mode": "onsite"}
    )
    visit = Visit.objects.get()
    assertRedirects(planned, visit.get_absolute_url(), fetch_redirect_response=False)
    client.post(f"{address}{entries[1].pk}/tiadakan", {"reason": "Dibekukan."})

    shown = client.get(address).text
    assert visit.get_absolute_url() in shown
    assert "Dibekukan." in shown
    assert client.get(address, {"stands": "dropped"}).context["table"].total == 1
    csv = b"".join(client.get(address, {"format": "csv"})).decode()
    assert "Direncanakan" in csv
    assert "Belum pernah dikunjungi" in csv
    again = client.post(planning, {"starts_on": last, "ends_on": last, "place": "Kantor"})
    assert again.status_code == 422


def test_all_visits_are_planned_at_once(client: Client, officer: User, two: list[Licence]) -> None:
    record = programme()
    today = timezone.localdate()
    wrong = {
        "count": 2,
        "first": today.isoformat(),
        "last": (today - timedelta(days=1)).isoformat(),
    }
    address = record.get_absolute_url()
    assert client.post(f"{address}rencanakan", wrong).status_code == 422

    whole_year = {
        "count": 2,
        "first": today.replace(month=1, day=1).isoformat(),
        "last": today.replace(month=12, day=31).isoformat(),
    }
    assertRedirects(client.post(f"{address}rencanakan", whole_year), address)

    assert Visit.objects.count() == 2


def test_a_body_is_looked_up_and_added(client: Client, officer: User, two: list[Licence]) -> None:
    record = programme(budget=1)
    address = f"{record.get_absolute_url()}tambah"
    name = two[1].organisation.name
    assert name in client.get(address, {"q": name}).text
    assert "Tidak ada LSP" in client.get(address, {"q": two[0].organisation.name}).text

    body = {"licence": two[1].pk, "reason": "Permintaan."}
    full = client.post(f"{address}?q={name}", body)
    assert full.status_code == 422
    assert "Anggaran 1 kunjungan sudah terisi" in full.text
    actions.drop(record.entries.get(), "Tutup.", make.officer(), at=timezone.now())
    assertRedirects(client.post(f"{address}?q={name}", body), record.get_absolute_url())


def test_risks_are_listed_filtered_and_explained(
    client: Client, officer: User, two: list[Licence]
) -> None:
    listed = client.get("/surveilans/risiko/")
    assert listed.text.index(two[0].organisation.name) < listed.text.index(two[1].organisation.name)
    assert "Bagaimana skor dihitung" in listed.text
    assert client.get("/surveilans/risiko/", {"province": "31"}).context["table"].total == 2
    assert client.get("/surveilans/risiko/", {"type": "p2"}).context["table"].total == 0
    assert client.get("/surveilans/risiko/", {"sort": "due_on"}).status_code == 200
    assert b"".join(client.get("/surveilans/risiko/", {"format": "xlsx"})).startswith(b"PK")
    one = client.get(f"/surveilans/risiko/{two[0].pk}/").text
    assert "Lama sejak kunjungan di tempat" in one
    assert client.get("/surveilans/risiko/999999/").status_code == 404


def test_one_asks_what_so_many_visits_would_cover(
    client: Client, officer: User, two: list[Licence]
) -> None:
    shown = client.get("/surveilans/andaikan/", {"visits": "1"})

    assert (shown.context["visits"], shown.context["cycle"]) == (1, 2.0)
    assert 'type="range"' in shown.text
    assert "<svg" in shown.text
    assert client.get("/surveilans/andaikan/").context["visits"] == 1
    assert client.get("/surveilans/andaikan/", {"visits": "9999"}).context["visits"] == 2


def test_without_bodies_the_pages_say_so(client: Client, officer: User) -> None:
    for address in ("/surveilans/risiko/", "/surveilans/andaikan/"):
        assert "Risiko belum dihitung" in client.get(address).text
    assert "Belum ada program" in client.get("/surveilans/").text
    assert client.get("/surveilans/peta/").status_code == 200
    assert "Risiko belum dihitung" in client.get(programme(approved=False).get_absolute_url()).text


def test_the_map_has_its_figures_in_a_table(
    client: Client, officer: User, two: list[Licence]
) -> None:
    shown = client.get("/surveilans/peta/").text

    assert shown.count("<path") >= 38
    assert 'href="/surveilans/risiko/?province=31">DKI Jakarta' in shown


def test_only_who_plans_may_change_a_programme(client: Client, two: list[Licence]) -> None:
    record = programme()
    sign_in(client, access.member(Role.AUDITOR))
    address = record.get_absolute_url()

    assert "/rencanakan" not in client.get(address).text
    for name in ("ubah", "rencanakan", "tambah"):
        assert client.get(address + name).status_code in {403, 409}
    assert client.post(f"{address}langkah/close").status_code == 403


@pytest.mark.parametrize("typed", BAD_TEXTS)
def test_bad_input_is_kept_out_or_shown_harmless(
    client: Client, officer: User, two: list[Licence], typed: str
) -> None:
    address = programme(budget=1).get_absolute_url()
    asked = {
        "q": typed,
        "province": typed,
        "visits": typed,
        "stands": typed,
        "type": typed,
        "due_on_from": typed,
    }
    shown = [client.get(one, asked) for one in [*WHOLE, address, f"{address}tambah"]]
    sent = [
        client.post("/surveilans/program/baru", {"year": typed, "budget": typed}),
        client.post(f"{address}rencanakan", {"count": typed, "first": typed, "last": typed}),
        client.post(f"{address}tambah", {"licence": typed, "reason": typed}),
    ]

    assert [one.status_code for one in shown] == [200] * len(shown)
    assert [one.status_code for one in sent] == [422] * len(sent)
    assert not any(HTML in one.text for one in [*shown, *sent])


def test_pages_take_the_same_few_queries_however_many_bodies(
    client: Client, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.bodies(80)
    actions.assess(timezone.localdate())
    record = programme(budget=60)
    first, last = (timezone.localdate().replace(month=month, day=28) for month in (1, 12))
    actions.plan_first(record, 40, first, last, make.officer(), at=timezone.now())
    client.get("/surveilans/")
    for address in [*pages_of(record), *WHOLE, "/surveilans/", "/surveilans/program/baru"]:
        with django_assert_max_num_queries(12):
            client.get(address, {"per_page": "50"})
