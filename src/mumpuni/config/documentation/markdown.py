"""Pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import translation

from mumpuni.kernel.workflow import Text

NOTICE = "<!-- Written by `make docs` from the code; a change here is overwritten. -->"


def document(*parts: str) -> str:
    """Return a whole file: the notice, then the parts with an empty line between them."""
    return "\n\n".join([NOTICE, *parts]) + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a bar in a cell does not end it."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', '\\|') for cell in line)} |" for line in lines
    )


def code(names: Iterable[str]) -> str:
    """Return names as code, separated by commas."""
    return ", ".join(f"`{name}`" for name in names)


def both_languages(text: Text) -> str:
    """Return a text in Indonesian and, where it differs, in English."""
    with translation.override("id"):
        indonesian = str(text)
    with translation.override("en"):
        english = str(text)
    return indonesian if english == indonesian else f"{indonesian} ({english})"
