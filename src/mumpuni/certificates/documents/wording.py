"""What a certificate says, in both languages whatever the reader's (F-cert in docs/sources.md)."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from mumpuni.certificates.models import Certificate
from mumpuni.kernel.time import last_day_of_term

WORDS: dict[str, Any] = {
    "heading": {"id": "SERTIFIKAT KOMPETENSI", "en": "Certificate of Competence"},
    "opening": ["Dengan ini menyatakan bahwa,", "This is to certify that,"],
    "competent": ["Telah kompeten pada bidang:", "Is competent in the area of:"],
    "qualification": ["Dengan Kualifikasi / Kompetensi:", "With Qualification / Competency:"],
    "behalf": [
        "Atas nama Badan Nasional Sertifikasi Profesi",
        "On behalf of Indonesian Professional Certification Authority",
    ],
    "signer": ["Ketua LSP", "Chairman"],
    "name": "Nama / Name",
    "units": {"id": "Daftar Unit Kompetensi", "en": "List of Unit(s) of Competency"},
    "columns": ["No.", "Kode unit / Unit code", "Judul unit / Unit title"],
    "simulated": "SIMULASI: bukan sertifikat yang sah / SIMULATION: not a valid certificate",
    "qr": "Kode QR yang membuka halaman verifikasi sertifikat ini",
    "offline": {
        "id": "Periksa tanpa jaringan",
        "en": "Verify offline",
        "alt": "Kode QR yang memuat isi sertifikat ini beserta tanda tangan digitalnya",
    },
    "check": "Periksa keasliannya / Verify it at",
    "closing": (
        "Keaslian dan status sertifikat ini diperiksa melalui kode QR, tidak melalui cetakannya."
        " / The authenticity and status of this certificate are verified through the QR code,"
        " not through its print."
    ),
}
SPELLED = {
    1: ("satu", "one"),
    2: ("dua", "two"),
    3: ("tiga", "three"),
    4: ("empat", "four"),
    5: ("lima", "five"),
    6: ("enam", "six"),
    7: ("tujuh", "seven"),
    8: ("delapan", "eight"),
    9: ("sembilan", "nine"),
    10: ("sepuluh", "ten"),
}
LONGEST_MONTHS = 120


def words_of(certificate: Certificate) -> dict[str, Any]:
    """Return all that the template sets, the words of the form among it."""
    issued_on, valid_until = certificate.issued_on, certificate.valid_until
    level = certificate.kkni_level
    return {
        "title": f"Sertifikat Kompetensi {certificate.number}",
        "words": WORDS | {"validity": _validity(issued_on, valid_until)},
        "simulated": certificate.simulated,
        "number": certificate.number,
        "registration": certificate.registration_number,
        "holder": certificate.holder_name,
        "from_right": _read_from_the_right(certificate.holder_name),
        "field": certificate.field_name,
        "scheme": certificate.scheme_title,
        "scheme_en": certificate.scheme_title_en,
        "level": f"KKNI {level} / IQF level {level}" if level else "",
        "period": f"{_both(issued_on)[0]} – {_both(valid_until)[0]}",
        "body": certificate.body_name,
        "licence": certificate.licence_number,
        "issued": {"year": issued_on.year, "month": issued_on.month, "day": issued_on.day},
        "issued_on": " / ".join(dict.fromkeys(_both(issued_on))),
        "particulars": _particulars(certificate),
        "units": list(certificate.units),
    }


def _read_from_the_right(written: str) -> bool:
    """Ask the first letter that has a direction, as browsers do for `dir="auto"`."""
    directions = (unicodedata.bidirectional(mark) for mark in written)
    return next((one for one in directions if one in {"L", "R", "AL"}), "L") != "L"


def _particulars(certificate: Certificate) -> list[tuple[str, str]]:
    return [
        ("No. sertifikat / Number", certificate.number),
        ("No. registrasi / Reg. no.", certificate.registration_number),
        ("Skema / Scheme", certificate.scheme_title),
        (
            "No. skema / Scheme no.",
            f"{certificate.scheme_number} · v{certificate.scheme_version}",
        ),
        ("LSP / Body", f"{certificate.body_name} · {certificate.licence_number}"),
    ]


def _validity(issued_on: date, valid_until: date) -> list[str]:
    """Return the term as the form spells it, `3 (tiga) tahun`; as months where years do not fit."""
    months = next(
        (
            months
            for months in range(1, LONGEST_MONTHS + 1)
            if last_day_of_term(issued_on, months) == valid_until
        ),
        0,
    )
    years, rest = divmod(months, 12)
    if months and not rest:
        spelled, spelled_en = SPELLED[years]
        term, term_en = f"{years} ({spelled}) tahun", f"{years} ({spelled_en}) year"
        term_en += "s" * (years > 1)
    else:
        term, term_en = f"{months} bulan", f"{months} months"
    return [f"Sertifikat ini berlaku untuk: {term}", f"This certificate is valid for: {term_en}"]


def _both(day: date) -> tuple[str, str]:
    """Return a day in Indonesian and in English."""
    written = []
    for language in ("id", "en"):
        with translation.override(language):
            written.append(date_format(day, "j F Y"))
    return written[0], written[1]
