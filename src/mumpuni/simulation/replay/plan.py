"""How many of what a year had, as its report prints it, and what follows where it is silent."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from django.conf import settings
from django.utils.translation import gettext_lazy as _

REPORTED = 2024
STAGES, YEARS, TYPES = (
    "seed/verifikasi_lsp_2024.csv",
    "seed/lsp_per_tahun.csv",
    "seed/lsp_per_jenis_2024.csv",
)
FREEZES = "seed/sanksi_pembekuan_2024.csv"
SUMMARY = "Ringkasan Eksekutif"
ASSUMPTIONS = (
    _("Lisensi baru di luar yang disaksikan pada tahun itu sudah dikunjungi tahun sebelumnya."),
    _("Calon LSP yang disaksikan tanpa apresiasi tahun itu sudah diapresiasi tahun sebelumnya."),
    _("Permohonan tanpa apresiasi masih menunggu pada akhir tahun."),
    _("Asesmen penuh selebihnya adalah untuk penambahan ruang lingkup."),
    _("LSP yang berkurang tanpa penjelasan habis masa lisensinya."),
    _("Relisensi yang diajukan dan yang disetujui sama banyaknya."),
    _("Jumlah per jenis LSP mengikuti Ringkasan Eksekutif."),
)


@dataclass(frozen=True)
class Plan:
    """Groups of bodies by what they go through in the year; sizes add up to the report's figures."""

    visited_before: int
    appreciated_before: int
    from_the_start: int
    waiting: int
    renewals: int
    scopes: int
    scopes_assessed: int
    surveillance: int
    lapsed: int
    standing_p1: int
    standing_p2: int
    standing_p3: int
    new_p1: int
    new_p2: int
    new_p3: int
    freezes: int

    def scaled(self, scale: float) -> Plan:
        """Return a smaller year; the freezes are all there, since each is told by itself."""
        smaller = {
            one.name: math.ceil(getattr(self, one.name) * scale)
            for one in fields(self)
            if one.name != "freezes"
        }
        grown = replace(self, **smaller)
        new = grown.visited_before + grown.appreciated_before + grown.from_the_start
        return replace(grown, new_p1=new - grown.new_p2 - grown.new_p3)

    @property
    def granted(self) -> int:
        """New licences of the year."""
        return self.visited_before + self.appreciated_before + self.from_the_start

    @property
    def expected(self) -> dict[str, int]:
        """The figures of the year, by their keys."""
        witnessed = self.appreciated_before + self.from_the_start
        by_type = {
            "active_p1": self.standing_p1 + self.new_p1,
            "active_p2": self.standing_p2 + self.new_p2,
            "active_p3": self.standing_p3 + self.new_p3,
        }
        return {
            "applications": self.from_the_start + self.waiting,
            "readiness_visits": self.from_the_start,
            "full_assessments": witnessed + self.scopes_assessed,
            "witness_visits": witnessed,
            "new_licences": self.granted,
            "renewals_submitted": self.renewals,
            "renewals_granted": self.renewals,
            "scope_changes": self.scopes + self.scopes_assessed,
            "surveillance_visits": self.surveillance,
            "freezes": self.freezes,
            "active": sum(by_type.values()),
            **by_type,
        }


def read_plan(year: int) -> Plan:
    """Read the report's figures of a year.

    Raises:
        LookupError: there are none of that year.
    """
    if year != REPORTED:
        raise LookupError(year)
    standing = {int(row["tahun"]): int(row["jumlah_lsp_terlisensi"]) for row in _rows(YEARS)}
    stages = {row["tahap"].split(" (")[0]: int(row["jumlah"]) for row in _rows(STAGES)}
    types = {row["jenis"]: int(row["jumlah"]) for row in _rows(TYPES) if row["lokasi"] == SUMMARY}
    frozen = sum(1 for _row in _rows(FREEZES))
    new, witnessed = stages["LSP terlisensi baru"], stages["Penyaksian uji"]
    new_p2, new_p3 = (round(new * types[one] / types["total"]) for one in ("P2", "P3"))
    new_p1 = new - new_p2 - new_p3
    assessed_scopes = stages["Full Assessment"] - witnessed
    return Plan(
        visited_before=new - witnessed,
        appreciated_before=witnessed - stages["Apresiasi"],
        from_the_start=stages["Apresiasi"],
        waiting=stages["Pengajuan calon LSP"] - stages["Apresiasi"],
        renewals=stages["Relisensi"],
        scopes=stages["Penambahan/penyesuaian ruang lingkup"] - assessed_scopes,
        scopes_assessed=assessed_scopes,
        surveillance=stages["Surveilans"],
        lapsed=standing[year - 1] + new - frozen - standing[year],
        standing_p1=types["P1"] - new_p1,
        standing_p2=types["P2"] - new_p2,
        standing_p3=types["P3"] - new_p3,
        new_p1=new_p1,
        new_p2=new_p2,
        new_p3=new_p3,
        freezes=frozen,
    )


def _rows(path: str) -> Iterator[dict[str, str]]:
    with (settings.DATA / path).open(newline="") as file:
        yield from csv.DictReader(file)
