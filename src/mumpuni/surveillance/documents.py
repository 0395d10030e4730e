"""How a dossier reads on paper: Indonesian, whatever the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import translation

from mumpuni.casework.documents import letter, written
from mumpuni.kernel.workflow import Text
from mumpuni.paper import blocks
from mumpuni.surveillance.models import Dossier
from mumpuni.surveillance.models.dossiers import BY_YEAR

HEADING = "Dosier Kinerja"
NOTHING = "–"


def told(dossier: Dossier) -> dict[str, Any]:
    """Return what a document says of a dossier."""
    licence = dossier.licence
    about = f"{licence.organisation} ({licence.number})"
    with translation.override("id"):
        return letter(HEADING, about, _blocks(dossier))


def _blocks(dossier: Dossier) -> list[blocks.Block]:
    shown = dossier.shown
    totals = [("Jumlah", [count for _label, count in shown.totals])]
    years = [(str(year), [count for _label, count in counts]) for year, counts in shown.years]
    return [
        blocks.paragraph(
            f"Kinerja dari {written(dossier.first)} hingga {written(dossier.last)}, dihitung dari"
            " catatan saat relisensi diajukan."
        ),
        blocks.paragraph(f"SHA-256 {dossier.sha256}"),
        blocks.heading("Asesmen dan sertifikat"),
        blocks.table(
            ["Tahun", *map(str, BY_YEAR.values())],
            [[name, *map(str, counts)] for name, counts in [*years, *totals]],
        ),
        blocks.facts(
            [
                *_counts("Diganti", shown.replacements),
                ("Sertifikat dicabut", str(shown.facts["revocations"])),
            ]
        ),
        blocks.heading("Temuan"),
        blocks.table(
            ["Kategori", "Disampaikan", "Ditutup", "Belum selesai", "Rata-rata hari"],
            [
                [
                    str(row["label"]),
                    str(row["raised"]),
                    str(row["closed"]),
                    str(row["unsettled"]),
                    NOTHING if row["mean_days"] is None else str(row["mean_days"]),
                ]
                for row in shown.findings
            ],
        ),
        blocks.heading("Surveilans dan pemeriksaan ulang"),
        blocks.numbered(map(_visit, shown.visits))
        if shown.visits
        else blocks.paragraph("Tidak ada pada masa ini."),
        blocks.heading("Laporan penyalahgunaan dan tenggat"),
        blocks.facts(
            [
                *_counts("Laporan", shown.reports),
                ("Tenggat dipenuhi", str(shown.facts["deadlines"]["met"])),
                ("Tenggat terlewat", str(shown.facts["deadlines"]["missed"])),
            ]
        ),
    ]


def _counts(what: str, counts: Iterable[tuple[Text, int]]) -> list[tuple[str, str]]:
    return [(f"{what}: {label}", str(count)) for label, count in counts]


def _visit(visit: dict[str, Any]) -> str:
    day: date = visit["on"]
    return (
        f"{written(day)}: {visit['label']}, {visit['recommendation']}, {visit['findings']} temuan"
    )
