"""Programs read the standards without a token."""

from typing import Any

import pytest
from django.test import Client
from inline_snapshot import snapshot
from pytest_django import DjangoAssertNumQueries

from mumpuni.schemes.tests import make

pytestmark = pytest.mark.django_db

STANDARD = "/api/v1/standards/skkni-1-2020"


def get(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return response.json()


def test_a_standard_a_list_of_units_and_a_unit_as_programs_see_them(client: Client) -> None:
    unit = make.unit(elements=1, criteria=1)
    make.standard("skkni-2-2021", amends=unit.standard)

    assert get(client, STANDARD) == snapshot(
        {
            "key": "skkni-1-2020",
            "kind": "skkni",
            "status": "in_force",
            "label": "SKKNI 1/2020",
            "number": "1",
            "year": 2020,
            "title": "Penetapan SKKNI Bidang Contoh",
            "category_letter": "J",
            "category_name": "Informasi dan Komunikasi",
            "major_group": "",
            "field": "",
            "subfield": "",
            "unit_count": 1,
            "source": "dibuat untuk pengujian",
            "amends": None,
            "amended_by": ["skkni-2-2021"],
        }
    )
    assert get(client, f"{STANDARD}/units") == snapshot(
        {
            "items": [
                {
                    "standard": "skkni-1-2020",
                    "code": "J.620100.001.01",
                    "printed_code": "J.620100.001.01",
                    "title": "Menggunakan Struktur Data",
                    "element_count": 1,
                }
            ],
            "count": 1,
        }
    )
    assert get(client, "/api/v1/units/j62010000101") == snapshot(
        {
            "standard": "skkni-1-2020",
            "code": "J.620100.001.01",
            "printed_code": "J.620100.001.01",
            "title": "Menggunakan Struktur Data",
            "description": "",
            "abridged": False,
            "elements": [
                {
                    "number": "1",
                    "text": "Elemen contoh 1",
                    "criteria": [{"number": "1.1", "text": "Kriteria contoh 1.1"}],
                }
            ],
        }
    )


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("", ["skkni-2-2021", "skkni-1-2020"]),
        ("?year=2021", ["skkni-2-2021"]),
        ("?status=in_force", ["skkni-1-2020"]),
        ("?kind=international", []),
        ("?q=1/2020", ["skkni-1-2020"]),
        ("?limit=1&offset=1", ["skkni-1-2020"]),
    ],
)
def test_standards_are_filtered_and_paged(client: Client, asked: str, keys: list[str]) -> None:
    make.standard()
    make.standard("skkni-2-2021", status="listed")

    found = get(client, f"/api/v1/standards{asked}")

    assert [standard["key"] for standard in found["items"]] == keys


@pytest.mark.parametrize("typed", ["j.620100.001.01", "J 620100 001 01", "J62010000101"])
def test_a_unit_is_found_however_its_code_is_typed(client: Client, typed: str) -> None:
    make.unit()

    for address in (f"/api/v1/units/{typed}", f"{STANDARD}/units/{typed}"):
        assert get(client, address)["code"] == "J.620100.001.01"
    assert get(client, f"/api/v1/units?q={typed}")["count"] == 1


def test_a_mistyped_code_is_answered_with_the_codes_it_resembles(client: Client) -> None:
    make.unit()

    response = client.get("/api/v1/units/J.620100.010.01")

    assert response.status_code == 404
    assert response.json()["errors"] == {"similar": ["J.620100.001.01"]}


@pytest.mark.parametrize("address", ["/api/v1/standards", f"{STANDARD}/units", "/api/v1/units"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    within = make.unit().standard
    for place in range(2, 20):
        make.unit(f"J.620100.{place:03d}.01", within=within, elements=1)
        make.standard(f"skkni-{place}-2020")

    with django_assert_max_num_queries(5):
        assert get(client, address)["count"] == 19


def test_a_large_unit_takes_four_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.unit(elements=12, criteria=6)

    with django_assert_max_num_queries(4):
        assert len(get(client, "/api/v1/units/J.620100.001.01")["elements"]) == 12


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/standards/skkni-9-1999", 404),
        ("/api/v1/standards/skkni-9-1999/units", 404),
        ("/api/v1/standards/skkni-9-1999/units/J.620100.001.01", 404),
        ("/api/v1/standards/%00", 422),
        ("/api/v1/standards?kind=lokal", 422),
        ("/api/v1/standards?year=dua", 422),
        ("/api/v1/standards?year=99999999999999999999", 200),
        ("/api/v1/units?q=%00", 422),
        ("/api/v1/units?q=" + "a" * 201, 422),
        ("/api/v1/units/%00", 422),
        ("/api/v1/units/QQQ", 404),
    ],
)
def test_bad_input_is_answered_with_a_problem_document(
    client: Client, address: str, status: int
) -> None:
    response = client.get(address)

    assert response.status_code == status
    if status != 200:
        assert response["Content-Type"] == "application/problem+json"
