"""Reading what is known of how bodies fare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from mumpuni.access.roles import Permission, Reach

if TYPE_CHECKING:
    from mumpuni.access.person import Person


def check_watches(person: Person) -> None:
    """Let the authority's people read what belongs to no organisation; for others it is not there.

    Raises:
        Http404: for everybody else.
    """
    if Reach.NATIONAL not in person.reaches(Permission.SURVEILLANCE_VIEW):
        raise Http404
