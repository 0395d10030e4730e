"""Programs read and write schemes with a token, within what their person may do."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from inline_snapshot import snapshot

from mumpuni.access.models import AccessToken, Organisation, new_secret, secret_digest
from mumpuni.access.roles import Permission, Role
from mumpuni.access.tests import make as access
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.tests import make

pytestmark = pytest.mark.django_db

API = "/api/v1"


def token(role: Role, of: Organisation | None = None, *scopes: Permission) -> dict[str, str]:
    """Return the header of a token for somebody who holds a role."""
    by = access.member(role, of)
    secret = new_secret()
    AccessToken.objects.create(
        name="uji",
        digest=secret_digest(secret),
        user=by,
        organisation=by.memberships.get().organisation,
        scopes=[*(scopes or (Permission.SCHEME_VIEW, Permission.SCHEME_AUTHOR))],
        expires_at=timezone.now() + timedelta(days=1),
    )
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def body() -> Organisation:
    return access.organisation("LSP Pertama", code="1001")


def send(client: Client, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
    return client.generic(
        method, API + path, _json(body), content_type="application/json", headers=headers
    )


def _json(body: Any) -> str:
    import json  # noqa: PLC0415

    return json.dumps(body)


def test_everybody_reads_published_schemes(client: Client) -> None:
    version = make.verified_scheme(units=1)
    make.draft_scheme()

    listed = client.get(f"{API}/published-schemes", {"number": version.number}).json()
    shown = client.get(f"{API}/published-schemes/{version.pk}").json()

    assert [one["id"] for one in listed["items"]] == [version.pk]
    assert shown["kbli"] == {"version": "2020", "code": "62019"}
    assert shown["verified_on"] == "2026-06-01"
    assert [unit["part"] for unit in shown["units"]] == ["core"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/{pk}"),
        ("POST", ""),
        ("PATCH", "/{pk}"),
        ("POST", "/{pk}/units"),
        ("PUT", "/{pk}/units"),
        ("POST", "/{pk}/versions"),
        ("GET", "/{pk}/steps"),
        ("POST", "/{pk}/steps/submit"),
    ],
)
def test_a_draft_is_closed_to_strangers_and_other_bodies(
    client: Client, body: Organisation, method: str, path: str
) -> None:
    draft = make.draft_scheme(body)
    address = f"/schemes{path.format(pk=draft.pk)}"
    bodies: dict[str, Any] = {"PUT": [], "PATCH": {"title": "Milikku"}}
    given = bodies.get(method, {"codes": ["x"], "kind": "2", "title": "Punyaku", "note": ""})

    assert send(client, method, address, given, {}).status_code == 401
    answer = send(client, method, address, given, token(Role.BODY_SCHEME_AUTHOR))

    if path:
        assert answer.status_code == 404
    elif method == "GET":
        assert answer.json()["count"] == 0
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert draft.title != "Milikku"


def test_a_scheme_is_written_by_api(client: Client, body: Organisation) -> None:
    headers = token(Role.BODY_SCHEME_AUTHOR, body)
    make.kbli()
    make.kbji()
    make.unit("J.620100.004.01")
    make.unit("J.620100.009.02", within=make.standard("skkni-2-2020"))

    begun = send(client, "POST", "/schemes", {"kind": "2", "title": "Pemrogram"}, headers)
    pk = begun.json()["id"]
    codes = {
        "kbli": {"version": "2020", "code": "62019"},
        "kbji": {"version": "2014", "code": "2514"},
    }
    amended = send(client, "PATCH", f"/schemes/{pk}", codes, headers)
    added = send(
        client,
        "POST",
        f"/schemes/{pk}/units",
        {"codes": ["j.620100.004.01", "J62010000902"]},
        headers,
    )
    arranged = send(
        client,
        "PUT",
        f"/schemes/{pk}/units",
        [{"code": "J.620100.009.02"}, {"code": "J.620100.004.01", "part": "elective"}],
        headers,
    )
    submitted = send(client, "POST", f"/schemes/{pk}/steps/submit", {}, headers)

    assert begun.status_code == 201
    assert amended.json()["kbli"] == codes["kbli"]
    assert amended.json()["title"] == "Pemrogram"
    assert len(added.json()["units"]) == 2
    assert [(u["code"], u["part"]) for u in arranged.json()["units"]] == [
        ("J.620100.009.02", "core"),
        ("J.620100.004.01", "elective"),
    ]
    assert submitted.json()["state"] == "submitted"


def test_a_published_scheme_is_continued_by_api(client: Client, body: Organisation) -> None:
    version = make.verified_scheme(body)
    headers = token(Role.BODY_SCHEME_AUTHOR, body)

    begun = send(client, "POST", f"/schemes/{version.pk}/versions", {}, headers)
    again = send(client, "POST", f"/schemes/{version.pk}/versions", {}, headers)

    assert (begun.status_code, begun.json()["version"]) == (201, 2)
    assert (again.status_code, again.json()["type"]) == (409, "/rules/S-09")


def test_refusals_name_the_rule_and_the_field(client: Client, body: Organisation) -> None:
    draft = make.draft_scheme(body, units=0)
    headers = token(Role.BODY_SCHEME_AUTHOR, body)
    path = f"/schemes/{draft.pk}"

    unknown = send(client, "POST", f"{path}/units", {"codes": ["salah"]}, headers)
    closed = send(client, "POST", f"{path}/steps/submit", {}, headers)
    no_code = send(client, "PATCH", path, {"kbli": {"version": "2020", "code": "00000"}}, headers)
    offers = client.get(f"{API}{path}/steps", headers=headers).json()

    assert (unknown.status_code, unknown.json()["type"]) == (422, "/rules/S-04")
    assert unknown.json()["errors"] == {"codes": ["Kode “salah” tidak dikenal."]}
    assert (closed.status_code, closed.json()["type"]) == (409, "/rules/S-02")
    assert no_code.json()["errors"] == {"kbli": ["Kode ini tidak ada dalam versi itu."]}
    assert offers == snapshot(
        [
            {
                "name": "submit",
                "label": "Ajukan untuk verifikasi",
                "refused_by": "S-02",
                "reason": "Skema memerlukan paling sedikit satu unit inti.",
            }
        ]
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "a" * 201},
        {"title": "\0"},
        {"kkni_level": 10},
        {"validity_months": 0},
        {"validity_months": "<b>"},
        {"kbli": "62019"},
        {"purpose": "a" * 20_001},
    ],
)
def test_wrong_values_are_refused_as_such(
    client: Client, body: Organisation, wrong: dict[str, Any]
) -> None:
    draft = make.draft_scheme(body)

    answer = send(
        client,
        "PATCH",
        f"/schemes/{draft.pk}",
        wrong,
        token(Role.BODY_SCHEME_AUTHOR, body),
    )

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


def test_a_token_does_no_more_than_its_scopes(client: Client, body: Organisation) -> None:
    draft = make.draft_scheme(body)
    headers = token(Role.BODY_SCHEME_AUTHOR, body, Permission.SCHEME_VIEW)

    answer = send(client, "PATCH", f"/schemes/{draft.pk}", {"title": "Lain"}, headers)

    assert answer.status_code == 403
    assert SchemeVersion.objects.get().title == draft.title
