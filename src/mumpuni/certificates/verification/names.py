"""When two writings of a name are the same name (V-06)."""

from __future__ import annotations

import re
import unicodedata

BEFORE_A_NAME = frozenset(
    {
        "prof",
        "dr",
        "drg",
        "dra",
        "drs",
        "ir",
        "apt",
        "ns",
        "h",
        "hj",
        "kh",
        "tn",
        "ny",
        "sdr",
        "sdri",
    }
)
# S.Kom, M.T., A.Md, Ph.D: letters with a dot inside
DEGREE = re.compile(r"(?:[^\W\d_]{1,4}\.)+[^\W\d_]{1,6}\.?")


def same_name(one: str, other: str) -> bool:
    """Tell whether two writings differ at most in case, spacing, marks and titles."""
    name = _bare(one)
    return bool(name) and name == _bare(other)


def initials(written: str) -> str:
    """Return a name as `D. A. L.`: enough to recognise whom one knows, too little to learn it."""
    return " ".join(f"{word[0].upper()}." for word in _bare(written))


def _bare(written: str) -> list[str]:
    words = written.partition(",")[0].split()
    while len(words) > 1 and _plain(words[0]) in BEFORE_A_NAME:
        words.pop(0)
    while len(words) > 1 and DEGREE.fullmatch(words[-1]):
        words.pop()
    return [plain for word in words for plain in _plain(word).split()]


def _plain(word: str) -> str:
    """Return letters and digits without case and diacritics; hyphens of any script part words."""
    spread = unicodedata.normalize("NFKD", word).casefold()
    parted = (" " if unicodedata.category(mark) == "Pd" else mark for mark in spread)
    return "".join(mark for mark in parted if mark.isalnum() or mark == " ")
