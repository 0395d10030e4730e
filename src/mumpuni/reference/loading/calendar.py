"""The days on which offices are closed."""

from __future__ import annotations

from datetime import date

from mumpuni.reference.loading.datasets import Dataset, Loading
from mumpuni.reference.models import Holiday

HOLIDAYS = "kalender/hari_libur.csv"


def load_holidays(loading: Loading) -> None:
    """Load the holidays; days that a release leaves out are working days again."""
    rows = [
        Holiday(
            day=date.fromisoformat(row["tanggal"]),
            kind=row["jenis"],
            name=row["nama"],
            certainty=row["status_verifikasi"],
        )
        for row in loading.read(HOLIDAYS)
    ]
    loading.retire_others(Holiday, loading.upsert(Holiday, rows, by=["day", "name"]))


DATASETS = (
    Dataset(
        key="kalender",
        version="2019-2027",
        source="pustaka holidays 0.108; belum dicocokkan dengan SKB 3 Menteri",
        licence="MIT",
        files=(HOLIDAYS,),
        load=load_holidays,
    ),
)
