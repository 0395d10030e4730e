"""Of what documents are made: blocks that a template sets on paper, and a page shows likewise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

type Block = dict[str, Any]


def heading(text: str) -> Block:
    return {"kind": "heading", "text": text}


def paragraph(text: str) -> Block:
    return {"kind": "paragraph", "text": text}


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """Pairs of what something is called and what it is."""
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def numbered(items: Iterable[str]) -> Block:
    """A list that numbers itself."""
    return {"kind": "list", "items": list(items)}


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Block:
    """Rows under headings; the last column takes what room is left."""
    return {"kind": "table", "headings": list(headings), "rows": [list(row) for row in rows]}
