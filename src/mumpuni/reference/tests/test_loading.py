"""What the data folder becomes, and that loading it again changes nothing."""

import shutil
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from mumpuni.reference import queries
from mumpuni.reference.loading import Dataset, load_all, load_datasets
from mumpuni.reference.loading.offices import term
from mumpuni.reference.loading.places import load_regions
from mumpuni.reference.models import ClassificationCode, DatasetRelease, OfficeHolding, Region
from mumpuni.reference.queries import calendar

pytestmark = pytest.mark.django_db

HEADS = {
    "provinsi": "kode,nama,nama_kapital,nama_lain,lat,lng",
    "kabupaten_kota": "kode,kode4,kode_provinsi,jenis,nama,nama_kapital,lat,lng",
    "kecamatan": "kode,kode6,kode_kabupaten,nama",
}
ROWS = {
    "provinsi": "92,Papua Barat,PAPUA BARAT,,-1.3,133.1",
    "kabupaten_kota": "92.02,9202,92,kabupaten,Kabupaten Manokwari,KABUPATEN MANOKWARI,-0.8,134.0",
    "kecamatan": "92.02.03,920203,92.02,Warmare",
}


def places(folder: Path, **rows: str) -> Dataset:
    """Write a small data folder and return its data set."""
    (folder / "wilayah").mkdir(exist_ok=True)
    for name, head in HEADS.items():
        text = f"{head}\n{rows.get(name, ROWS[name])}\n"
        (folder / "wilayah" / f"{name}.csv").write_text(text, encoding="utf-8")
    files = tuple(f"wilayah/{name}.csv" for name in HEADS)
    return Dataset("wilayah", "uji", "uji", "uji", files, load_regions)


def test_everything_of_the_data_folder_is_loaded() -> None:
    load_all(settings.DATA)

    assert Counter(Region.objects.values_list("level", flat=True)) == {
        "province": 38,
        "regency": 514,
        "district": 7_277,
    }
    assert Counter(ClassificationCode.objects.values_list("system", "version")) == {
        ("kbli", "2020"): 2_712,
        ("kbji", "2014"): 2_766,
        ("kkni", "2012"): 9,
    }
    assert queries.number_patterns().count() == 12
    assert queries.instrument_forms().count() == 24
    assert queries.satisfaction_elements().count() == 9
    assert queries.satisfaction_bands().count() == 4
    assert queries.regulations().count() == 26 + 12
    assert queries.posts().count() == 13
    assert OfficeHolding.objects.count() == 16
    assert calendar.holidays().count() == 214


def test_every_group_but_the_widest_has_its_parent() -> None:
    load_all(settings.DATA)

    orphans = ClassificationCode.objects.filter(parent=None).exclude(level=1)
    assert not orphans.exists()
    programming = queries.find_code("kbli", "2020", "62019")
    assert programming is not None
    assert [group.code for group in queries.path_to(programming)] == ["J", "62", "620", "6201"]


def test_loading_twice_changes_nothing() -> None:
    first = load_all(settings.DATA)
    keys = set(ClassificationCode.objects.values_list("pk", flat=True))

    again = load_all(settings.DATA)
    forced = load_all(settings.DATA, force=True)

    assert all(outcome.loaded for outcome in first)
    assert not any(outcome.loaded for outcome in again)
    assert all(outcome.loaded for outcome in forced)
    assert [o.row_count for o in first] == [o.row_count for o in again]
    assert [o.row_count for o in first] == [o.row_count for o in forced]
    assert set(ClassificationCode.objects.values_list("pk", flat=True)) == keys
    assert Region.objects.count() == 38 + 514 + 7_277
    assert not Region.objects.filter(current=False).exists()
    assert DatasetRelease.objects.count() == len(first)


def test_a_changed_file_is_loaded_and_a_row_left_out_stays_but_is_not_current(
    tmp_path: Path,
) -> None:
    load_datasets([places(tmp_path)], tmp_path, force=False)
    renamed = places(tmp_path, kecamatan="92.02.12,920212,92.02,Prafi")

    (outcome,) = load_datasets([renamed], tmp_path, force=False)

    loading = outcome.loading
    assert loading is not None
    assert (loading.added, loading.changed, loading.retired) == (1, 0, 1)
    assert dict(Region.objects.filter(level="district").values_list("name", "current")) == {
        "Warmare": False,
        "Prafi": True,
    }
    assert DatasetRelease.objects.filter(key="wilayah").count() == 2


def test_going_back_to_an_earlier_release_loads_it_again(tmp_path: Path) -> None:
    load_datasets([places(tmp_path)], tmp_path, force=False)
    renamed = places(tmp_path, provinsi="92,Papua Barat Daya,PAPUA BARAT DAYA,,-1.3,133.1")
    load_datasets([renamed], tmp_path, force=False)

    (outcome,) = load_datasets([places(tmp_path)], tmp_path, force=False)

    assert outcome.loading is not None
    assert (outcome.loading.added, outcome.loading.changed) == (0, 1)
    assert Region.objects.get(code="92").name == "Papua Barat"


def test_a_broken_file_leaves_what_was_loaded_before(tmp_path: Path) -> None:
    load_datasets([places(tmp_path)], tmp_path, force=False)
    broken = places(tmp_path, provinsi="92,Papua,PAPUA,,bukan angka,133.1")

    with pytest.raises(ValueError, match="bukan angka"):
        load_datasets([broken], tmp_path, force=False)

    assert Region.objects.get(code="92").name == "Papua Barat"


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        ("Januari s.d. September 2024", (date(2024, 1, 1), date(2024, 9, 30))),
        ("September 2024 s.d. sekarang", (date(2024, 9, 1), None)),
        ("", (None, None)),
    ],
)
def test_months_in_office_become_days(printed: str, days: tuple[date | None, date | None]) -> None:
    assert term(printed) == days


def test_the_command_tells_what_it_did() -> None:
    told = StringIO()
    call_command("load_reference", stdout=told)
    call_command("load_reference", stdout=told)
    call_command("load_reference", force=True, stdout=told)

    lines = told.getvalue().splitlines()
    assert "wilayah              7,829 rows  7,829 new" in lines
    assert "wilayah              7,829 rows  unchanged" in lines
    assert "wilayah              7,829 rows  loaded, nothing differs" in lines
    assert sum("loaded, nothing differs" in line for line in lines) == len(lines) / 3


def test_the_command_names_a_missing_file(tmp_path: Path) -> None:
    shutil.copytree(settings.DATA / "wilayah", tmp_path / "wilayah")

    with pytest.raises(CommandError, match=r"kbli2020\.csv is missing"):
        call_command("load_reference", data=tmp_path, stdout=StringIO())
