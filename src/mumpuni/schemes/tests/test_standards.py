"""Units are found however their code is typed, and the surest standard wins."""

import pytest
from django.db import IntegrityError

from mumpuni.schemes import queries
from mumpuni.schemes.models import CompetencyStandard, CompetencyUnit
from mumpuni.schemes.models.codes import normalise_unit_code
from mumpuni.schemes.tests import make

pytestmark = pytest.mark.django_db

Status = CompetencyStandard.Status


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("j.620100.004.01", "J.620100.004.01"),
        (" J 620100 004 01 ", "J.620100.004.01"),
        ("N.821.100.029.02", "N.821100.029.02"),
        ("M74DKV13.015.3", "M.74DKV13.015.3"),
        ("J.62DMI00.001.1", "J.62DMI00.001.1"),
        ("TIK.OP02.001.01", "TIK.OP02.001.01"),
        ("D1.HFA.CL7.01", "D1.HFA.CL7.01"),
        (" bukan kode ", "BUKAN KODE"),
        ("", ""),
    ],
)
def test_a_code_has_one_writing(typed: str, code: str) -> None:
    assert normalise_unit_code(typed) == code
    assert normalise_unit_code(code) == code


def test_a_unit_is_found_however_its_code_is_typed() -> None:
    unit = make.unit("J.620100.004.01")

    assert queries.unit_by_code("j 620100.004-01") == unit
    assert queries.unit_by_code("J.620100.004.02") is None


def test_the_unit_of_the_standard_in_force_is_preferred() -> None:
    revoked = make.standard("skkni-9-2024", status=Status.REVOKED)
    listed = make.standard("skkni-8-2023", status=Status.LISTED)
    in_force = make.standard("skkni-7-2012", status=Status.IN_FORCE)
    for each in (revoked, listed, in_force):
        make.unit("J.620100.004.01", within=each)

    unit = queries.unit_by_code("J.620100.004.01")

    assert unit is not None
    assert unit.standard == in_force
    assert queries.units_by_code(["j.620100.004.01", "X"]) == {"j.620100.004.01": unit}


def test_among_equals_the_newest_decree_is_preferred() -> None:
    for key in ("skkni-1-2016", "skkni-1-2022", "skkni-1-2019"):
        make.unit("J.620100.004.01", within=make.standard(key))

    unit = queries.unit_by_code("J.620100.004.01")

    assert unit is not None
    assert unit.standard.year == 2022


def test_a_mistyped_code_is_answered_with_codes_that_look_like_it() -> None:
    within = make.standard()
    for code in ("J.620100.004.01", "J.620100.009.02", "M.74DKV13.015.3"):
        make.unit(code, within=within)

    assert queries.similar_unit_codes("J.620100.040.01")[0] == "J.620100.004.01"
    assert "M.74DKV13.015.3" not in queries.similar_unit_codes("J.620100.040.01")
    assert queries.similar_unit_codes("") == []


def test_a_unit_is_searched_by_part_of_its_title_or_code() -> None:
    unit = make.unit("J.620100.004.01")

    for text in ("struktur", "STRUKTUR DATA", "620100.004", "j620100.00401"):
        assert list(queries.search_units(queries.units(), text)) == [unit], text


def test_a_revoked_standard_cannot_be_cited() -> None:
    make.unit("J.620100.004.01", within=make.standard(status=Status.REVOKED))
    unit = make.unit("J.620100.009.02", within=make.standard("skkni-2-2020"))

    assert list(CompetencyUnit.objects.citable()) == [unit]


def test_a_code_stands_once_in_a_standard() -> None:
    unit = make.unit()

    with pytest.raises(IntegrityError, match="competency_unit_once_per_standard"):
        make.unit(within=unit.standard)


def test_a_decree_is_one_standard() -> None:
    make.standard("skkni-1-2020")

    with pytest.raises(IntegrityError, match="competency_standard_decree_once"):
        make.standard("salinan-1-2020")


def test_numbers_are_shown_as_printed_or_by_position() -> None:
    unit = make.unit(elements=1, criteria=1)
    element = unit.elements.get()
    criterion = element.criteria.get()
    assert (str(element), str(criterion)) == ("1 Elemen contoh 1", "1.1 Kriteria contoh 1.1")

    element.printed_number = criterion.printed_number = ""
    criterion.element = element
    assert (element.number, criterion.number) == ("1", "1.1")
