"""Many certificates at once over the API: the same answers as on the page, no token asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mumpuni.certificates.models import Certificate, LookupCount
from mumpuni.kernel.models import PolicyValue

pytestmark = pytest.mark.django_db

PATH = "/api/v1/verify/batch"
UNKNOWN = "62010 2512 3 0000042 2026"


def ask(client: Client, *rows: dict[str, str], **more: Any) -> Any:
    given = {"rows": rows, **more}
    return client.post(PATH, given, content_type="application/json")


def limit(name: str, value: int) -> None:
    PolicyValue.objects.create(
        name=name, valid_from=date(2020, 1, 1), value=value, source="uji", entered_by="uji"
    )


def test_rows_are_answered_in_order_and_of_one_instant(
    client: Client, certificate: Certificate
) -> None:
    response = ask(
        client,
        {"number": UNKNOWN},
        {"number": certificate.number, "name": "dewi ayu"},
        {"number": certificate.registration_number},
        {"number": certificate.number, "name": "Budi"},
    )

    assert response.status_code == 200
    answer = response.json()
    unknown, named, unnamed, misnamed = answer["rows"]
    assert (unknown["verdict"], unknown["holds"], unknown["repeats"]) == ("not_found", False, None)
    assert (named["verdict"], named["holds"], named["holder_name"]) == ("valid", True, "Dewi Ayu")
    assert (named["issued_on"], named["body_name"]) == ("2026-06-08", certificate.body_name)
    assert (unnamed["holder_name"], unnamed["repeats"]) == ("D. A.", 1)
    assert (misnamed["name_differs"], misnamed["holder_name"]) == (True, "")
    assert answer["checked_at"]


def test_v10_nothing_leads_on_to_a_holder(client: Client, certificate: Certificate) -> None:
    response = ask(client, {"number": certificate.number})

    assert certificate.public_id not in response.content.decode()
    assert "Dewi" not in response.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"rows": []},
        {"rows": [{"number": UNKNOWN}] * 1001},
        {"rows": [{"name": "Dewi"}]},
        {"rows": [{"number": "9" * 201}]},
        {"rows": [{"number": "\x00"}]},
        {"rows": "x"},
        {},
    ],
)
def test_what_cannot_be_answered_is_a_problem_document(
    client: Client, given: dict[str, Any]
) -> None:
    response = client.post(PATH, given, content_type="application/json")

    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"


def test_v09_too_many_rows_are_told_how_many_fit(client: Client) -> None:
    limit("verification.batch_limit", 1)

    problem = ask(client, {"number": "1"}, {"number": "2"}).json()

    assert problem["type"] == "/rules/V-09"
    assert "paling banyak 1" in problem["detail"]


def test_w21_page_and_api_count_together(client: Client) -> None:
    limit("portal.batch_rows", 2)
    client.post("/verifikasi/banyak/", {"text": "1\n2"})

    refused = ask(client, {"number": "1"})

    assert refused.status_code == 429
    assert refused.json()["type"] == "/rules/W-21"


def test_answers_are_counted_as_asked_over_the_api(
    client: Client, certificate: Certificate
) -> None:
    ask(client, {"number": certificate.number}, {"number": UNKNOWN})

    counted = {(one.channel, one.verdict, one.total) for one in LookupCount.objects.all()}
    assert counted == {("api", "valid", 1), ("api", "not_found", 1)}


def test_a_thousand_rows_cost_as_many_queries_as_one(
    client: Client, certificate: Certificate
) -> None:
    ask(client, {"number": UNKNOWN})  # reads the policies, which are then known for a while
    cost = set()
    for rows in (1, 1000):
        with CaptureQueriesContext(connection) as queries:
            assert len(ask(client, *[{"number": certificate.number}] * rows).json()["rows"]) == rows
        cost.add(len(queries))

    assert len(cost) == 1


@pytest.mark.parametrize(
    ("language", "told"), [("id", "paling banyak 2,5 MB"), ("en", "up to 2.5 MB")]
)
def test_too_much_at_once_is_a_problem_with_the_limit(
    client: Client, language: str, told: str
) -> None:
    much = '{"rows": [{"number": "%s"}]}' % ("9" * 2_600_000)

    response = client.post(PATH, much, "application/json", headers={"accept-language": language})

    assert response.status_code == 413
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["type"] == "/rules/too-large"
    assert told in response.json()["detail"]
