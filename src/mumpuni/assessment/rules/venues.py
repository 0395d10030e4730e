"""What is required of a venue (TUK) and of those who verify it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from mumpuni.assessment.models import Venue, VenueVerification
from mumpuni.kernel.errors import Refused


def verifiers_are_independent(venue: Venue, verification: VenueVerification) -> None:
    """A-02: two different people verify a venue, and neither keeps it."""
    first, second = _plain(verification.first_verifier), _plain(verification.second_verifier)
    if first == second:
        raise Refused(_("Verifikator TUK harus dua orang yang berbeda."), code="A-02")
    if _plain(venue.keeper) in {first, second}:
        raise Refused(
            _("Penanggung jawab TUK tidak boleh memverifikasi tempatnya sendiri."), code="A-02"
        )


def check_verified(venue: Venue, scheme_id: int, day: date) -> None:
    """A-03: a venue is verified for the scheme before it is used."""
    verified = any(
        one.scheme_id == scheme_id and one.verified_on <= day for one in venue.verifications.all()
    )
    if not verified:
        raise Refused(
            _("TUK %(venue)s belum diverifikasi untuk skema ini pada tanggal asesmen.")
            % {"venue": venue},
            code="A-03",
        )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
