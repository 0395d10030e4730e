"""The limits and durations that assessment asks for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.kernel.policy import Policy

CANDIDATES_PER_ASSESSOR = Policy(
    name="assessment.candidates_per_assessor",
    label=_("Asesi paling banyak per asesor per hari"),
    unit=_("orang"),
    default=10,
    source="Praktik LSP; paket PSKK 20 asesi dengan 2 asesor (A-11)",
)
TRAINER_ABSTENTION_MONTHS = Policy(
    name="assessment.trainer_abstention_months",
    label=_("Jeda sebelum asesor boleh mengases orang yang dilatihnya"),
    unit=_("bulan"),
    default=24,
    source="ISO/IEC 17024:2012 4.3, menurut sumber sekunder (A-13)",
)
BACK_ENTRY_DAYS = Policy(
    name="assessment.back_entry_days",
    label=_("Jadwal boleh dibuka setelah tanggal asesmennya lewat"),
    unit=_("hari"),
    default=0,
    source="rancangan: surat tugas dan jadwal mendahului uji (A-04)",
)
