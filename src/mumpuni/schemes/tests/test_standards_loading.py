"""What the decrees in the data folder become."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from mumpuni.kernel.tests.worlds import around_tests
from mumpuni.schemes import queries
from mumpuni.schemes.loading import load_standards
from mumpuni.schemes.models import (
    CompetencyStandard,
    CompetencyUnit,
    PerformanceCriterion,
    UnitElement,
)

pytestmark = pytest.mark.django_db

FIVE_DECREES = [
    "skkni-321-2016",
    "skkni-56-2018",
    "skkni-299-2020",
    "skkni-126-2023",
    "skkni-103-2026",
]
JUNIOR_CODER = [
    "J.620100.004.01",
    "J.620100.009.02",
    "J.620100.010.01",
    "J.620100.016.01",
    "J.620100.017.02",
    "J.620100.023.02",
    "J.620100.025.02",
    "J.620900.033.02",
]


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with around_tests(django_db_blocker, lambda: load_standards(settings.DATA)):
        yield


def counts() -> tuple[int, int, int, int]:
    """Count standards, units, elements, criteria."""
    models = (CompetencyStandard, CompetencyUnit, UnitElement, PerformanceCriterion)
    standards, units, elements, criteria = (model._default_manager.count() for model in models)
    return standards, units, elements, criteria


def numbers(code: str) -> list[tuple[str, list[str]]]:
    """Return the printed numbers of a unit's elements and their criteria, in order."""
    unit = queries.units_in_full().get(code=code)
    return [
        (element.printed_number, [c.printed_number for c in element.criteria.all()])
        for element in unit.elements.all()
    ]


def test_the_five_decrees_are_loaded_in_full() -> None:
    units = CompetencyUnit.objects.filter(standard__key__in=FIVE_DECREES)
    elements = UnitElement.objects.filter(unit__in=units)

    assert units.count() == 109
    assert elements.count() == 335
    assert PerformanceCriterion.objects.filter(element__in=elements).count() == 964


def test_the_register_and_the_five_decrees_are_one_list() -> None:
    numbered = CompetencyStandard.objects.exclude(number="")
    listed_too = CompetencyStandard.objects.get(key="skkni-126-2023")

    # 250 in the register, five in full, one of them in both
    assert numbered.count() == 254
    assert listed_too.portal_uuid is not None
    assert listed_too.field == "Desain Grafis dan Desain Komunikasi Visual"


def test_units_of_the_portal_come_without_elements() -> None:
    units = CompetencyUnit.objects.filter(standard__year=2025)

    assert units.count() == 211
    assert not UnitElement.objects.filter(unit__in=units).exists()


def test_numbers_are_kept_as_misprinted() -> None:
    assert numbers("J.611000.017.01")[0] == ("1", ["2.1", "2.2"])
    assert [element for element, _criteria in numbers("J.611000.023.01")] == ["1", "2", "4", "5"]
    assert numbers("J.62DMI00.009.1")[2][1] == ["2.3", "2.4"]
    assert any(criteria.count("2.2") == 2 for _e, criteria in numbers("K.62AIN00.008.2"))


def test_a_misprinted_code_is_kept_beside_the_usual_writing() -> None:
    unit = queries.unit_by_code("M74DKV13.015.3")

    assert unit is not None
    assert (unit.code, unit.printed_code) == ("M.74DKV13.015.3", "M74DKV13.015.3")


def test_the_eight_units_of_junior_coder_have_elements_and_criteria() -> None:
    units = queries.units_by_code(JUNIOR_CODER)

    assert list(units) == JUNIOR_CODER
    assert units["J.620100.004.01"].title == "Menggunakan Struktur Data"
    for unit in queries.units_in_full().filter(code__in=JUNIOR_CODER):
        assert unit.standard.status == CompetencyStandard.Status.UNVERIFIED
        assert unit.elements.count() >= 2
        assert all(element.criteria.all() for element in unit.elements.all())


def test_third_party_units_say_where_they_are_from() -> None:
    units = CompetencyUnit.objects.filter(standard__status="unverified")

    assert units.count() == 82
    assert UnitElement.objects.filter(unit__in=units).count() == 261
    assert PerformanceCriterion.objects.filter(element__unit__in=units).count() == 766
    # the guest service agent's, shortened by the school that typed them
    assert units.filter(abridged=True).count() == 26
    assert all("bukan naskah keputusan" in unit.standard.source for unit in units)


def test_an_amendment_knows_what_it_amends() -> None:
    amended = CompetencyStandard.objects.get(key="skkni-231-2024")

    assert amended.status == CompetencyStandard.Status.AMENDED
    assert [a.label for a in amended.amendments.all()] == ["SKKNI 151/2025"]
    assert CompetencyStandard.objects.filter(amends__isnull=False).count() == 3


def test_loading_twice_changes_nothing() -> None:
    before = counts()

    again = load_standards(settings.DATA)
    forced = load_standards(settings.DATA, force=True)

    assert not any(outcome.loaded for outcome in again)
    assert all(outcome.loaded for outcome in forced)
    assert counts() == before


def test_a_status_set_by_people_survives_loading() -> None:
    CompetencyStandard.objects.filter(key="skkni-56-2018").update(status="revoked")

    load_standards(settings.DATA, force=True)

    assert CompetencyStandard.objects.get(key="skkni-56-2018").status == "revoked"
