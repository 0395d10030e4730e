"""Programs draw up programmes, read risks and ask what visits would cover."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.licensing.tests import make as licensing
from mumpuni.surveillance import actions
from mumpuni.surveillance.tests.make import token
from mumpuni.visits.models import Visit

pytestmark = pytest.mark.django_db

API = "/api/v1"


@pytest.fixture
def officer() -> dict[str, str]:
    return token(access.member(Role.SURVEILLANCE_OFFICER))


def send(client: Client, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
    call = getattr(client, method)
    return call(f"{API}{path}", body, content_type="application/json", headers=headers)


def test_a_programme_is_carried_out_by_api(client: Client, officer: dict[str, str]) -> None:
    licences = [licensing.licence() for _ in range(3)]
    today = timezone.localdate()
    last = today.replace(month=12, day=31).isoformat()
    begun = send(
        client, "post", "/surveillance-programmes", {"year": today.year, "budget": 1}, officer
    )
    address = f"/surveillance-programmes/{begun.json()['id']}"
    changed = send(client, "patch", address, {"budget": 2}, officer)
    approved = send(client, "post", f"{address}/steps/approve", {}, officer)

    assert (begun.status_code, changed.json()["budget"]) == (201, 2)
    assert approved.json()["state"] == "approved"
    entries = client.get(f"{API}{address}/entries", headers=officer).json()["items"]
    assert [one["rank"] for one in entries] == [1, 2]
    assert "sejak berlisensi" in entries[0]["reasons"][0]["sentence"]

    entry = f"{address}/entries/{entries[0]['id']}"
    dropped = send(client, "post", f"{entry}/drop", {"reason": "Tutup."}, officer)
    added = send(
        client,
        "post",
        f"{address}/entries",
        {"licence_id": licences[2].pk, "reason": "Laporan."},
        officer,
    )
    other = f"{address}/entries/{added.json()['id']}"
    plan = {"starts_on": last, "ends_on": last, "place": "Kantor"}
    planned = send(client, "post", f"{other}/visit", plan, officer)
    again = send(client, "post", f"{other}/visit", plan, officer)
    days = {"count": 5, "first": today.replace(month=1, day=1).isoformat(), "last": last}
    rest = send(client, "post", f"{address}/visits", days, officer)

    assert dropped.json()["dropped_because"] == "Tutup."
    assert planned.json()["id"] == Visit.objects.earliest("pk").pk
    assert (again.status_code, again.json()["type"]) == (409, "/rules/U-04")
    assert rest.json() == {"planned": 1}
    listed = client.get(f"{API}/surveillance-programmes", headers=officer).json()
    assert listed["count"] == 1


def test_risks_and_what_visits_would_cover_are_read(
    client: Client, officer: dict[str, str]
) -> None:
    licence = licensing.licence()
    actions.assess(timezone.localdate())

    risks = client.get(f"{API}/risks?late=true&q=LSP", headers=officer).json()
    one = client.get(f"{API}/risks/{licence.pk}", headers=officer).json()
    asked = client.get(f"{API}/surveillance-outlook?visits=1", headers=officer).json()
    map_ = client.get(f"{API}/surveillance-provinces", headers=officer).json()

    assert risks["items"] == [one]
    assert one["score"] == sum(part["points"] for part in one["reasons"])
    assert (asked["bodies"], asked["covered_percent"], asked["still_late"]) == (1, 100, 0)
    assert [found for found in map_ if found["bodies"]] == [
        {"code": "31", "name": "DKI Jakarta", "bodies": 1, "risk": one["score"], "late": 1}
    ]


def test_bodies_read_nothing_of_it(client: Client) -> None:
    licence = licensing.licence()
    actions.assess(timezone.localdate())
    headers = token(access.member(Role.BODY_ADMIN, licence.organisation))

    assert client.get(f"{API}/risks", headers=headers).json()["count"] == 0
    assert client.get(f"{API}/risks/{licence.pk}", headers=headers).status_code == 404
    asked = client.get(f"{API}/surveillance-outlook?visits=1", headers=headers).json()
    assert asked["bodies"] == 0
    begun = send(client, "post", "/surveillance-programmes", {"year": 2026, "budget": 1}, headers)
    assert begun.status_code == 403
    assert client.get(f"{API}/risks").status_code == 401
