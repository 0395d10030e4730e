"""How often one may ask, and what is counted of the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.certificates.actions import count_lookups
from mumpuni.certificates.models import LookupCount
from mumpuni.certificates.verification import Verification
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.secrecy import blind_index
from mumpuni.kernel.tally import count

LOOKUPS = Policy(
    name="portal.lookups",
    label=gettext_lazy("Pemeriksaan sertifikat dari satu alamat jaringan"),
    unit=gettext_lazy("per menit"),
    default=60,
    source="rancangan (W-20)",
)
BATCH_ROWS = Policy(
    name="portal.batch_rows",
    label=gettext_lazy("Baris pemeriksaan bersama dari satu alamat jaringan"),
    unit=gettext_lazy("per jam"),
    default=3000,
    source="rancangan (W-21)",
)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class TooMany(Refused):
    """Too many lookups from one address; the window after is free again."""

    status = 429


def count_lookup(request: HttpRequest) -> None:
    """W-20: let one network address look up so many certificates in a minute and no more."""
    most = LOOKUPS.on(timezone.localdate())
    if _counted(request, "lookups", 1, MINUTE, alone=most // 10) > most:
        raise TooMany(
            _(
                "Terlalu banyak pemeriksaan dari jaringan Anda. Coba lagi satu menit lagi."
                " Untuk memeriksa banyak sertifikat, pakailah pemeriksaan bersama."
            ),
            code="W-20",
        )


def count_rows(request: HttpRequest, rows: int) -> None:
    """W-21: let one network address ask for so many rows in an hour and no more."""
    if _counted(request, "rows", rows, HOUR) > BATCH_ROWS.on(timezone.localdate()):
        raise TooMany(
            _(
                "Terlalu banyak baris dari jaringan Anda. Coba lagi satu jam lagi, atau tanyakan"
                " kepada BNSP tentang akses data."
            ),
            code="W-21",
        )


def _counted(request: HttpRequest, what: str, many: int, window: timedelta, alone: int = 0) -> int:
    """Count under a keyed digest that is forgotten with its window: no address is written."""
    address, now = get_adapter().get_client_ip(request), timezone.now()
    key = blind_index(f"{what} {address} {int(now.timestamp()) // window.seconds}")
    return count(key, many, at=now, kept=window, alone=alone)


def tally(channel: LookupCount.Channel, answers: Iterable[Verification]) -> None:
    """V-12: count answers by verdict and nothing else; who asked for whom is not kept."""
    count_lookups(channel, Counter(str(one.verdict) for one in answers), on=timezone.localdate())
