"""The API does what its description says, whoever asks and whatever is sent.

schemathesis makes the requests from the description; real records answer them. Each request is
undone, so that all of them meet the same records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import one_of, sampled_from
from ninja import Schema
from pytest_django import DjangoDbBlocker
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mumpuni.access.actions import set_policy
from mumpuni.access.models import Membership, Organisation
from mumpuni.access.person import SYSTEM
from mumpuni.access.roles import AUTHORITY_ROLES, BODY_ROLES, Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.tests import make as assessment
from mumpuni.certificates.tests import make
from mumpuni.kernel.workflow import begin
from mumpuni.licensing.models import Licence, LicenceApplication
from mumpuni.licensing.tests import make as licensing
from mumpuni.surveillance import actions as surveillance_actions
from mumpuni.surveillance.models import Dossier, digest
from mumpuni.surveillance.tests import make as surveillance
from mumpuni.visits.tests import make as visits
from tests.program import token

django = get_wsgi_application()


def read_and_close(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Answer as behind a server, which tells who asks and closes what it has sent."""
    asked = environ | {"REMOTE_ADDR": "192.0.2.1"}
    with closing(django(asked, start_response)) as answer:
        return [b"".join(answer)]


described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", read_and_close)
OPERATIONS: dict[str, APIOperation[Any, Any, Any, Any]] = {
    found.ok().label: found.ok()
    for found in described.get_all_operations()
    if isinstance(found, Ok)
}
GUARDED = [label for label, one in OPERATIONS.items() if one.definition.raw.get("security")]
OF_RECORDS = [label for label in GUARDED if "{pk}" in label]

