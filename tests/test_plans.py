"""How PostgreSQL finds things, so that a page takes as long with millions of rows as with few."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.assessment import queries as assessment
from mumpuni.assessors import queries as assessors
from mumpuni.certificates import queries as certificates
from mumpuni.certificates.models import Certificate
from mumpuni.portal import directories, readings
from mumpuni.schemes import queries as schemes

pytestmark = pytest.mark.django_db

AUDITOR = Person(user_id=1, name="Auditor", roles=frozenset({Role.AUDITOR}))


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        (schemes.scheme_versions, "schemes_schemeunit"),
        (assessment.sessions_counted, "assessment_candidate"),
        (assessment.venues_counted, "assessment_venueverification"),
        (certificates.requests, "certificates_certificate"),
        (lambda _: directories.schemes(timezone.localdate()), "licensing_licencescope"),
    ],
)
def test_the_rows_of_a_list_are_counted_without_what_belongs_to_them(rows: Any, parts: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        rows(AUDITOR).count()

    (only,) = asked.captured_queries
    assert f'"{parts}"' not in only["sql"]


@pytest.mark.parametrize(
    ("rows", "table"),
    [
        (certificates.certificates, "certificates_certificate"),
        (certificates.requests, "certificates_certificaterequest"),
        (assessment.candidates, "assessment_candidate"),
        (assessment.sessions, "assessment_session"),
        (assessors.assessors, "assessors_assessor"),
    ],
)
def test_what_a_body_may_see_is_found_without_reading_everybodys(rows: Any, table: str) -> None:
    body = Person(
        user_id=1,
        name="Admin",
        roles=frozenset({Role.BODY_ADMIN, Role.INDIVIDUAL}),
        organisation_id=1,
    )

    assert f"Seq Scan on {table}" not in plan(rows(body))


@pytest.mark.parametrize(
    ("order", "index"),
    [
        ("number", "certificate_by_number"),
        ("holder_name", "certificate_by_holder"),
        ("issued_on", "certificate_by_day"),
        ("valid_until", "certificate_by_end"),
    ],
)
@pytest.mark.parametrize("turn", ["", "-"])
def test_certificates_are_read_in_the_order_of_an_index(order: str, index: str, turn: str) -> None:
    rows = certificates.certificates(AUDITOR).order_by(turn + order, f"{turn}pk")

    assert index in plan(rows)


def test_certificates_in_a_state_are_read_in_order() -> None:
    rows = certificates.certificates(AUDITOR).filter(state="suspended")

    assert "certificate_by_state" in plan(rows.order_by("-issued_on", "-pk"))


@pytest.mark.parametrize("name", ["Ayu", "Li", "Li Bayu"])
def test_a_name_is_found_through_the_index_of_names(name: str) -> None:
    held = certificates.search(certificates.certificates(AUDITOR), name)
    done = readings.events_by(readings.events(AUDITOR), name)

    assert "certificate_names" in plan(held)
    assert "event_names" in plan(done)


@pytest.mark.parametrize("field", ["public_id", "number", "registration_number", "blank_number"])
def test_a_certificate_is_looked_up_in_an_index(field: str) -> None:
    found = plan(Certificate.objects.filter(**{field: "x"}))

    assert f"Index Cond: (({field})" in found


def plan(rows: QuerySet[Any]) -> str:
    """Return how PostgreSQL reads rows; it reads a whole table or sorts where nothing else helps."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    return rows.explain()
