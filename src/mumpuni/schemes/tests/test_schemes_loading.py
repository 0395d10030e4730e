"""What the published schemes in the data folder become."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from mumpuni.kernel.queries import history
from mumpuni.kernel.tests.worlds import around_tests
from mumpuni.reference.loading import classifications, load_datasets
from mumpuni.schemes import queries
from mumpuni.schemes.loading import load_schemes, load_standards
from mumpuni.schemes.models import Scheme, SchemeVersion

pytestmark = pytest.mark.django_db

JUNIOR_CODER = "SKM/BNSP/00010/2/2023/1324"
ITS_UNITS = [
    "J.620100.004.01",
    "J.620100.009.02",
    "J.620100.010.01",
    "J.620100.016.01",
    "J.620100.017.02",
    "J.620100.023.02",
    "J.620100.025.02",
    "J.620900.033.02",
]


def load() -> None:
    load_datasets(classifications.DATASETS, settings.DATA, force=False)
    load_standards(settings.DATA)
    load_schemes(settings.DATA)


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with around_tests(django_db_blocker, load):
        yield


def test_junior_coder_is_there_with_its_number_source_and_eight_real_units() -> None:
    version = queries.verified_versions().get(scheme__number=JUNIOR_CODER)

    assert version.title == "Okupasi Pemrogram Junior (Junior Coder)"
    assert [row.unit.code for row in queries.units_of(version)] == ITS_UNITS
    assert all(row.unit.elements.exists() for row in queries.units_of(version))
    assert version.scheme.organisation.code == "BNSP"
    assert (version.sector_category, version.kkni_level) == ("J", None)
    assert version.kbli is not None
    assert version.kbji is not None
    assert (version.kbli.version, version.kbli.code) == ("2020", "62019")
    assert (version.kbji.version, version.kbji.code) == ("2014", "2514")
    assert "github.com/ErfanMaulana" in version.source
    assert "dipilih proyek ini" in version.source


def test_the_authoritys_twenty_schemes_are_verified_and_seven_can_be_assessed() -> None:
    assert queries.published_versions().count() == 20
    assert queries.verified_versions().count() == 7
    assert not Scheme.objects.exclude(organisation__code="BNSP").exists()


def test_a_level_is_read_from_the_title_and_an_old_number_tells_no_sector() -> None:
    old = SchemeVersion.objects.get(scheme__number="SKM/BNSP/00018/1/2019/376")

    assert (old.kkni_level, old.sector_category) == (2, "")
    assert old.verified_on is not None
    assert old.verified_on.year == 2019


def test_loading_leaves_its_trail() -> None:
    version = SchemeVersion.objects.get(scheme__number=JUNIOR_CODER)

    assert [(line.event.step, line.event.actor) for line in history(version)] == [
        ("load", "system"),
        ("begin", "system"),
    ]


def test_loading_again_changes_nothing() -> None:
    before = list(SchemeVersion.objects.order_by("pk").values())

    [unchanged] = load_schemes(settings.DATA)
    [forced] = load_schemes(settings.DATA, force=True)

    assert not unchanged.loaded
    assert forced.row_count == 20
    assert list(SchemeVersion.objects.order_by("pk").values()) == before
