"""What the header links to. The entries themselves are in `config/navigation.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrOrPromise

    from mumpuni.access.person import Person


@dataclass(frozen=True)
class Entry:
    """One link of the header: a URL name, its label and who may use it.

    `permission` None means everybody, signed in or not.
    """

    url_name: str
    label: _StrOrPromise
    permission: str | None = None


@dataclass(frozen=True)
class Link:
    """An entry made for one request."""

    url: str
    label: _StrOrPromise
    current: bool


def links(entries: Iterable[Entry], person: Person | None, path: str) -> list[Link]:
    """Return what this person may open; the longest entry that begins the path is current."""
    open_to = [
        (reverse(entry.url_name), entry.label)
        for entry in entries
        if entry.permission is None or (person is not None and person.holds(entry.permission))
    ]
    current = max((url for url, _ in open_to if path.startswith(url)), key=len, default="")
    return [Link(url, label, url == current and url != "/") for url, label in open_to]
