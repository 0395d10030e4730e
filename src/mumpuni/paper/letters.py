"""Which letters the shipped fonts have, and what stands in for the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).with_name("fonts")
MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u200c-\u200f\ufe0e\ufe0f"
LONG_WORD = re.compile(rf"\S{{36}}(?<!\u200d)(?![\s{MARKS}])")
# joiners, marks of direction, variants of a picture: they shape what is drawn and are not drawn
UNSEEN = frozenset(map(ord, "\u200c\u200d\u200e\u200f\ufe0e\ufe0f"))
CONTROLS = frozenset({"Cc", "Cf"})


def printable(text: str) -> bool:
    """Tell whether the shipped fonts have every letter of a text (C-09).

    Controls are no letters, whatever a font says: some make a name read as another.
    """
    return not unprintable(text)


def unprintable(text: str) -> list[str]:
    """Return each letter of a text that the shipped fonts lack."""
    letters = _letters()
    composed = unicodedata.normalize("NFC", text)
    return [mark for mark in dict.fromkeys(composed) if ord(mark) not in letters]


def printable_parts[T](part: T) -> T:
    """Put a question mark where the fonts have no letter: PDF/A knows no missing glyph.

    A word too long for the narrowest column may go on in the next line, but not before a mark.
    """
    match part:
        case str():
            composed = unicodedata.normalize("NFC", part)
            letters = _letters()
            shown = "".join(mark if ord(mark) in letters else _stand_in(mark) for mark in composed)
            return LONG_WORD.sub("\\g<0>\u200b", shown)  # type: ignore[return-value]
        case dict():
            return {name: printable_parts(value) for name, value in part.items()}  # type: ignore[return-value]
        case list() | tuple():
            return [printable_parts(value) for value in part]  # type: ignore[return-value]
    return part


def _stand_in(mark: str) -> str:
    return "" if unicodedata.category(mark) == "Cf" else "?"


@cache
def _letters() -> frozenset[int]:
    """Return what some family has in every weight."""
    families = {face.name.partition("-")[0] for face in FONTS.glob("*.ttf")}
    drawn = frozenset().union(*(_common(FONTS.glob(f"{family}-*.ttf")) for family in families))
    return UNSEEN.union(mark for mark in drawn if unicodedata.category(chr(mark)) not in CONTROLS)


def _common(faces: Iterable[Path]) -> frozenset[int]:
    return frozenset.intersection(*map(_drawn, faces))


def _drawn(face: Path) -> frozenset[int]:
    """Return what a face has a glyph for; to find the glyphs' names would take five times as long."""
    font = TTFont(face)
    font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
    return frozenset(font.getBestCmap())
