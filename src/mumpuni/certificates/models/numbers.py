"""How certificates are numbered, and how a number is read, whatever a person typed.

Formats and examples: data/sertifikat/pola_nomor.csv (F-cert and F-certno in docs/sources.md).
"""

from __future__ import annotations

import re

from mumpuni.licensing.models import Licence
from mumpuni.schemes.models import SchemeVersion

NONE_KBLI, NONE_KBJI, NONE_LEVEL = "00000", "0000", 0
LONGEST_TYPED = 100

CERTIFICATE = re.compile(r"(\d{5})(\d{4})(\d)(\d{6,8})(\d{4})")
REGISTRATION = re.compile(r"([A-Z]{1,4})(\d{3,4})(\d{5})(\d{4})")
PUBLIC_ID = re.compile(r"[A-Z2-7]{16}")
BLANK = re.compile(r"\d{8}")


def certificate_number(version: SchemeVersion, serial: int, year: int) -> str:
    """C-05: return `KBLI KBJI level serial year`, as `62010 2512 3 0000042 2026`."""
    kbli = version.kbli.code if version.kbli else NONE_KBLI
    kbji = version.kbji.code if version.kbji else NONE_KBJI
    level = version.kkni_level or NONE_LEVEL
    return f"{kbli} {kbji} {level} {serial:07} {year}"


def registration_number(licence: Licence, serial: int, year: int) -> str:
    """C-05: return `SECTOR.licence.serial.year`, as `TIK.1565.00042.2026`."""
    return f"{licence.sector_code}.{licence.ordinal:03}.{serial:05}.{year}"


def bare(typed: str) -> str:
    """Return the letters and digits of what was typed; nothing of a text too long to be one."""
    if len(typed) > LONGEST_TYPED:
        return ""
    return "".join(mark for mark in typed.upper() if mark.isascii() and mark.isalnum())


def as_certificate_number(typed: str) -> str | None:
    """Return the number as certificates print it, or None where it cannot be one."""
    match = CERTIFICATE.fullmatch(bare(typed))
    return " ".join(match.groups()) if match else None


def as_registration_number(typed: str) -> str | None:
    """Return the number as certificates print it, or None where it cannot be one."""
    match = REGISTRATION.fullmatch(bare(typed))
    return ".".join(match.groups()) if match else None


def as_blank_number(typed: str) -> str | None:
    """Return the eight digits, or None where they are not eight."""
    match = BLANK.fullmatch(bare(typed))
    return match.group() if match else None


def as_public_id(typed: str) -> str | None:
    """Return the identifier from a QR code, or None where it cannot be one."""
    match = PUBLIC_ID.fullmatch(bare(typed))
    return match.group() if match else None
