"""Programs read the official codes without a token."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from inline_snapshot import snapshot
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from mumpuni.kernel.tests.worlds import around_tests
from mumpuni.reference.loading import load_all

pytestmark = pytest.mark.django_db

LISTS = {
    "/api/v1/number-patterns": 12,
    "/api/v1/instrument-forms": 24,
    "/api/v1/satisfaction/elements": 9,
    "/api/v1/satisfaction/bands": 4,
    "/api/v1/posts": 13,
    "/api/v1/regulations": 38,
    "/api/v1/reference-releases": 10,
    "/api/v1/holidays": 214,
    "/api/v1/holidays?year=2024": 29,
}
PAGED = {
    "/api/v1/regions": 7_829,
    "/api/v1/regions?level=province": 38,
    "/api/v1/regions?parent=31": 6,
    "/api/v1/regions?q=3174&level=district": 10,
    "/api/v1/classifications/kbli": 2_712,
    "/api/v1/classifications/kbli?version=2020&level=1": 21,
    "/api/v1/classifications/kbji?q=2514&level=4": 1,
    "/api/v1/classifications/kkni": 9,
}


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with around_tests(django_db_blocker, lambda: load_all(settings.DATA)):
        yield


def get(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize(("address", "count"), LISTS.items())
def test_a_list_is_given_whole(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
    count: int,
) -> None:
    with django_assert_max_num_queries(2):
        assert len(get(client, address)) == count


@pytest.mark.parametrize(("address", "count"), PAGED.items())
def test_a_long_list_is_given_in_pages(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
    count: int,
) -> None:
    with django_assert_max_num_queries(4):
        assert get(client, address)["count"] == count


def test_a_region_and_a_code_as_programs_see_them(client: Client) -> None:
    assert get(client, "/api/v1/regions/317405") == snapshot(
        {
            "code": "31.74.05",
            "level": "district",
            "name": "Kebayoran Lama",
            "other_name": "",
            "parent": "31.74",
            "latitude": None,
            "longitude": None,
            "current": True,
        }
    )
    assert get(client, "/api/v1/classifications/kbli/2020/62019") == snapshot(
        {
            "system": "kbli",
            "version": "2020",
            "code": "62019",
            "level": 5,
            "level_name": "kelompok",
            "title": "Aktivitas Pemrograman Komputer Lainnya",
            "parent": "6201",
            "current": True,
        }
    )


def test_a_post_comes_with_its_holders(client: Client) -> None:
    (chair, *_others) = get(client, "/api/v1/posts")

    assert chair["title"] == "Ketua"
    assert [set(holding) for holding in chair["holdings"]] == [
        {"name", "printed_term", "valid_from", "valid_until"}
    ]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/regions/99", 404),
        ("/api/v1/regions/%00", 422),
        ("/api/v1/regions?level=planet", 422),
        ("/api/v1/regions?q=%00", 422),
        ("/api/v1/regions?parent=%00", 422),
        ("/api/v1/regions?limit=5000", 422),
        ("/api/v1/regions?offset=99999999999999999999", 422),
        ("/api/v1/regions?q=" + "a" * 201, 422),
        ("/api/v1/classifications/isco", 422),
        ("/api/v1/classifications/kbli?version=2009", 404),
        ("/api/v1/classifications/kbli?level=99999999999999999999", 200),
        ("/api/v1/classifications/kbli/2020/99999", 404),
    ],
)
def test_bad_input_is_answered_with_a_problem_document(
    client: Client, address: str, status: int
) -> None:
    response = client.get(address)

    assert response.status_code == status
    if status != 200:
        assert response["Content-Type"] == "application/problem+json"