PROBLEM = "application/problem+json"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
quickly = settings(
    max_examples=6,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
once = settings(quickly, max_examples=1)


@dataclass(frozen=True)
class World:
    """Real records by the collection they are found in, and tokens of those who may ask."""

    keys: dict[str, int]
    parts: dict[str, int]
    insiders: list[str]
    outsider: str

    def ask(self, case: Case[Any], secret: str | None) -> Response:
        """Send a request about a record that exists; undo what it did."""
        collection = case.path.split("/")[3]
        known = {"pk": self.keys.get(collection, 0), **self.parts}
        for name in case.path_parameters:
            if name in known:
                case.path_parameters[name] = known[name]
        case.headers["Accept-Encoding"] = "identity"
        if secret is not None:
            case.headers["Authorization"] = f"Bearer {secret}"
        with transaction.atomic():
            answer = case.call()
            transaction.set_rollback(True)
        return answer


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Make a body with a record of every kind, and everybody whom it concerns."""
    with django_db_blocker.unblock(), _connected(), transaction.atomic():
        yield _made()
        transaction.set_rollback(True)


@contextmanager
def _connected() -> Iterator[None]:
    """Keep the connection, and with it the records, from one request to the next."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _made() -> World:
    certificate = make.issued_certificate(by=access.user())
    body = certificate.organisation
    version = certificate.request.session.scheme_version
    running = assessment.session_with(body, version, candidates=1)
    candidate = assessment.candidates_of(running)[0]
    assert candidate.assignment is not None
    assessor = candidate.assignment.assessor
    change = LicenceApplication.Kind.CHANGE
    application = licensing.ready(change, body, on=timezone.localdate())
    value = set_policy(
        "access.token_life",
        90,
        valid_from=timezone.localdate(),
        source="uji",
        by=access.person(Role.AUTHORITY_ADMIN, of=access.authority()),
        at=timezone.now(),
    )
    finding = visits.raised(of=body)
    visits.answer(finding)
    surveillance_actions.assess(timezone.localdate())
    programme = surveillance.approved(1, on=timezone.localdate())
    insiders = [
        _token(body, BODY_ROLES),
        _token(access.authority(), AUTHORITY_ROLES),
        token(assessment.account_of(assessor)),
    ]
    return World(
        keys={
            "schemes": version.pk,
            "published-schemes": version.pk,
            "licence-applications": application.pk,
            "licences": Licence.objects.get(organisation=body).pk,
            "assessors": assessor.pk,
            "venues": running.venue_id,
            "sessions": running.pk,
            "open-sessions": running.pk,
            "candidates": candidate.pk,
            "certificate-requests": certificate.request_id,
            "certificates": certificate.pk,
            "replacements": make.draft_replacement(certificate).pk,
            "misuse-reports": make.report().pk,
            "organisations": body.pk,
            "members": body.memberships.all()[0].pk,
            "policy-values": value.pk,
            "directory": body.pk,
            "visits": visits.planned_visit(body).pk,
            "findings": finding.pk,
            "surveillance-programmes": programme.pk,
            "dossiers": _dossier(Licence.objects.get(organisation=body), application).pk,
            "licensing-assessors": finding.visit.team.get().assessor_id,
        },
        parts={
            "document": application.documents.all()[0].pk,
            "key": candidate.assignment.pk,
            "organisation_id": body.pk,
            "evidence": finding.evidence.get().pk,
            "licence_id": programme.entries.get().licence_id,
            "entry": programme.entries.get().pk,
        },
        insiders=insiders,
        outsider=_token(access.organisation(), BODY_ROLES),
    )


def _dossier(licence: Licence, application: LicenceApplication) -> Dossier:
    """Keep a dossier that says nothing."""
    day = timezone.localdate()
    facts: dict[str, Any] = {"years": []}
    dossier = Dossier(
        licence=licence,
        application=application,
        first=day,
        last=day,
        facts=facts,
        sha256=digest(facts),
    )
    begin(dossier, SYSTEM, at=timezone.now())
    return dossier


def _token(of: Organisation, roles: frozenset[Role]) -> str:
    first, *others = sorted(roles)
    user = access.member(first, of)
    for role in others:
        Membership.objects.create(user=user, organisation=of, role=role, valid_from=access.SINCE)
    return token(user, of)


@pytest.mark.parametrize("label", OPERATIONS)
def test_an_endpoint_answers_as_described(label: str, world: World) -> None:
    operation = OPERATIONS[label]
    cases = one_of(
        operation.as_strategy(GenerationMode.POSITIVE),
        operation.as_strategy(GenerationMode.NEGATIVE),
    )

    @quickly
    @given(case=cases, secret=sampled_from(world.insiders))
    def asked(case: Case[Any], secret: str) -> None:
        answer = world.ask(case, secret)
        case.validate_response(answer, checks=CHECKS)

    asked()


@pytest.mark.parametrize("label", GUARDED)
def test_a_stranger_is_asked_for_a_token(label: str, world: World) -> None:
    @once
    @given(case=OPERATIONS[label].as_strategy())
    def asked(case: Case[Any]) -> None:
        answer = world.ask(case, None)
        assert answer.status_code == 401
        assert answer.headers["content-type"] == [PROBLEM]
        assert answer.headers["www-authenticate"] == ["Bearer"]

    asked()


@pytest.mark.parametrize("label", OF_RECORDS)
def test_another_body_finds_nothing(label: str, world: World) -> None:
    @once
    @given(case=OPERATIONS[label].as_strategy())
    def asked(case: Case[Any]) -> None:
        answer = world.ask(case, world.outsider)
        assert (answer.status_code, answer.json()["type"]) == (404, "/rules/not-found")

    asked()


def test_no_two_schemas_share_a_name() -> None:
    places = {(kind.__name__, kind.__module__) for kind in _kinds(Schema)}
    names = Counter(name for name, module in places if module.startswith("mumpuni."))

    assert [name for name, count in names.items() if count > 1] == []


def _kinds(kind: type[Schema]) -> Iterator[type[Schema]]:
    for narrower in kind.__subclasses__():
        yield narrower
        yield from _kinds(narrower)
