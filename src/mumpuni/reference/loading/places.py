"""Regions."""

from __future__ import annotations

from mumpuni.reference.loading.datasets import Dataset, Loading
from mumpuni.reference.models import Region

PROVINCES = "wilayah/provinsi.csv"
REGENCIES = "wilayah/kabupaten_kota.csv"
DISTRICTS = "wilayah/kecamatan.csv"


def load_regions(loading: Loading) -> None:
    provinces = [
        Region(
            code=row["kode"],
            level=Region.Level.PROVINCE,
            name=row["nama"],
            other_name=row["nama_lain"],
            latitude=float(row["lat"]),
            longitude=float(row["lng"]),
        )
        for row in loading.read(PROVINCES)
    ]
    regencies = [
        Region(
            code=row["kode"],
            level=Region.Level.REGENCY,
            parent_id=row["kode_provinsi"],
            name=row["nama"],
            latitude=float(row["lat"]),
            longitude=float(row["lng"]),
        )
        for row in loading.read(REGENCIES)
    ]
    districts = [
        Region(
            code=row["kode"],
            level=Region.Level.DISTRICT,
            parent_id=row["kode_kabupaten"],
            name=row["nama"],
        )
        for row in loading.read(DISTRICTS)
    ]
    regions = loading.upsert(Region, [*provinces, *regencies, *districts], by=["code"])
    loading.retire_others(Region, regions)


DATASETS = (
    Dataset(
        key="wilayah",
        version="idn-area-data 3.1.2",
        source="idn-area-data oleh Fityan Nugroho; cahyadsn/wilayah_boundaries",
        licence="ODbL 1.0; MIT",
        files=(PROVINCES, REGENCIES, DISTRICTS),
        load=load_regions,
    ),
)
