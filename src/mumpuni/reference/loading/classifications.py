"""KBLI, KBJI and KKNI, each with its version."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from mumpuni.reference.loading.datasets import CsvRow, Dataset, Loading
from mumpuni.reference.models import ClassificationCode

KBLI = "klasifikasi/kbli2020.csv"
KBJI = "klasifikasi/kbji2014.csv"
KKNI = "klasifikasi/kkni_jenjang.csv"
System = ClassificationCode.System


def load_kbli_2020(loading: Loading) -> None:
    rows = loading.read(KBLI)
    _load_tree(loading, [_entry(row, System.KBLI, "2020") for row in rows])


def load_kbji_2014(loading: Loading) -> None:
    rows = loading.read(KBJI)
    _load_tree(loading, [_entry(row, System.KBJI, "2014") for row in rows])


def load_kkni_2012(loading: Loading) -> None:
    entries = [
        (
            ClassificationCode(
                system=System.KKNI,
                version="2012",
                code=row["jenjang"],
                level=1,
                level_name="jenjang",
                title=f"Jenjang {row['romawi']}: {row['kelompok_jabatan']}",
                attributes={
                    "roman": row["romawi"],
                    "occupation_group": row["kelompok_jabatan"],
                    "education": row["penyetaraan_pendidikan"],
                    "basis": row["dasar"],
                },
            ),
            "",
        )
        for row in loading.read(KKNI)
    ]
    _load_tree(loading, entries)


def _entry(row: CsvRow, system: str, version: str) -> tuple[ClassificationCode, str]:
    entry = ClassificationCode(
        system=system,
        version=version,
        code=row["kode"],
        level=int(row["tingkat"]),
        level_name=row["nama_tingkat"],
        title=row["judul"],
    )
    return entry, row["induk"]


def _load_tree(loading: Loading, entries: Sequence[tuple[ClassificationCode, str]]) -> None:
    """Load one version of one system from (entry, code of its parent), level by level."""
    parent_of = {entry.code: parent for entry, parent in entries}
    saved: dict[str, ClassificationCode] = {}
    by_level = attrgetter("level")
    for _level, group in groupby(sorted((e for e, _parent in entries), key=by_level), key=by_level):
        rows = list(group)
        for row in rows:
            row.parent = saved.get(parent_of[row.code])
        loading.upsert(ClassificationCode, rows, by=["system", "version", "code"])
        saved |= {row.code: row for row in rows}
    first, _parent = entries[0]
    loading.retire_others(
        ClassificationCode, list(saved.values()), system=first.system, version=first.version
    )


DATASETS = (
    Dataset(
        key="kbli",
        version="2020",
        source="Peraturan BPS 2/2020, kode dari bayurayhan/chatbot-kbli-kbji",
        licence="peraturan, tanpa hak cipta (UU 28/2014)",
        files=(KBLI,),
        load=load_kbli_2020,
    ),
    Dataset(
        key="kbji",
        version="2014",
        source="KBJI 2014 Kemnaker dan BPS, kode dari bayurayhan/chatbot-kbli-kbji",
        licence="kode dan judul klasifikasi resmi",
        files=(KBJI,),
        load=load_kbji_2014,
    ),
    Dataset(
        key="kkni",
        version="2012",
        source="Perpres 8/2012 pasal 2 dan 5",
        licence="peraturan, tanpa hak cipta (UU 28/2014)",
        files=(KKNI,),
        load=load_kkni_2012,
    ),
)
