"""The instruments of visits: what a team asks of a body, by kind and version.

They are code, since the law writes them: a new version is a new value with its first day, and a
visit is judged by the version of the day on which it was planned. The authority's own forms were
not read; version 1 follows what its report says each phase looks at, and ISO/IEC 17024 as others
quote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from mumpuni.visits.models.kinds import Kind

if TYPE_CHECKING:
    from mumpuni.kernel.workflow import Text


@dataclass(frozen=True)
class Item:
    """One thing to look at; `clause` is where it stands."""

    code: str
    clause: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """The items of one kind of visit from a day on."""

    kind: Kind
    version: int
    valid_from: date
    source: str
    items: tuple[Item, ...]
    verified: bool = False

    @property
    def key(self) -> str:
        """What a visit remembers it by."""
        return f"{self.kind}/{self.version}"

    def item(self, code: str) -> Item | None:
        """Return an item by its code."""
        return next((item for item in self.items if item.code == code), None)


FIRST_DAY: Final = date(2020, 1, 1)
REPORT: Final = "Laporan Kinerja BNSP 2024, 3.B"
STANDARD: Final = "ISO/IEC 17024:2012"

READINESS: Final = Instrument(
    kind=Kind.READINESS,
    version=1,
    valid_from=FIRST_DAY,
    source=REPORT,
    items=(
        Item("K1", REPORT, _("Pimpinan menyatakan komitmen pada sertifikasi yang tidak memihak.")),
        Item("K2", REPORT, _("Lembaga pembentuk mendukung LSP secara tertulis.")),
        Item("K3", REPORT, _("Kantor, peralatan, dan personel siap untuk memulai.")),
        Item("K4", REPORT, _("Skema yang diajukan sesuai dengan lingkup lembaga pembentuk.")),
        Item("K5", REPORT, _("Rencana kerja dan anggaran cukup untuk masa lisensi.")),
    ),
)

ASSESSMENT: Final = Instrument(
    kind=Kind.ASSESSMENT,
    version=1,
    valid_from=FIRST_DAY,
    source=f"{REPORT}; {STANDARD}",
    items=(
        Item("A1", f"{STANDARD} 4.1", _("Badan hukum atau surat keputusan pembentukan sah.")),
        Item(
            "A2",
            f"{STANDARD} 4.2",
            _("Keputusan sertifikasi diambil LSP sendiri dan tidak dilimpahkan."),
        ),
        Item(
            "A3",
            f"{STANDARD} 4.3",
            _("Ancaman terhadap ketidakberpihakan dikenali, dianalisis, dan dikendalikan."),
        ),
        Item("A4", f"{STANDARD} 5.1", _("Struktur organisasi memisahkan tugas dan wewenang.")),
        Item("A5", f"{STANDARD} 5.2", _("Pelatihan terpisah dari sertifikasi.")),
        Item(
            "A6",
            f"{STANDARD} 6.1–6.2",
            _("Personel dan asesor kompeten, cukup jumlahnya, dan bersertifikat."),
        ),
        Item("A7", f"{STANDARD} 6.3", _("Perjanjian dengan TUK dan pihak luar masih berlaku.")),
        Item("A8", f"{STANDARD} 7.1", _("Rekaman sertifikasi lengkap dan terpelihara.")),
        Item(
            "A9",
            f"{STANDARD} 7.3–7.4",
            _("Kerahasiaan dan keamanan materi uji serta data pribadi terjaga."),
        ),
        Item("A10", f"{STANDARD} 8", _("Setiap skema lengkap, mutakhir, dan berperangkat uji.")),
        Item(
            "A11",
            f"{STANDARD} 9.1–9.4",
            _("Permohonan, uji, dan keputusan berjalan menurut prosedur dan terbukti."),
        ),
        Item("A12", f"{STANDARD} 9.8–9.9", _("Banding dan keluhan ditangani dan dicatat.")),
        Item(
            "A13",
            f"{STANDARD} 10",
            _("Audit internal dan tinjauan manajemen direncanakan dan dilakukan."),
        ),
    ),
)

WITNESS: Final = Instrument(
    kind=Kind.WITNESS,
    version=1,
    valid_from=FIRST_DAY,
    source=f"{REPORT}; {STANDARD}",
    items=(
        Item("W1", f"{STANDARD} 9.2", _("Metode uji sahih untuk unit yang diuji.")),
        Item("W2", f"{STANDARD} 6.2", _("Asesor objektif dan tidak membimbing asesi.")),
        Item("W3", f"{STANDARD} 9.3", _("Bukti yang dikumpulkan lengkap, asli, dan mutakhir.")),
        Item("W4", f"{STANDARD} 9.1", _("Identitas dan syarat asesi diperiksa sebelum uji.")),
        Item("W5", f"{STANDARD} 6.3", _("TUK memenuhi syarat tempat dan peralatan skema.")),
        Item("W6", f"{STANDARD} 7.4", _("Materi uji terjaga sebelum, selama, dan sesudah uji.")),
    ),
)

REVIEW: Final = Instrument(
    kind=Kind.REVIEW,
    version=1,
    valid_from=FIRST_DAY,
    source=f"{REPORT}; {STANDARD}",
    items=(
        Item("P1", REPORT, _("Kinerja selama masa lisensi sesuai rencana dan laporannya.")),
        Item("P2", f"{STANDARD} 10", _("Temuan selama masa lisensi tetap terselesaikan.")),
        Item("P3", f"{STANDARD} 8", _("Skema yang diteruskan dipakai dan masih mutakhir.")),
        Item("P4", f"{STANDARD} 6.2", _("Asesor cukup dan bersertifikat untuk skema itu.")),
        Item("P5", f"{STANDARD} 9.8–9.9", _("Banding dan keluhan diselesaikan sampai tuntas.")),
        Item("P6", f"{STANDARD} 4.3", _("Ketidakberpihakan terjaga selama masa lisensi.")),
    ),
)

SURVEILLANCE: Final = Instrument(
    kind=Kind.SURVEILLANCE,
    version=1,
    valid_from=FIRST_DAY,
    source=f"{REPORT}; {STANDARD}",
    items=(
        Item("S1", REPORT, _("Data dan dokumen LSP lengkap dan sesuai keadaan.")),
        Item("S2", REPORT, _("Kegiatan sertifikasi mematuhi pedoman BNSP.")),
        Item("S3", f"{STANDARD} 6.2", _("Asesor yang bertugas masih bersertifikat.")),
        Item("S4", f"{STANDARD} 8", _("Skema masih mengacu pada standar yang berlaku.")),
        Item("S5", f"{STANDARD} 9.7", _("Logo, sertifikat, dan blangko dipakai dengan benar.")),
        Item("S6", f"{STANDARD} 9.9", _("Keluhan sejak kunjungan terakhir ditindaklanjuti.")),
        Item("S7", f"{STANDARD} 10", _("Temuan kunjungan terakhir tetap terselesaikan.")),
    ),
)

RECHECK: Final = Instrument(
    kind=Kind.RECHECK,
    version=1,
    valid_from=FIRST_DAY,
    source="ISO/IEC 17011 7.9.3 menurut ILAC FAQ 24",
    items=(
        Item("R1", REPORT, _("Sebab pemeriksaan ulang telah diatasi sampai akarnya.")),
        Item("R2", REPORT, _("Perbaikan diterapkan dan terbukti di tempat.")),
        Item("R3", REPORT, _("Langkah agar tidak terulang telah berjalan.")),
    ),
)

INSTRUMENTS: Final = (READINESS, ASSESSMENT, WITNESS, REVIEW, SURVEILLANCE, RECHECK)
_BY_KEY: Final = {one.key: one for one in INSTRUMENTS}


def instrument(key: str) -> Instrument:
    """Return an instrument by what a visit remembers."""
    return _BY_KEY[key]


def instrument_on(kind: str, day: date) -> Instrument:
    """Return the instrument of a kind that is in force on a day; before all, the first."""
    of_kind = sorted(
        (one for one in INSTRUMENTS if one.kind == kind), key=lambda one: one.valid_from
    )
    return next((one for one in reversed(of_kind) if one.valid_from <= day), of_kind[0])
