"""Every endpoint: as its own body, as another, as a stranger, and with bad input."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.models import AccessToken, Organisation, User, new_secret, secret_digest
from mumpuni.access.roles import Permission, Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.models import Candidate, Session
from mumpuni.assessment.tests import make
from mumpuni.kernel.time import legal_day

pytestmark = pytest.mark.django_db

API = "/api/v1"
MOST_QUERIES = 12


class Program:
    """A program with a token."""

    def __init__(self, user: User, organisation: Organisation | None = None) -> None:
        secret = new_secret()
        AccessToken.objects.create(
            name="uji",
            digest=secret_digest(secret),
            user=user,
            organisation=organisation,
            scopes=[str(permission) for permission in Permission],
            expires_at=timezone.now() + timedelta(days=1),
        )
        self.client = Client(headers={"authorization": f"Bearer {secret}"})

    def get(self, path: str, **asked: Any) -> Any:
        return self.client.get(API + path, asked)

    def send(self, method: str, path: str, body: Any) -> Any:
        sent = body if isinstance(body, str) else json.dumps(body, default=str)
        return self.client.generic(method, API + path, sent, content_type="application/json")

    def post(self, path: str, body: Any = None) -> Any:
        return self.send("POST", path, {} if body is None else body)


def program_of(organisation: Organisation, role: Role = Role.BODY_ADMIN) -> Program:
    return Program(access.member(role, of=organisation), organisation)


@pytest.fixture
def session() -> Session:
    return make.session_with(candidates=1)


def calls(session: Session, candidate: Candidate) -> list[tuple[str, str, Any]]:
    """Every endpoint that belongs to a body's records."""
    s, c, v = (
        f"/sessions/{session.pk}",
        f"/candidates/{candidate.pk}",
        f"/venues/{session.venue_id}",
    )
    identity = {"name": "A B", "document_kind": "nik", "document_number": "3201054101900001"}
    enrolment = {"identity": identity, "application": {}}
    return [
        ("GET", s, None),
        ("PATCH", s, {"quota": 10}),
        ("POST", s + "/assignments", {"assessor": 1, "letter_number": "ST"}),
        ("DELETE", f"{s}/assignments/{candidate.assignment_id}", None),
        ("POST", s + "/declaration", {}),
        ("POST", s + "/distribution", {}),
        ("POST", s + "/placements", {"assignment": candidate.assignment_id, "candidates": []}),
        ("POST", s + "/candidates", enrolment),
        ("POST", s + "/candidates/batch", {"candidates": [enrolment]}),
        ("GET", s + "/steps", None),
        ("POST", s + "/steps/to_plenary", {}),
        ("POST", f"/open-sessions/{session.pk}/applications", {"application": {}}),
        ("GET", c, None),
        ("PATCH", c, {"education": "S1"}),
        ("PUT", c + "/self-assessment", []),
        ("PUT", c + "/results", []),
        ("POST", c + "/ties", {"kind": "relative"}),
        ("GET", c + "/steps", None),
        ("POST", c + "/steps/absent", {}),
        ("GET", v, None),
        ("PATCH", v, {"name": "TUK"}),
        (
            "POST",
            v + "/verifications",
            {
                "scheme": session.scheme_version.scheme_id,
                "letter_number": "ST",
                "verified_on": "2026-01-05",
                "first_verifier": "A",
                "second_verifier": "B",
            },
        ),
        ("GET", v + "/steps", None),
        ("POST", v + "/steps/close", {"note": "Tutup"}),
    ]


LISTS = ("/venues", "/sessions", "/open-sessions", "/candidates")


def test_a_stranger_gets_401_everywhere(session: Session) -> None:
    stranger = Program(access.user())
    stranger.client = Client()
    endpoints = calls(session, make.candidates_of(session)[0])
    for method, path, body in [*endpoints, *(("GET", path, None) for path in LISTS)]:
        assert stranger.send(method, path, body).status_code == 401, path


