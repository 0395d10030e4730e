"""Lists are asked for within what a page can hold and the database can count."""

import pytest
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.pagination import paginate
from ninja.testing import TestClient

from mumpuni.api.paging import Pages, SearchText

api = NinjaAPI(urls_namespace="paging")


@api.get("/numbers", response=list[int])
@paginate(Pages)
def numbers(request: HttpRequest, q: SearchText = "") -> list[int]:
    return [number for number in range(2000) if q in str(number)]


@pytest.mark.parametrize(
    ("address", "items"),
    [
        ("limit=2", [0, 1]),
        ("limit=2&offset=1999", [1999]),
        ("limit=2&offset=2147483647", []),
        ("q=199&limit=1", [199]),
    ],
)
def test_a_page_is_cut_out_of_the_list(address: str, items: list[int]) -> None:
    answer = TestClient(api).get(f"/numbers?{address}")

    assert answer.json()["items"] == items


@pytest.mark.parametrize(
    "address",
    ["limit=0", "limit=1001", "offset=-1", "offset=2147483648", "q=a%00b", "q=" + "a" * 201],
)
def test_what_no_page_can_hold_is_refused(address: str) -> None:
    assert TestClient(api).get(f"/numbers?{address}").status_code == 422
