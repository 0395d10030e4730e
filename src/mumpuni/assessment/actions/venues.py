"""Changes to a venue's verifications."""

from __future__ import annotations

from collections.abc import Callable

from mumpuni.assessment.models import Venue, VenueVerification
from mumpuni.assessment.rules import venues as rules
from mumpuni.kernel.workflow import Changes


def verify_venue(verification: VenueVerification) -> Callable[[Venue], Changes]:
    """Enter a verification for a scheme; a newer one takes the place of the older."""

    def change(venue: Venue) -> Changes:
        rules.verifiers_are_independent(venue, verification)
        before = venue.verifications.filter(scheme=verification.scheme).first()
        after, _new = venue.verifications.update_or_create(
            scheme=verification.scheme,
            defaults={
                "letter_number": verification.letter_number,
                "verified_on": verification.verified_on,
                "first_verifier": verification.first_verifier,
                "second_verifier": verification.second_verifier,
            },
        )
        return {str(after.scheme): ["" if before is None else _written(before), _written(after)]}

    return change


def _written(verification: VenueVerification) -> str:
    return (
        f"{verification.verified_on} · {verification.letter_number} ·"
        f" {verification.first_verifier}, {verification.second_verifier}"
    )
