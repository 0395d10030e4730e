"""A search box that asks a query of the package."""

import pytest
from django.http import QueryDict

from mumpuni.reference.models import Region
from mumpuni.web.tables import Column, Table
from mumpuni.web.tables.filters import SearchBy

pytestmark = pytest.mark.django_db

TABLE = Table(
    columns=[Column("name", "Nama", sort="name")],
    filters=[SearchBy("q", find=lambda rows, text: rows.filter(code=text.replace(" ", ".")))],
    default_sort="name",
    empty="",
)


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("q=11+01", ["Aceh Selatan"]),
        ("q=++", ["Aceh", "Aceh Selatan"]),
        ("q=11%0001", ["Aceh", "Aceh Selatan"]),
        ("q=99", []),
    ],
)
def test_the_text_is_given_to_the_query(address: str, names: list[str]) -> None:
    Region.objects.create(code="11", level="province", name="Aceh")
    Region.objects.create(code="11.01", level="regency", name="Aceh Selatan", parent_id="11")

    shown = TABLE.show(QueryDict(address), Region.objects.all())

    assert [row.name for row in shown.rows] == names
