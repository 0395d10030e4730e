"""Everybody reads the standards: search, units in any spelling, elements and criteria."""

import csv
from io import BytesIO, StringIO

import pytest
from django.contrib.postgres.search import TrigramDistance
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertRedirects
from python_calamine import CalamineWorkbook

from mumpuni.schemes import queries
from mumpuni.schemes.models import CompetencyStandard, CompetencyUnit
from mumpuni.schemes.tests import make

pytestmark = pytest.mark.django_db

STANDARD = "/standar/skkni-1-2020/"
UNIT = "/standar/skkni-1-2020/J.620100.001.01/"
LISTS = ["/standar/", STANDARD, "/unit/"]
MOST_QUERIES = 6
# as many as all decrees since 2004 may hold, with texts as long as theirs
MANY_UNITS = """
INSERT INTO schemes_competencyunit
    (standard_id, position, code, printed_code, title, description, abridged)
SELECT 'skkni-1-2020', place, chr(65 + place % 26) || '.' || substr(md5(place::text), 1, 6), '',
    'Mengerjakan hal nomor ' || to_char(place, 'FM000000'), repeat('Unit ini berisi ', 20), false
FROM generate_series(1, 20000) AS place
"""
BAD_INPUT = [
    "'; DROP TABLE schemes_competencyunit; --",
    "<script>alert(1)</script>",
    "999999999999/9999",
    "%",
    "\\",
    "\0",
    "a" * 100_000,
    "Ω.²³",
]


@pytest.fixture
def unit() -> CompetencyUnit:
    return make.unit()


@pytest.mark.parametrize("address", [*LISTS, UNIT])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_stranger_reads_every_page(
    client: Client, unit: CompetencyUnit, address: str, language: str
) -> None:
    client.cookies["django_language"] = language

    response = client.get(address)

    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.text


@pytest.mark.parametrize("address", LISTS)
def test_lists_are_downloaded_whole(client: Client, unit: CompetencyUnit, address: str) -> None:
    text = client.get(address, {"format": "csv"}).getvalue().decode("utf-8-sig")
    workbook = client.get(address, {"format": "xlsx"}).getvalue()

    in_workbook = CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0)
    assert len(list(csv.reader(StringIO(text)))) == len(in_workbook.to_python()) == 2


@pytest.mark.parametrize("address", LISTS)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    client: Client,
    unit: CompetencyUnit,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
) -> None:
    for place in range(2, 30):
        make.unit(f"J.620100.{place:03d}.01", within=unit.standard, elements=1)
        make.standard(f"skkni-{place}-2020")

    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(address, {"per_page": "50"})

    assert response.text.count("<tr role") > 29


def test_a_large_unit_takes_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.unit(elements=12, criteria=6)

    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(UNIT).text

    assert "Kriteria contoh 12.6" in page


def test_a_decree_tells_what_it_amends_and_what_amends_it(client: Client) -> None:
    first = make.standard("skkni-1-2020", status="amended")
    make.standard("skkni-2-2021", amends=first)

    assert 'href="/standar/skkni-2-2021/"' in client.get(STANDARD).text
    assert 'href="/standar/skkni-1-2020/"' in client.get("/standar/skkni-2-2021/").text
    assert "Diubah" in client.get(STANDARD).text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("321/2016", True),
        ("321 / 2016", True),
        ("Nomor 321 Tahun 2016", True),
        ("bidang CONTOH", True),
        ("321/2017", False),
        ("1/2016", False),
    ],
)
def test_a_standard_is_found_by_its_decree_or_title(typed: str, found: bool) -> None:
    make.standard("skkni-321-2016")

    assert queries.search_standards(queries.standards(), typed).exists() is found


