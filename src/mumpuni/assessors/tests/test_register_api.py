"""Programs keep the register with a token; no identity number comes out."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mumpuni.access.models import AccessToken, Organisation, new_secret, secret_digest
from mumpuni.access.roles import Permission as P
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessors.models import Assessor
from mumpuni.assessors.tests import make
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.tests.make import verified_scheme

pytestmark = pytest.mark.django_db

API = "/api/v1/assessors"
NIK = "3174050202850001"
SCOPES = [P.ASSESSOR_VIEW, P.ASSESSOR_PROPOSE, P.ASSESSOR_REGISTER]


@pytest.fixture
def body() -> Organisation:
    return access.organisation("LSP Pertama", code="1001")


@pytest.fixture
def scheme() -> SchemeVersion:
    return verified_scheme()


def token(role: Role, of: Organisation | None = None) -> dict[str, str]:
    """Return the header of a token for somebody who holds a role."""
    by = access.member(role, of)
    secret = new_secret()
    AccessToken.objects.create(
        name="uji",
        digest=secret_digest(secret),
        user=by,
        organisation=by.memberships.get().organisation,
        scopes=SCOPES,
        expires_at=timezone.now() + timedelta(days=1),
    )
    return {"Authorization": f"Bearer {secret}"}


def send(client: Client, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
    call = getattr(client, method.lower())
    return call(f"{API}{path}", body, content_type="application/json", headers=headers)


def proposal(scheme: SchemeVersion, **changed: Any) -> dict[str, Any]:
    return {
        "name": "Siti Rahayu",
        "document_kind": "nik",
        "document_number": NIK,
        "certificate_number": "74909 2424 0 0000001 2026",
        "certified_on": timezone.localdate().isoformat(),
        "scheme_ids": [scheme.scheme_id],
    } | changed


def test_the_register_is_kept_by_api(
    client: Client, body: Organisation, scheme: SchemeVersion
) -> None:
    of_body, registrar = token(Role.BODY_ADMIN, body), token(Role.REGISTRAR)
    second = access.organisation("LSP Kedua", code="1002")
    more = verified_scheme()

    proposed = send(client, "POST", "", proposal(scheme), of_body)
    pk = proposed.json()["id"]
    amended = send(client, "PATCH", f"/{pk}", {"certificate_number": "Benar"}, of_body)
    registered = send(client, "POST", f"/{pk}/steps/register", {}, registrar)
    send(client, "PUT", f"/{pk}/scope", {"scheme_ids": [more.scheme_id]}, registrar)
    placed = send(client, "POST", f"/{pk}/appointments", {"organisation_id": second.pk}, registrar)
    ended = send(client, "DELETE", f"/{pk}/appointments/{second.pk}", {}, registrar)
    shown = client.get(f"{API}/{pk}", headers=of_body)
    standing = client.get(f"{API}/{pk}/standing", headers=of_body).json()
    before = client.get(f"{API}/{pk}/standing", {"on": "2020-01-01"}, headers=of_body).json()

    assert proposed.status_code == 201
    assert amended.json()["certificate_number"] == "Benar"
    assert registered.json()["number"].startswith("MET.000.000001 ")
    assert registered.json()["last_day"] is not None
    assert [one["organisation"] for one in placed.json()["appointments"]] == [
        "LSP Pertama",
        "LSP Kedua",
    ]
    assert ended.status_code == 204
    assert [one["scheme_number"] for one in shown.json()["scope"]] == [more.number]
    assert (standing["standing"], before["standing"]) == ("active", "not_registered")
    assert not any(NIK in one.content.decode() for one in (proposed, registered, shown))


def test_the_register_is_searched(
    client: Client, body: Organisation, scheme: SchemeVersion
) -> None:
    today = timezone.localdate()
    soon = make.registered_assessor(body, [scheme], today - timedelta(days=3 * 365 - 60))
    make.registered_assessor(body, [scheme], today)
    make.registered_assessor(access.organisation(), [scheme], today)
    headers = token(Role.BODY_ADMIN, body)

    def listed(**asked: str) -> list[int]:
        answer = client.get(API, asked, headers=headers).json()
        return [one["id"] for one in answer["items"]]

    assert len(listed()) == 2
    assert listed(expiring_within_days="90") == [soon.pk]
    assert listed(q=soon.number or "") == [soon.pk]
    assert listed(state="proposed") == []


@pytest.mark.parametrize(
    ("method", "path", "body_sent"),
    [
        ("GET", "/{pk}", {}),
        ("GET", "/{pk}/standing", {}),
        ("PATCH", "/{pk}", {"certificate_number": "Milikku"}),
        ("PUT", "/{pk}/scope", {"scheme_ids": []}),
        ("POST", "/{pk}/appointments", {"organisation_id": 1}),
        ("DELETE", "/{pk}/appointments/1", {}),
        ("GET", "/{pk}/steps", {}),
        ("POST", "/{pk}/steps/suspend", {"note": "x"}),
    ],
)
def test_an_entry_is_closed_to_strangers_and_other_bodies(  # noqa: PLR0913, PLR0917 - a case each
    client: Client,
    body: Organisation,
    scheme: SchemeVersion,
    method: str,
    path: str,
    body_sent: dict[str, Any],
) -> None:
    made = make.registered_assessor(body, [scheme], timezone.localdate())
    address = path.format(pk=made.pk)

    assert send(client, method, address, body_sent, {}).status_code == 401
    answer = send(client, method, address, body_sent, token(Role.BODY_ADMIN))
    assert answer.status_code == 404
    assert Assessor.objects.get().state == "registered"


def test_strangers_neither_list_nor_propose(client: Client, scheme: SchemeVersion) -> None:
    assert client.get(API).status_code == 401
    assert send(client, "POST", "", proposal(scheme), {}).status_code == 401


def test_refusals_name_the_rule(client: Client, body: Organisation, scheme: SchemeVersion) -> None:
    of_body = token(Role.BODY_ADMIN, body)
    made = make.registered_assessor(
        body, [scheme], timezone.localdate(), name="Siti Rahayu", document_number=NIK
    )

    twice = send(client, "POST", "", proposal(scheme), of_body)
    other_name = send(client, "POST", "", proposal(scheme, name="Budi"), of_body)
    no_scheme = send(client, "POST", "", proposal(scheme, scheme_ids=[0]), of_body)
    impossible = send(client, "POST", "", proposal(scheme, document_number="1"), of_body)
    forbidden = send(client, "POST", f"/{made.pk}/steps/revoke", {"note": "x"}, of_body)

    assert (twice.status_code, twice.json()["type"]) == (409, "/rules/R-02")
    assert (other_name.status_code, other_name.json()["type"]) == (409, "/rules/R-02")
    assert (no_scheme.status_code, no_scheme.json()["type"]) == (422, "/rules/R-10")
    assert set(impossible.json()["errors"]) == {"document_number"}
    assert forbidden.status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"certified_on": "2026-02-31"},
        {"certificate_number": "a" * 65},
        {"certificate_number": "\0"},
        {"certified_on": 5.5},
    ],
)
def test_wrong_values_are_refused_as_such(
    client: Client, body: Organisation, scheme: SchemeVersion, wrong: dict[str, Any]
) -> None:
    made = make.proposed_assessor(body, [scheme], timezone.localdate())

    answer = send(client, "PATCH", f"/{made.pk}", wrong, token(Role.BODY_ADMIN, body))

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
