"""What somebody typed or scanned, and how often one may ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.certificates.models import numbers
from mumpuni.certificates.verification import (
    Verification,
    verify_blank,
    verify_number,
    verify_public_id,
)
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.secrecy import blind_index
from mumpuni.kernel.tally import count_one

WINDOW = timedelta(minutes=1)
LOOKUPS = Policy(
    name="portal.lookups",
    label=gettext_lazy("Pemeriksaan sertifikat dari satu alamat jaringan"),
    unit=gettext_lazy("per menit"),
    default=60,
    source="rancangan (W-20)",
)
# the alphabet of public identifiers has no digits that look like letters
MISREAD: Final = str.maketrans({"0": "O", "1": "I", "8": "B"})


class TooMany(Refused):
    """Too many lookups from one address; the minute after is free again."""

    status = 429


def look_up(typed: str, name: str = "") -> Verification:
    """Verify by whatever number it is: of a certificate, a registration, a blank or a QR code."""
    if "/v/" in typed:
        return scanned(typed.rpartition("/v/")[2])
    if numbers.as_blank_number(typed):
        return verify_blank(typed, name)
    if numbers.as_certificate_number(typed) or numbers.as_registration_number(typed):
        return verify_number(typed, name)
    if numbers.as_public_id(typed.translate(MISREAD)):
        return scanned(typed)
    return verify_number(typed, name)


def scanned(public_id: str) -> Verification:
    """Verify by the code of a QR code, also where somebody read a letter as a digit."""
    return verify_public_id(public_id.upper().translate(MISREAD))


def count_lookup(request: HttpRequest) -> None:
    """W-20: let one network address look up so many certificates in a minute and no more.

    Counted under a keyed digest that is forgotten with its minute: no address is written anywhere.
    """
    address, now = get_adapter().get_client_ip(request), timezone.now()
    minute = int(now.timestamp()) // WINDOW.seconds
    key = blind_index(f"lookups {address} {minute}")
    if count_one(key, at=now, kept=WINDOW) > LOOKUPS.on(timezone.localdate()):
        raise TooMany(
            _(
                "Terlalu banyak pemeriksaan dari jaringan Anda. Coba lagi satu menit lagi."
                " Untuk memeriksa banyak sertifikat, tanyakan kepada BNSP tentang akses data."
            ),
            code="W-20",
        )