@pytest.mark.parametrize(
    "asked", [{"kind": "skkni"}, {"status": "in_force"}, {"year": "2020"}, {"sort": "-unit_count"}]
)
def test_standards_are_filtered_and_sorted(
    client: Client, unit: CompetencyUnit, asked: dict[str, str]
) -> None:
    make.standard("skkni-9-2019", kind="special", status="revoked")

    shown = client.get("/standar/", asked).context["table"].rows

    assert shown.first().key == "skkni-1-2020"
    assert shown.count() == (2 if "sort" in asked else 1)


def test_a_unit_of_two_standards_names_the_other(client: Client, unit: CompetencyUnit) -> None:
    make.unit(within=make.standard("skkni-2-2021"))

    assert 'href="/standar/skkni-2-2021/J.620100.001.01/"' in client.get(UNIT).text


def test_a_unit_names_the_published_schemes_that_use_it(client: Client) -> None:
    published = make.verified_scheme(title="Pemrogram Terverifikasi")
    draft = make.draft_scheme(title="Pemrogram Rancangan")
    page, of_draft = (
        client.get(version.scheme_units.earliest("pk").unit.get_absolute_url()).text
        for version in (published, draft)
    )

    assert "Pemrogram Terverifikasi" in page
    assert "Pemrogram Rancangan" not in of_draft


@pytest.mark.parametrize(
    "typed", ["j.620100.001.01", "J 620100 001 01", "J62010000101", "j-620100-001-01"]
)
def test_a_unit_is_reached_by_its_code_in_any_spelling(
    client: Client, unit: CompetencyUnit, typed: str
) -> None:
    assertRedirects(client.get(f"/unit/{typed}/"), UNIT)
    assertRedirects(client.get(f"{STANDARD}{typed}/"), UNIT)
    assert UNIT in client.get("/unit/", {"q": typed}).text


def test_a_mistyped_code_is_answered_with_the_codes_it_resembles(
    client: Client, unit: CompetencyUnit
) -> None:
    missing = client.get("/unit/J.620100.010.01/")
    search = client.get("/unit/", {"q": "J.620100.010.01"})

    assert (missing.status_code, search.status_code) == (404, 200)
    for page in (missing.text, search.text):
        assert 'href="/unit/J.620100.001.01/"' in page


@pytest.mark.parametrize(
    "address",
    [
        "/standar/skkni-9-1999/",
        "/standar/skkni-1-2020/X.999/",
        "/standar/skkni-9-1999/J.620100.001.01/",
        "/standar/skkni%00/",
        "/unit/J%00/",
        "/unit/QQQ/",
        "/unit/" + "a" * 65 + "/",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, unit: CompetencyUnit, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("typed", BAD_INPUT, ids=range(len(BAD_INPUT)))
@pytest.mark.parametrize("address", LISTS)
def test_whatever_is_typed_gets_a_page(
    client: Client, unit: CompetencyUnit, address: str, typed: str
) -> None:
    asked = dict.fromkeys(["q", "kind", "status", "year", "page", "sort", "per_page"], typed)

    response = client.get(address, asked)

    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_markup_in_a_standard_is_shown_as_text(client: Client) -> None:
    within = make.standard(title="<b>tebal</b>", source="<i>miring</i>")
    make.unit(within=within, title="<script>alert(1)</script>")

    for address in [*LISTS, UNIT]:
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<b>tebal" not in page


def test_search_among_many_units_reads_the_trigram_index() -> None:
    make.standard()
    with connection.cursor() as cursor:
        cursor.execute(MANY_UNITS)
        cursor.execute("ANALYZE schemes_competencyunit")

    units = CompetencyUnit.objects.order_by()
    plan = queries.search_units(units, "nomor 004711").explain()
    nearest = units.order_by(TrigramDistance("code", "J.004711"))[:5].explain()

    assert "unit_title_trigrams" in plan
    assert "unit_code_trigrams" in plan
    assert "unit_code_trigrams" in nearest


def test_a_standard_that_is_not_loaded_says_so(client: Client) -> None:
    make.standard()

    assert "belum dimuat" in client.get(STANDARD).text
    assert CompetencyStandard.objects.count() == 1
