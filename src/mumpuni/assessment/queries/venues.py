"""Venues and what they are verified for."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet

from mumpuni.access.person import Person
from mumpuni.assessment.models import Venue, VenueVerification
from mumpuni.kernel.counting import count_of


def venues(person: Person) -> QuerySet[Venue]:
    """Return the venues a person may see."""
    return Venue.objects.visible_to(person).select_related("organisation", "region")


def venues_counted(person: Person) -> QuerySet[Venue]:
    """Return the venues with `verification_count`."""
    verifications = VenueVerification.objects.filter(venue=OuterRef("pk"))
    return venues(person).annotate(verification_count=count_of(verifications))


def venues_in_full(person: Person) -> QuerySet[Venue]:
    """Return the venues with their verifications; two queries."""
    return venues(person).prefetch_related("verifications__scheme")


def venues_on_offer(organisation_id: int) -> QuerySet[Venue]:
    """Return the venues a body may plan sessions at, by name."""
    return Venue.objects.filter(organisation_id=organisation_id, state=Venue.State.OPEN).order_by(
        "name"
    )
