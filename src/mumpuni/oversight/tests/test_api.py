"""Programs take cases, obligations and appeals along with a token."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.licensing.models import Licence
from mumpuni.licensing.tests import make as licensing
from mumpuni.oversight.models import Appeal, Obligation, SanctionCase
from mumpuni.oversight.tests import make
from mumpuni.plenary.tests import make as plenary
from mumpuni.visits.tests import make as visits
from tests.program import token

pytestmark = pytest.mark.django_db

API = "/api/v1"


@pytest.fixture
def licence() -> Licence:
    return licensing.licence(name="LSP Pertama")


def secret(role: Role, of: Organisation | None = None) -> dict[str, str]:
    user = access.member(role, of)
    return {"Authorization": f"Bearer {token(user, of or access.authority())}"}


def send(client: Client, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
    call = getattr(client, method.lower())
    return call(f"{API}{path}", body, content_type="application/json", headers=headers)


def test_a_case_is_taken_to_its_decree_by_api(client: Client, licence: Licence) -> None:
    proposer, reviewer = secret(Role.LAW_OFFICER), secret(Role.LAW_OFFICER)
    proposal = {
        "organisation_id": licence.organisation_id,
        "kind": "freeze",
        "ground": "misprint",
        "reason": "Salah cetak.",
    }
    made = send(client, "post", "/sanction-cases", proposal, proposer)
    assert made.status_code == 201, made.content
    here = f"/sanction-cases/{made.json()['id']}"
    incomplete = send(client, "post", f"{here}/steps/to_review", {}, proposer)
    assert (incomplete.status_code, incomplete.json()["type"]) == (409, "/rules/O-02")
    send(client, "patch", here, {"months": 6}, proposer)
    duty = {"kind": "statement", "text": "Surat pernyataan.", "days": 14}
    obliged = send(client, "post", f"{here}/obligations", duty, proposer)
    assert obliged.status_code == 201, obliged.content
    assert send(client, "put", f"{here}/rulings", [], proposer).json()["rulings"] == []
    send(client, "post", f"{here}/steps/to_review", {}, proposer)
    own = send(client, "patch", here, {"opinion": "Cukup."}, proposer)
    assert own.json()["type"] == "/rules/O-03"
    send(client, "patch", here, {"opinion": "Cukup.", "urgency": "Mendesak."}, reviewer)
    send(client, "post", f"{here}/steps/to_plenary", {}, reviewer)
    plenary.carried(SanctionCase.objects.get(), "sanction", timezone.now())
    day = timezone.localdate().isoformat()
    decree = {"decree_number": "KEP.7/BNSP/2026", "effective_on": day}
    send(client, "patch", here, decree, reviewer)
    done = send(client, "post", f"{here}/steps/decree", {}, reviewer)

    assert done.json()["state"] == "decreed"
    assert (
        send(client, "get", f"/licences/{licence.pk}", None, reviewer).json()["state"] == "frozen"
    )
    listed = send(client, "get", "/sanction-cases?state=decreed&q=pertama", None, reviewer)
    assert listed.json()["count"] == 1


def test_what_a_case_touches_is_ruled_on_by_api(client: Client) -> None:
    from mumpuni.assessment.tests import make as assessment  # noqa: PLC0415 - of this test alone

    case = make.in_review(licence=assessment.open_session().organisation.licence)
    officer, here = secret(Role.LAW_OFFICER), f"/sanction-cases/{case.pk}"
    assert send(client, "get", here, None, officer).json()["affected"] == [
        {"group": "sessions", "count": 1}
    ]

    ruling = {"group": "sessions", "fate": "stop", "note": "Dihentikan."}
    ruled = send(client, "put", f"{here}/rulings", [ruling], officer).json()

    assert ruled["rulings"] == [ruling | {"count": 1}]


def test_a_body_reads_its_case_fulfils_and_appeals_by_api(client: Client, licence: Licence) -> None:
    day = timezone.localdate()
    obligation = make.obliged(licence, on=day)
    case = SanctionCase.objects.get()
    body = secret(Role.BODY_ADMIN, licence.organisation)
    shown = send(client, "get", f"/sanction-cases/{case.pk}", None, body).json()
    assert (shown["opinion"], shown["urgency"]) == ("", "")

    duty = f"/obligations/{obligation.pk}"
    send(client, "patch", duty, {"report": "Terlampir."}, body)
    sent = client.post(f"{API}{duty}/files", {"file": visits.photo()}, headers=body)
    [file] = sent.json()["files"]
    download = client.get(f"{API}{duty}/files/{file['id']}/file", headers=body)
    assert b"".join(download.streaming_content)  # type: ignore[attr-defined] # a file
    send(client, "delete", f"{duty}/files/{file['id']}", None, body)
    early = send(client, "post", f"{duty}/steps/submit", {}, body)
    assert early.json()["type"] == "/rules/O-16"
    client.post(f"{API}{duty}/files", {"file": visits.photo()}, headers=body)
    assert send(client, "post", f"{duty}/steps/submit", {}, body).json()["state"] == "submitted"
    assert send(client, "get", "/obligations?state=submitted", None, body).json()["count"] == 1

    appeal = {"case_kind": case.subject, "case_id": case.pk, "grounds": "Tidak sebanding."}
    filed = send(client, "post", "/appeals", appeal, body)
    assert filed.status_code == 201, filed.content
    here = f"/appeals/{filed.json()['id']}"
    changed = send(client, "patch", here, {"grounds": "Bukti baru."}, body)
    assert changed.json()["grounds"] == "Bukti baru."
    assert send(client, "get", "/appeals?state=filed&q=pertama", None, body).json()["count"] == 1
    refused = send(client, "post", "/appeals", appeal, secret(Role.LAW_OFFICER))
    assert refused.status_code == 403


def test_who_proposes_what_is_told(client: Client, licence: Licence) -> None:
    facts = {"organisation_id": licence.organisation_id, "kind": "warning"}
    body = secret(Role.BODY_ADMIN, licence.organisation)
    assert send(client, "post", "/sanction-cases", facts, body).status_code == 403

    unlicensed = facts | {"organisation_id": licensing.applicant().pk}
    refused = send(client, "post", "/sanction-cases", unlicensed, secret(Role.LAW_OFFICER))
    assert (refused.status_code, refused.json()["type"]) == (422, "/rules/invalid")


def endpoints(case: SanctionCase, obligation: Obligation, appeal: Appeal) -> list[tuple[str, str]]:
    one, two, three = (
        f"/sanction-cases/{case.pk}",
        f"/obligations/{obligation.pk}",
        f"/appeals/{appeal.pk}",
    )
    file = obligation.files.get().pk
    return [
        ("get", one),
        ("patch", one),
        ("get", f"{one}/steps"),
        ("post", f"{one}/steps/drop"),
        ("get", two),
        ("patch", two),
        ("get", f"{two}/files/{file}/file"),
        ("delete", f"{two}/files/{file}"),
        ("post", f"{two}/steps/fulfil"),
        ("get", three),
        ("post", f"{three}/steps/withdraw"),
    ]


def test_a_stranger_is_turned_away_and_another_body_finds_nothing(
    client: Client, licence: Licence
) -> None:
    day = timezone.localdate()
    obligation = make.obliged(licence, on=day)
    make.submit(obligation, on=day)
    case = SanctionCase.objects.get()
    appeal = make.appealed(case, on=day)
    other = secret(Role.BODY_ADMIN, licensing.applicant())

    for method, path in endpoints(case, obligation, appeal):
        assert send(client, method, path, {}, {}).status_code == 401, path
        assert send(client, method, path, {}, other).status_code == 404, path
    for listed in ("/sanction-cases", "/obligations", "/appeals"):
        assert client.get(f"{API}{listed}").status_code == 401
        assert send(client, "get", listed, None, other).json()["count"] == 0
    filing = {"case_kind": case.subject, "case_id": case.pk, "grounds": "x"}
    assert send(client, "post", "/appeals", filing, other).status_code == 404
