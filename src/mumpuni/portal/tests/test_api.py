from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mumpuni.assessment.tests.make import admin, noon
from mumpuni.certificates.tests import make
from mumpuni.kernel.models import PolicyValue
from mumpuni.kernel.workflow import amend
from mumpuni.licensing.tests import make as licensing

pytestmark = pytest.mark.django_db


def ask(path: str = "verify", **asked: str) -> Any:
    return Client().get(f"/api/v1/{path}", asked)


def answer(path: str = "verify", **asked: str) -> Any:
    response = ask(path, **asked)
    assert response.status_code == 200, response.content
    return response.json()


def test_a_certificate_is_verified_by_any_of_its_numbers() -> None:
    certificate = make.issued_certificate(name="Dewi Ayu")
    amend(certificate, {"blank_number": "12345678"}, admin(certificate.organisation), at=noon())

    for asked in (
        {"number": certificate.number},
        {"number": certificate.registration_number},
        {"public_id": certificate.public_id},
        {"blank": "12345678", "name": "dewi ayu"},
    ):
        found = answer(**asked)
        assert (found["verdict"], found["holds"]) == ("valid", True)
        assert found["certificate"]["holder_name"] == "Dewi Ayu"
        assert found["certificate"]["issued_on"] == "2026-06-08"
        assert found["body"]["status_today"] == "active"


def test_a_revoked_certificate_is_found_and_does_not_hold() -> None:
    found = answer(public_id=make.take_to(make.issued_certificate(), "revoked").public_id)

    assert (found["verdict"], found["holds"]) == ("revoked", False)


def test_v07_eight_digits_are_told_to_be_a_blank_number_and_how_to_ask() -> None:
    refusal = ask(number="10617200")

    assert (refusal.status_code, refusal.json()["type"]) == (422, "/rules/V-07")
    assert "blank" in refusal.json()["detail"]
    assert "name" in refusal.json()["detail"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"number": "62010 2512 3 0000042 2026"}, 404),
        ({"number": "<script>"}, 404),
        ({"public_id": "AAAAAAAAAAAAAAAA"}, 404),
        ({"blank": "12345678", "name": "Dewi"}, 404),
        ({"blank": "12345678"}, 422),
        ({}, 422),
        ({"number": " "}, 422),
        ({"number": "1", "public_id": "2"}, 422),
        ({"number": "9" * 201}, 422),
        ({"number": "\x00"}, 422),
    ],
)
def test_what_cannot_be_answered_is_a_problem_document(asked: dict[str, str], status: int) -> None:
    response = ask(**asked)

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["detail"]


def test_another_name_is_denied_without_telling_whose_it_is() -> None:
    certificate = make.issued_certificate(name="Dewi Ayu")

    response = ask(number=certificate.number, name="Budi")

    assert response.status_code == 404
    assert response.json()["type"] == "/rules/V-07"
    assert b"Dewi" not in response.content


def test_one_address_asks_so_often_and_no_more() -> None:
    PolicyValue.objects.create(
        name="portal.lookups", valid_from=date(2020, 1, 1), value=1, source="uji", entered_by="uji"
    )
    ask(number="1")

    refused = ask(number="1")

    assert refused.status_code == 429
    assert refused.json()["type"] == "/rules/W-20"


def test_bodies_are_listed_with_their_status() -> None:
    frozen, active = licensing.licence(), licensing.licence()
    licensing.freeze(frozen, on=date(2024, 12, 6))

    listed = answer("directory/bodies")["items"]
    assert {one["licence_number"]: one["status"] for one in listed} == {
        frozen.number: "frozen",
        active.number: "active",
    }
    (only,) = answer("directory/bodies", status="frozen")["items"]
    assert only["id"] == frozen.organisation_id
    assert answer("directory/bodies", q="tidak ada")["count"] == 0


def test_a_body_is_known_on_any_day() -> None:
    licence = licensing.licence()
    licensing.freeze(licence, on=date(2024, 12, 6), months=6)
    path = f"directory/bodies/{licence.organisation_id}"

    assert answer(path, on="2024-12-05")["status"] == "active"
    then = answer(path, on="2024-12-06")
    assert (then["status"], then["sanction"]["months"]) == ("frozen", 6)
    assert then["scope"]
    assert ask(path, on="2024-02-31").status_code == 422
    assert ask("directory/bodies/999999").status_code == 404


def test_schemes_tell_who_is_licensed() -> None:
    licence = licensing.licence()

    (scheme,) = answer("directory/schemes")["items"]
    assert scheme["licensed_count"] == 1
    (body,) = answer(f"directory/schemes/{scheme['id']}/bodies")
    assert body["licence_number"] == licence.number
    assert ask("directory/schemes/999999/bodies").status_code == 404


def test_statistics_are_counted() -> None:
    licensing.licence()

    figures = {one["name"]: one["points"] for one in answer("statistics")}

    assert sum(point["value"] for point in figures["lsp-per-jenis"]) == 1


def test_lists_cost_the_same_however_long(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(4):
        licensing.licence()

    for path in ("directory/bodies", "directory/schemes", "statistics"):
        with django_assert_max_num_queries(8):
            answer(path)


def test_the_readable_page_describes_every_endpoint(client: Client) -> None:
    page = client.get("/api/")

    assert page.status_code == 200
    text = page.content.decode().replace("<wbr>", "")
    described = client.get("/api/v1/openapi.json").json()
    for path in described["paths"]:
        assert path in text
    assert "Authorization: Bearer" in text
    assert "429" in text
    assert "`" not in text
