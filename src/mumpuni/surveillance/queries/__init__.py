"""Reading what is known of how bodies fare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404

from mumpuni.access.roles import Permission, Reach
from mumpuni.surveillance.models import RiskScore

if TYPE_CHECKING:
    from mumpuni.access.person import Person


def check_watches(person: Person) -> None:
    """Let the authority's people read what belongs to no organisation; for others it is not there.

    Raises:
        Http404: for everybody else.
    """
    if not watches(person):
        raise Http404


def watches(person: Person) -> bool:
    """Tell whether somebody watches the bodies for the authority."""
    return Reach.NATIONAL in person.reaches(Permission.SURVEILLANCE_VIEW)


def risks(person: Person) -> QuerySet[RiskScore]:
    """Return the scores of all bodies as last worked out; none for whoever does not watch them."""
    scores = RiskScore.objects.select_related("licence__organisation__region")
    return scores if watches(person) else scores.none()
