"""What an identity number must look like, and how it is shown once it is known."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from mumpuni.access.models import Individual

NIK: Final = re.compile(r"\d{6}(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d\d)\d{4}", re.ASCII)
PASSPORT: Final = re.compile(r"[A-Z0-9]{6,12}", re.ASCII)
WOMANS_DAY: Final = 40
SHOWN_DIGITS: Final = 4


def is_plausible(kind: str, number: str) -> bool:
    """Tell whether a number can be one of its kind.

    A NIK holds a date of birth, women's days written plus 40; its region may be an abolished one,
    and it has no check digit.
    """
    plain = "".join(number.split()).upper()
    if kind == Individual.Document.PASSPORT:
        return PASSPORT.fullmatch(plain) is not None
    found = NIK.fullmatch(plain)
    return found is not None and not plain.endswith("0000") and _holds_a_date(found)


def _holds_a_date(nik: re.Match[str]) -> bool:
    day, month, year = (int(nik[part]) for part in ("day", "month", "year"))
    return any(_is_date(century + year, month, day % WOMANS_DAY) for century in (1900, 2000))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def masked(number: str) -> str:
    """Return a number as it is shown after it was entered: its last four characters."""
    return "•" * (len(number) - SHOWN_DIGITS) + number[-SHOWN_DIGITS:]
