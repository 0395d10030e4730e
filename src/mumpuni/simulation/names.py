"""Made-up people: every name is drawn from parts, every identity number names no real district."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

PARTS = json.loads(Path(__file__).with_suffix(".json").read_text())

# No province has a subdistrict 99: such a number is well formed and belongs to nobody.
NOWHERE = "317499"
FOR_WOMEN = 40
OLDEST, YOUNGEST = date(1975, 1, 1), date(2005, 12, 31)


@dataclass(frozen=True)
class MadePerson:
    """A person who does not exist; `nik` agrees with sex and day of birth."""

    name: str
    sex: str
    born_in: str
    born_on: date
    nik: str
    email: str
    phone: str


def people(count: int, seed: int) -> Iterator[MadePerson]:
    """Yield `count` people, the same ones for the same seed, no two of one number."""
    chance = random.Random(seed)  # noqa: S311 - they are to be the same at every run
    for ordinal in range(1, count + 1):
        female = chance.random() < 0.5  # noqa: PLR2004 - one half
        sex = "female" if female else "male"
        first, *rest = (chance.choice(PARTS[part]) for part in (sex, "middle", "last"))
        born_on = OLDEST + timedelta(days=chance.randrange((YOUNGEST - OLDEST).days))
        yield MadePerson(
            name=" ".join([first, *rest]),
            sex=sex,
            born_in=chance.choice(PARTS["places"]),
            born_on=born_on,
            nik=_nik(born_on, seed * 100 + ordinal, female=female),
            email=f"{first.lower()}.{seed}.{ordinal}@contoh.test",
            phone=f"+62000{seed:04d}{ordinal:04d}",
        )


def _nik(born_on: date, serial: int, *, female: bool) -> str:
    day = born_on.day + (FOR_WOMEN if female else 0)
    return f"{NOWHERE}{day:02d}{born_on:%m%y}{serial % 9999 + 1:04d}"