def test_another_body_gets_404_and_empty_lists(session: Session) -> None:
    other = program_of(access.organisation())
    candidate = make.candidates_of(session)[0]

    for method, path, body in calls(session, candidate):
        assert other.send(method, path, body).status_code == 404, path
    for path in ("/venues", "/sessions", "/candidates"):
        assert other.get(path).json()["items"] == [], path
    bulk = other.post("/candidates/steps/absent", {"ids": [candidate.pk]})
    assert bulk.json()["moved"] == []
    assert [one["refused_by"] for one in bulk.json()["refused"]] == ["not-found"]


@pytest.mark.parametrize("rows", [2, 20])
def test_endpoints_cost_the_same_however_many_rows_there_are(
    rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    session = make.session_with(candidates=rows)
    program = program_of(session.organisation)
    candidate = make.candidates_of(session)[0]
    paths = [
        *LISTS,
        f"/sessions/{session.pk}",
        f"/candidates/{candidate.pk}",
        f"/candidates/{candidate.pk}/steps",
        f"/venues/{session.venue_id}",
    ]
    for path in paths:
        with django_assert_max_num_queries(MOST_QUERIES):
            assert program.get(path).status_code == 200, path


def test_a_session_is_held_through_the_api() -> None:
    version = make.scheme()
    body = make.body(version)
    admin = program_of(body)
    day = legal_day(timezone.now())
    venue = admin.post(
        "/venues",
        {
            "name": "Lab",
            "code": "TUK.1",
            "kind": "workplace",
            "keeper": "Bu Rini",
            "address": "Jalan",
        },
    ).json()
    verification = {
        "scheme": version.scheme_id,
        "letter_number": "ST/1",
        "verified_on": str(day),
        "first_verifier": "A",
        "second_verifier": "B",
    }
    assert admin.post(f"/venues/{venue['id']}/verifications", verification).status_code == 200
    planned = admin.post(
        "/sessions",
        {"scheme_version": version.pk, "venue": venue["id"], "held_on": str(day), "quota": 5},
    )
    assert planned.status_code == 201
    session = Session.objects.get(pk=planned.json()["id"])
    s = f"/sessions/{session.pk}"
    assessor = make.registered(session)
    assigned = admin.post(
        s + "/assignments", {"assessor": assessor.pk, "letter_number": "ST/2", "impartial": True}
    )
    assert assigned.json()["assignments"][0]["assessor_name"] == assessor.individual.name
    assert admin.post(s + "/steps/open").json()["state"] == "open"
    batch = admin.post(
        s + "/candidates/batch",
        {
            "candidates": [
                {
                    "identity": {
                        "name": f"Peserta {n}",
                        "document_kind": "nik",
                        "document_number": f"320105410190{n:04d}",
                    },
                    "application": {"education": "SMK", "occupation": "-", "evidence": "Ijazah"},
                    "claims_all": True,
                }
                for n in (1, 2)
            ]
        },
    ).json()
    first, second = batch["entered"]
    both = {"ids": [first, second]}
    assert admin.post("/candidates/steps/submit", both).json()["refused"] == []
    assert admin.post(s + "/distribution").status_code == 200
    assert admin.post("/candidates/steps/admit", both).json()["moved"] == [first, second]
    assert admin.post(s + "/steps/start").json()["state"] == "running"

    own = Program(make.account_of(assessor))
    for key, outcome in ((first, "K"), (second, "BK")):
        units = own.get(f"/candidates/{key}").json()["units"]
        results = [
            {"scheme_unit": one["scheme_unit"], "outcome": outcome, "evidence": "Observasi"}
            for one in units
        ]
        assert own.send("PUT", f"/candidates/{key}/results", results).status_code == 200
        assert own.post(f"/candidates/{key}/steps/recommend").json()["recommendation"] == outcome

    assert admin.post(s + "/steps/to_plenary").json()["state"] == "plenary"
    plenary = program_of(body, Role.BODY_DECIDER)
    decided = plenary.post("/candidates/steps/competent", both).json()
    assert decided["moved"] == [first]
    assert [one["refused_by"] for one in decided["refused"]] == ["A-26"]
    assert plenary.post(f"/candidates/{second}/steps/not_yet").status_code == 200
    assert admin.post(s + "/steps/close").json()["state"] == "closed"


def test_an_individual_applies_through_the_api() -> None:
    session = make.open_session(on=legal_day(timezone.now()) + timedelta(days=3))
    program = Program(access.user("Dewi"))
    (announced,) = program.get("/open-sessions").json()["items"]
    path = f"/open-sessions/{announced['id']}/applications"
    number = "3201054101900001"
    identity = {"name": "Dewi", "document_kind": "nik", "document_number": number}

    unknown = program.post(path, {"application": {}})
    made = program.post(path, {"identity": identity, "application": {"education": "SMK"}})
    again = program.post(path, {"application": {}})

    assert unknown.status_code == 422
    assert made.status_code == 201
    assert made.json()["document_number"] == "•" * 12 + "0001"
    assert again.status_code == 404
    key = made.json()["id"]
    changed = program.send("PATCH", f"/candidates/{key}", {"occupation": "Pemrogram"})
    assert changed.json()["occupation"] == "Pemrogram"
    elements = [
        element
        for unit in program.get(f"/candidates/{key}").json()["units"]
        for element in unit["elements"]
    ]
    answers = [{"element": one, "outcome": "K", "evidence": "Kerja"} for one in elements]
    whole = program.send("PUT", f"/candidates/{key}/self-assessment", answers).json()
    assert len(whole["self_assessments"]) == len(elements)
    assert session.candidates.count() == 1


def test_a_refusal_is_a_problem_document_with_the_rules_number() -> None:
    session = make.draft_session()

    answer = program_of(session.organisation).post(f"/sessions/{session.pk}/steps/open")

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith("A-05") or answer.json()["type"].endswith("A-04")


@pytest.mark.parametrize(
    "changed",
    [
        {"held_on": "2026-02-31"},
        {"quota": 0},
        {"quota": 10**30},
        {"venue": 0},
        {"scheme_version": "'; DROP TABLE x"},
        {"venue": 10**30},
    ],
)
def test_a_wrong_plan_is_a_422(changed: dict[str, Any]) -> None:
    version = make.scheme()
    body = make.body(version)
    plan = {
        "scheme_version": version.pk,
        "venue": make.venue(body, version).pk,
        "held_on": "2026-12-24",
        "quota": 5,
    }

    answer = program_of(body).post("/sessions", plan | changed)

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"name": "a" * 5_000_000},
        {"name": "Dewi\0"},
        {"document_number": "9" * 16},
        {"document_number": "3201054101900001\0"},
        {"born_on": "31/02/1990"},
        {"email": "bukan surel"},
        {"phone": "<script>"},
    ],
)
def test_a_wrong_identity_is_refused(changed: dict[str, Any]) -> None:
    session = make.open_session(on=legal_day(timezone.now()) + timedelta(days=3))
    identity = {"name": "Dewi", "document_kind": "nik", "document_number": "3201054101900001"}

    answer = program_of(session.organisation).post(
        f"/sessions/{session.pk}/candidates",
        {"identity": identity | changed, "application": {}},
    )

    assert answer.status_code in {400, 409, 413, 422}
    assert not Candidate.objects.exists()


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"identity": 1}', "\xff"])
def test_a_body_that_is_no_enrolment_is_refused(broken: str) -> None:
    session = make.open_session(on=legal_day(timezone.now()) + timedelta(days=3))

    answer = program_of(session.organisation).send(
        "POST", f"/sessions/{session.pk}/candidates", broken
    )

    assert answer.status_code in {400, 422}
