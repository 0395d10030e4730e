"""Texts that a program sends, as long as their columns hold."""

from typing import Annotated

from ninja import Field
from pydantic import AfterValidator


def _printable(text: str) -> str:
    """Refuse what no text in the database can hold."""
    if "\0" in text:
        raise ValueError("a text has no null characters")
    return text.strip()


Line = Annotated[str, Field(max_length=64), AfterValidator(_printable)]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]
Words = Annotated[str, Field(max_length=120), AfterValidator(_printable)]
Notes = Annotated[str, Field(max_length=5000), AfterValidator(_printable)]
