"""Posts of the authority and the officials whom its report of 2024 names."""

from __future__ import annotations

import calendar
import re
from datetime import date

from mumpuni.reference.loading.datasets import CsvRow, Dataset, Loading
from mumpuni.reference.models import OfficeHolding, Post

ORGANISATION = "seed/organisasi.csv"
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
TERM = re.compile(
    r"(?P<first>\w+)(?: (?P<first_year>\d{4}))? s\.d\. (?P<last>\w+)(?: (?P<year>\d{4}))?"
)
GROUP = re.compile(r"(?P<body>.+?) (?P<years>\d{4}(?:-\d{4})?)")


def load_offices(loading: Loading) -> None:
    rows = loading.read(ORGANISATION)
    places = [(_body_and_years(row["kelompok"])[0], row["jabatan"]) for row in rows]
    posts = {
        (body, title): Post(body=body, title=title, position=position)
        for position, (body, title) in enumerate(dict.fromkeys(places), start=1)
    }
    saved = loading.upsert(Post, list(posts.values()), by=["body", "title"])
    loading.retire_others(Post, saved)
    holdings = [_holding(row, posts[place]) for row, place in zip(rows, places, strict=True)]
    kept = loading.upsert(OfficeHolding, holdings, by=["post", "name", "printed_term"])
    loading.retire_others(OfficeHolding, kept)


def _holding(row: CsvRow, post: Post) -> OfficeHolding:
    _body, years = _body_and_years(row["kelompok"])
    valid_from, valid_until = term(row["masa"])
    return OfficeHolding(
        post=post,
        name=row["nama"],
        printed_term=row["masa"] or years,
        valid_from=valid_from,
        valid_until=valid_until,
    )


def term(printed: str) -> tuple[date | None, date | None]:
    """Return the first and last day of months printed as `Januari s.d. September 2024`.

    `sekarang` (now) has no last day; what is not printed is None.
    """
    match = TERM.fullmatch(printed)
    if match is None:
        return None, None
    first_year = match["first_year"] or match["year"]
    first = date(int(first_year), MONTHS.index(match["first"]) + 1, 1)
    if match["last"] == "sekarang":
        return first, None
    year, month = int(match["year"]), MONTHS.index(match["last"]) + 1
    return first, date(year, month, calendar.monthrange(year, month)[1])


def _body_and_years(group: str) -> tuple[str, str]:
    """Split `Sekretariat BNSP 2024` into the body and the years the report speaks of."""
    match = GROUP.fullmatch(group)
    return (match["body"], match["years"]) if match else (group, "")


DATASETS = (
    Dataset(
        key="jabatan",
        version="2024",
        source="Laporan Kinerja BNSP 2024",
        licence="pejabat publik sebagaimana disebut laporan pemerintah",
        files=(ORGANISATION,),
        load=load_offices,
    ),
)
