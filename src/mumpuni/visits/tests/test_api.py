"""Programs plan visits, fill instruments and answer findings with a token."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mumpuni.access.models import Organisation, User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.visits import actions
from mumpuni.visits.models import Visit
from mumpuni.visits.tests import make
from tests.program import token

pytestmark = pytest.mark.django_db

API = "/api/v1"


@pytest.fixture
def body() -> Organisation:
    return access.organisation("LSP Pertama", code="1001")


def secret_of(user: User, of: Organisation | None = None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(user, of or access.authority())}"}


def secret(role: Role, of: Organisation | None = None) -> dict[str, str]:
    return secret_of(access.member(role, of), of)


def secret_of_lead(visit: Visit) -> dict[str, str]:
    user = visit.team.get(duty="lead").assessor.individual.user
    assert user is not None
    return secret_of(user)


def send(client: Client, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
    call = getattr(client, method.lower())
    return call(f"{API}{path}", body, content_type="application/json", headers=headers)


def test_a_visit_is_made_by_api(client: Client, body: Organisation) -> None:
    case = make.reported_visit(body)
    account = access.member(Role.LICENSING_ASSESSOR)
    lead = make.assessor(account)
    officer, assessor = secret(Role.LICENSING_OFFICER), secret_of(account)
    day = timezone.localdate().isoformat()
    plan = {
        "kind": "assessment",
        "case_kind": "visits.visit",
        "case_id": case.pk,
        "starts_on": day,
        "ends_on": day,
        "place": "Kantor LSP",
    }

    planned = send(client, "POST", "/visits", plan, officer)
    path = f"/visits/{planned.json()['id']}"
    send(client, "PATCH", path, {"place": "TUK"}, officer)
    member = {"assessor_id": lead.pk, "duty": "lead"}
    teamed = send(client, "POST", f"{path}/team", member, officer)
    send(client, "POST", f"{path}/steps/assign", {}, officer)
    send(client, "POST", f"{path}/impartiality", {}, assessor)
    send(client, "POST", f"{path}/steps/start", {}, assessor)
    items = [{"item": item.code, "verdict": "conforms"} for item in case.instrument.items]
    answered = send(client, "PUT", f"{path}/answers", items, assessor)
    found = {"grade": "minor", "item": "A1", "statement": "Akta belum diperbarui."}
    drafted = send(client, "POST", f"{path}/findings", found, assessor)
    conclusion = {"summary": "Baik.", "recommendation": "positive"}
    send(client, "PATCH", path, conclusion, assessor)
    reported = send(client, "POST", f"{path}/steps/report", {}, assessor)

    assert planned.status_code == 201
    assert planned.json()["organisation"] == case.organisation_id
    assert [one["name"] for one in teamed.json()["team"]] == [str(lead)]
    assert len(answered.json()["answers"]) == len(items)
    assert drafted.json()["state"] == "draft"
    assert (reported.json()["state"], reported.json()["place"]) == ("reported", "TUK")
    of_body = secret(Role.BODY_ADMIN, body)
    told = client.get(f"{API}/findings", {"grade": "minor", "q": "lsp"}, headers=of_body).json()
    assert [one["statement"] for one in told["items"]] == ["Akta belum diperbarui."]


def test_a_finding_is_answered_by_api(client: Client, body: Organisation) -> None:
    finding = make.raised(of=body)
    of_body, officer = secret(Role.BODY_ADMIN, body), secret(Role.LICENSING_OFFICER)
    path = f"/findings/{finding.pk}"

    without = send(client, "POST", f"{path}/steps/answer", {}, of_body)
    answer = {"root_cause": "Lalai.", "correction": "Disusun."}
    send(client, "PATCH", path, answer, of_body)
    for _each in range(2):
        sent = client.post(
            f"{API}{path}/evidence", {"evidence": make.photo("bukti.png")}, headers=of_body
        )
    first, second = sent.json()["evidence"]
    send(client, "DELETE", f"{path}/evidence/{first['id']}", {}, of_body)
    answered = send(client, "POST", f"{path}/steps/answer", {}, of_body)
    file = client.get(f"{API}{path}/evidence/{second['id']}/file", headers=officer)
    closed = send(client, "POST", f"{path}/steps/close", {}, officer)

    assert (without.status_code, without.json()["type"]) == (409, "/rules/N-10")
    assert answered.json()["state"] == "answered"
    assert b"".join(file.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined] # a download
    assert closed.json()["state"] == "closed"
    shown = client.get(f"{API}{path}", headers=of_body).json()
    assert [one["withdrawn_at"] is None for one in shown["evidence"]] == [False, True]


def test_a_tied_assessor_is_refused_and_waived_by_api(client: Client, body: Organisation) -> None:
    tied, once_tied = make.assessor(access.member(Role.BODY_ADMIN, body)), make.assessor()
    values = {"kind": "training", "valid_from": make.TODAY}
    actions.declare_tie(once_tied, body, values, make.coordinator(), at=make.noon(make.TODAY))
    visit = make.planned_visit(body)
    officer, boss = secret(Role.LICENSING_OFFICER), secret(Role.DESK_COORDINATOR)
    path = f"/visits/{visit.pk}/team"

    refused = send(client, "POST", path, {"assessor_id": tied.pk, "duty": "lead"}, officer)
    unknown = send(client, "POST", path, {"assessor_id": 10**9, "duty": "lead"}, officer)
    send(client, "POST", path, {"assessor_id": once_tied.pk, "duty": "lead"}, officer)
    blocked = send(client, "POST", f"/visits/{visit.pk}/steps/assign", {}, officer)
    waiver = {"reason": "Pelatihan umum."}
    waived = send(client, "POST", f"{path}/{once_tied.pk}/waiver", waiver, boss)
    assigned = send(client, "POST", f"/visits/{visit.pk}/steps/assign", {}, officer)

    assert (refused.status_code, refused.json()["type"]) == (409, "/rules/N-03")
    assert set(unknown.json()["errors"]) == {"assessor_id"}
    assert (blocked.status_code, blocked.json()["type"]) == (409, "/rules/N-03")
    assert waived.status_code == 200
    assert assigned.json()["letter_number"].startswith("ST.0001")


def test_a_member_is_taken_off_by_api(client: Client, body: Organisation) -> None:
    lead = make.assessor()
    visit = make.planned_visit(body, team=[lead])

    answer = send(
        client,
        "DELETE",
        f"/visits/{visit.pk}/team/{lead.pk}",
        {},
        secret(Role.LICENSING_OFFICER),
    )

    assert answer.status_code == 204
    assert not visit.team.exists()


def test_a_body_reads_no_answers_before_the_report(client: Client, body: Organisation) -> None:
    visit = make.running_visit(body)
    make.answer_all(visit)
    make.conclude(visit, "negative")
    make.drafted(visit)
    of_body, lead = secret(Role.BODY_ADMIN, body), secret_of_lead(visit)

    def content(headers: dict[str, str]) -> tuple[int, str, str]:
        shown = client.get(f"{API}/visits/{visit.pk}", headers=headers).json()
        return len(shown["answers"]), shown["summary"], shown["recommendation"]

    assert content(of_body) == (0, "", "")
    assert content(lead) == (len(visit.instrument.items), "Sesuai uraian.", "negative")
    assert client.get(f"{API}/findings", headers=of_body).json()["items"] == []
    send(client, "POST", f"/visits/{visit.pk}/steps/report", {}, lead)
    assert content(of_body) == (len(visit.instrument.items), "Sesuai uraian.", "negative")


def test_lists_are_asked_by_state_kind_and_name(client: Client, body: Organisation) -> None:
    make.assigned_visit(body, "witness")
    make.planned_visit(access.organisation("LSP Kedua"))
    officer, of_body = secret(Role.LICENSING_OFFICER), secret(Role.BODY_ADMIN, body)

    def names(path: str, headers: dict[str, str], **asked: str) -> list[str]:
        items = client.get(f"{API}{path}", asked, headers=headers).json()["items"]
        return [one.get("organisation_name") or one["name"] for one in items]

    assert names("/visits", of_body) == ["LSP Pertama"]
    assert sorted(names("/visits", officer)) == ["LSP Kedua", "LSP Pertama"]
    assert names("/visits", officer, kind="witness") == ["LSP Pertama"]
    assert names("/visits", officer, state="planned", q="kedua") == ["LSP Kedua"]
    assert len(names("/licensing-assessors", officer, state="active", grade="lead")) == 1
    assert names("/licensing-assessors", of_body) == []


def test_an_entry_tells_terms_and_ties_and_no_identity(client: Client, body: Organisation) -> None:
    assessor = make.assessor()
    values = {"kind": "family", "valid_from": make.TODAY, "note": "Adik"}
    actions.declare_tie(assessor, body, values, make.coordinator(), at=make.noon(make.TODAY))
    path = f"{API}/licensing-assessors/{assessor.pk}"

    shown = client.get(path, headers=secret(Role.DESK_COORDINATOR))

    assert shown.json()["ties"][0]["organisation_id"] == body.pk
    assert shown.json()["terms"][0]["valid_until"] == make.LAST_DAY.isoformat()
    assert assessor.individual.document_number not in shown.text
    assert client.get(path, headers=secret(Role.BODY_ADMIN, body)).status_code == 404
    assert client.get(path).status_code == 401


def test_a_body_plans_no_visit(client: Client, body: Organisation) -> None:
    day = timezone.localdate().isoformat()
    plan = {
        "kind": "witness",
        "case_kind": "access.organisation",
        "case_id": body.pk,
        "starts_on": day,
        "ends_on": day,
        "place": "Kantor",
    }

    assert send(client, "POST", "/visits", plan, {}).status_code == 401
    assert send(client, "POST", "/visits", plan, secret(Role.BODY_ADMIN, body)).status_code == 403
