"""How lists are asked for: so many at a time, from a place, with a text to search for."""

from __future__ import annotations

from typing import Annotated

from ninja import Field, Schema
from ninja.pagination import LimitOffsetPagination
from pydantic import AfterValidator

MOST_AT_A_TIME = 1_000
LAST_PLACE = 2**31 - 1
LAST_KEY = 2**63 - 1
LONGEST_SEARCH = 200


def _without_nul(text: str) -> str:
    """Refuse what no text in the database can hold."""
    if "\0" in text:
        raise ValueError("a text has no null characters")
    return text


Key = Annotated[int, Field(ge=1, le=LAST_KEY)]
SearchText = Annotated[str, Field(max_length=LONGEST_SEARCH), AfterValidator(_without_nul)]


class Pages(LimitOffsetPagination):
    """`limit` and `offset`, within what a page can hold and the database can count."""

    class Input(Schema):
        """What the address may ask for."""

        limit: int = Field(100, ge=1, le=MOST_AT_A_TIME)
        offset: int = Field(0, ge=0, le=LAST_PLACE)
