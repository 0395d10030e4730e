"""Everybody reads the official codes: search, paging, downloads, sources."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker
from pytest_django.asserts import assertRedirects
from python_calamine import CalamineWorkbook

from mumpuni.kernel.tests.worlds import around_tests
from mumpuni.reference import queries
from mumpuni.reference.loading import load_all
from mumpuni.reference.models import ClassificationCode, DatasetRelease, Region

pytestmark = pytest.mark.django_db

LISTS = [
    "/rujukan/",
    "/rujukan/wilayah/",
    "/rujukan/wilayah/31/",
    "/rujukan/klasifikasi/kbli/2020/",
    "/rujukan/klasifikasi/kbji/2014/",
    "/rujukan/klasifikasi/kkni/2012/",
    "/rujukan/klasifikasi/kbli/2020/62/",
    "/rujukan/pola-nomor/",
    "/rujukan/formulir/",
    "/rujukan/kepuasan/",
    "/rujukan/mutu-pelayanan/",
    "/rujukan/jabatan/",
    "/rujukan/peraturan/",
    "/rujukan/kalender/?year=2024",
]
LEAVES = [
    "/rujukan/wilayah/31.74.05/",
    "/rujukan/klasifikasi/kbli/2020/62019/",
    "/rujukan/formulir/2023/FR.APL.01/",
]
MOST_QUERIES = 6
BAD_INPUT = [
    "'; DROP TABLE reference_region; --",
    "<script>alert(1)</script>",
    "31 Februari",
    "%",
    "\\",
    "\0",
    "a" * 100_000,
    "٣١",
    "²",
]


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with around_tests(django_db_blocker, lambda: load_all(settings.DATA)):
        yield


@pytest.mark.parametrize("address", [*LISTS, *LEAVES])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_stranger_reads_every_page(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
    language: str,
) -> None:
    client.cookies["django_language"] = language

    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(address)

    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.text


@pytest.mark.parametrize("address", LISTS)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(address, {"per_page": "100"})


@pytest.mark.parametrize("address", LISTS)
def test_every_list_is_downloaded_whole(client: Client, address: str) -> None:
    text = client.get(address, {"format": "csv"}).getvalue().decode("utf-8-sig")
    workbook = client.get(address, {"format": "xlsx"}).getvalue()

    rows = list(csv.reader(StringIO(text)))
    in_workbook = CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0)
    assert len(rows) > 1
    assert len(in_workbook.to_python()) == len(rows)


@pytest.mark.parametrize("address", [*LISTS[1:], *LEAVES])
def test_every_page_names_its_source_and_terms(client: Client, address: str) -> None:
    page = client.get(address).text

    assert "Sumber: " in page
    assert "Ketentuan: " in page


def test_the_first_page_lists_every_data_set_with_its_source(client: Client) -> None:
    page = client.get("/rujukan/").text

    for release in DatasetRelease.objects.all():
        assert escape(release.source) in page
        assert escape(release.licence) in page


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/rujukan/wilayah/?q=jakarta+selatan", "31.74"),
        ("/rujukan/wilayah/?q=3174", "31.74.05"),
        ("/rujukan/wilayah/?q=31.74.0", "31.74.05"),
        ("/rujukan/wilayah/?level=regency&province=31", "31.74"),
        ("/rujukan/wilayah/?level=province", "Papua Barat Daya"),
        ("/rujukan/klasifikasi/kbli/2020/?q=pemrograman", "62019"),
        ("/rujukan/klasifikasi/kbli/2020/?q=6201", "62019"),
        ("/rujukan/klasifikasi/kbji/2014/?level=4&q=pemrogram", "2514"),
        ("/rujukan/formulir/?q=asesmen+mandiri", "FR.APL.02"),
        ("/rujukan/pola-nomor/?q=sertifikat", "KBLI5 KBJI4"),
        ("/rujukan/jabatan/?q=ketua", "Ketua"),
        ("/rujukan/peraturan/?q=202", "Pembentukan Lembaga Sertifikasi Profesi"),
    ],
)
def test_a_shared_address_finds_the_same(client: Client, address: str, found: str) -> None:
    assert found in client.get(address).text


def test_one_walks_from_the_province_to_the_district(client: Client) -> None:
    province = client.get("/rujukan/wilayah/31/").text
    regency = client.get("/rujukan/wilayah/31.74/").text
    district = client.get("/rujukan/wilayah/31.74.05/").text

    assert 'href="/rujukan/wilayah/31.74/"' in province
    assert 'href="/rujukan/wilayah/31.74.05/"' in regency
    assert 'href="/rujukan/wilayah/31.74/"' in district
    assert "317405" in district


def test_a_code_as_in_an_identity_number_leads_to_the_region(client: Client) -> None:
    assertRedirects(client.get("/rujukan/wilayah/317405/"), "/rujukan/wilayah/31.74.05/")


def test_one_walks_from_the_letter_to_the_activity(client: Client) -> None:
    page = client.get("/rujukan/klasifikasi/kbli/2020/62019/").text

    for code in ("J", "62", "620", "6201"):
        assert f'href="/rujukan/klasifikasi/kbli/2020/{code}/"' in page


def test_an_abolished_code_is_shown_as_such_and_listed_nowhere(client: Client) -> None:
    Region.objects.filter(code="31.74.05").update(current=False)
    ClassificationCode.objects.filter(code="62019").update(current=False)

    for leaf, group in [(LEAVES[0], "/rujukan/wilayah/31.74/"), (LEAVES[1], LISTS[6])]:
        assert "Kode lama" in client.get(leaf).text
        assert leaf not in client.get(group).text


@pytest.mark.parametrize(
    "address",
    [
        "/rujukan/wilayah/99/",
        "/rujukan/wilayah/31.%0074/",
        "/rujukan/wilayah/..../",
        "/rujukan/klasifikasi/kbli/2009/",
        "/rujukan/klasifikasi/isco/2008/",
        "/rujukan/klasifikasi/kbli/2020/99999/",
        "/rujukan/klasifikasi/kbli/2020/6%00/",
        "/rujukan/formulir/2023/FR.XX.99/",
        "/rujukan/formulir/2016/FR.APL.01/",
    ],
)
def test_an_unknown_code_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("typed", BAD_INPUT, ids=range(len(BAD_INPUT)))
@pytest.mark.parametrize("address", [LISTS[1], LISTS[3], LISTS[7], LISTS[8], LISTS[12]])
def test_whatever_is_typed_gets_a_page(client: Client, address: str, typed: str) -> None:
    response = client.get(
        address, {"q": typed, "level": typed, "province": typed, "page": typed, "sort": typed}
    )

    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_search_can_use_the_trigram_indexes() -> None:
    regions = queries.search_regions(Region.objects.order_by(), "selatan")
    codes = queries.search_codes(ClassificationCode.objects.order_by(), "selatan")

    with connection.cursor() as cursor:  # so few rows are also read quickly one by one
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    assert "region_trigrams" in regions.explain()
    assert "classification_trigrams" in codes.explain()
