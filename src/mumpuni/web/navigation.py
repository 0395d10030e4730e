"""What header and footer link to. The entries themselves are in `config/navigation.py`."""

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
    """One link of header or footer: a URL name, its label and who may use it.

    `permission` None means everybody, signed in or not. With `alone` the link is for those only who
    act for no organisation.
    """

    url_name: str
    label: _StrOrPromise
    permission: str | None = None
    alone: bool = False

    def is_for(self, person: Person | None) -> bool:
        """Tell whether this person may use the link and has use for it."""
        if self.permission is None:
            return True
        if person is None or (self.alone and person.organisation_id is not None):
            return False
        return person.holds(self.permission)


@dataclass(frozen=True)
class Link:
    """An entry made for one request."""

    url: str
    label: _StrOrPromise
    current: bool
    public: bool = False


def links(entries: Iterable[Entry], person: Person | None, path: str) -> list[Link]:
    """Return what this person may open; the longest entry that begins the path is current."""
    useful = {reverse(entry.url_name): entry for entry in entries if entry.is_for(person)}
    current = max((url for url in useful if path.startswith(url)), key=len, default="")
    return [
        Link(url, entry.label, url == current, entry.permission is None)
        for url, entry in useful.items()
    ]
