"""The small official lists."""

from __future__ import annotations

from mumpuni.reference.loading.datasets import Dataset, Loading
from mumpuni.reference.models import (
    InstrumentForm,
    NumberPattern,
    Regulation,
    SatisfactionBand,
    SatisfactionElement,
)

PATTERNS = "sertifikat/pola_nomor.csv"
FORMS = "muk/formulir_muk2023.csv"
ELEMENTS = "ikm/unsur_permenpan_14_2017.csv"
BANDS = "ikm/interval_mutu.csv"
GUIDELINES = "regulasi/pedoman_bnsp.csv"
LAWS = "seed/dasar_hukum_disebut.csv"


def load_number_patterns(loading: Loading) -> None:
    rows = [
        NumberPattern(
            subject=row["objek"],
            position=position,
            pattern=row["pola"],
            expression=row["regex"],
            sample=row["contoh_disamarkan"],
            parts=row["komponen"],
            certainty=row["status"],
        )
        for position, row in enumerate(loading.read(PATTERNS), start=1)
    ]
    loading.retire_others(NumberPattern, loading.upsert(NumberPattern, rows, by=["subject"]))


def load_forms_2023(loading: Loading) -> None:
    rows = [
        InstrumentForm(
            muk_version="2023",
            code=row["kode"],
            position=position,
            title=row["judul"],
            group=row["kelompok"],
            phase=row["fase"],
            filled_by=row["pengisi"],
            signed_by=row["penanda_tangan"],
            content=row["isi_pokok"],
            used_when=row["kondisi_pakai"],
            certainty=row["status_sumber"],
        )
        for position, row in enumerate(loading.read(FORMS), start=1)
    ]
    saved = loading.upsert(InstrumentForm, rows, by=["muk_version", "code"])
    loading.retire_others(InstrumentForm, saved, muk_version="2023")


def load_satisfaction(loading: Loading) -> None:
    elements = [
        SatisfactionElement(name=row["unsur"], code=row["kode"], weight=row["bobot_default"])
        for row in loading.read(ELEMENTS)
    ]
    bands = [
        SatisfactionBand(
            perception=int(row["nilai_persepsi"]),
            lowest_mean=row["ni_min"],
            highest_mean=row["ni_maks"],
            lowest_index=row["nik_min"],
            highest_index=row["nik_maks"],
            grade=row["mutu"],
            verdict=row["kinerja"],
        )
        for row in loading.read(BANDS)
    ]
    loading.retire_others(
        SatisfactionElement, loading.upsert(SatisfactionElement, elements, by=["name"])
    )
    loading.retire_others(
        SatisfactionBand, loading.upsert(SatisfactionBand, bands, by=["perception"])
    )


def load_regulations(loading: Loading) -> None:
    guidelines = loading.read(GUIDELINES)
    rows = [
        Regulation(
            number=row["nomor_pedoman"],
            title=row["judul"],
            position=position,
            latest_basis=row["dasar_terakhir_diketahui"],
            earlier_basis=row["dasar_sebelumnya"],
            certainty=row["status_verifikasi"],
        )
        for position, row in enumerate(guidelines, start=1)
    ] + [
        Regulation(
            title=row["peraturan"],
            position=position,
            cited_for=row["konteks_dalam_dokumen"],
            certainty="disebut dalam Laporan Kinerja BNSP 2024",
        )
        for position, row in enumerate(loading.read(LAWS), start=len(guidelines) + 1)
    ]
    loading.retire_others(Regulation, loading.upsert(Regulation, rows, by=["number", "title"]))


DATASETS = (
    Dataset(
        key="pola-nomor",
        version="2024",
        source="kode sumber dan contoh publik yang disamarkan",
        licence="fakta",
        files=(PATTERNS,),
        load=load_number_patterns,
    ),
    Dataset(
        key="formulir-muk",
        version="2023",
        source="formulir MUK 2023 di repositori publik; ringkasan sendiri",
        licence="teks fungsional formulir resmi",
        files=(FORMS,),
        load=load_forms_2023,
    ),
    Dataset(
        key="ikm",
        version="2017",
        source="Permenpan-RB 14/2017",
        licence="peraturan, tanpa hak cipta (UU 28/2014)",
        files=(ELEMENTS, BANDS),
        load=load_satisfaction,
    ),
    Dataset(
        key="regulasi",
        version="2024",
        source="halaman publik BNSP; Laporan Kinerja BNSP 2024",
        licence="fakta",
        files=(GUIDELINES, LAWS),
        load=load_regulations,
    ),
)
