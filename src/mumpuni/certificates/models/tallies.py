"""Roll-ups of the certificates: what pages tell of millions of rows without reading them."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

PARTS = 8


def any_part() -> int:
    return secrets.randbelow(PARTS)


class IssuedInYear(models.Model):
    """How many certificates a year saw issued, reissues left out, among those counted so far.

    `counted_to` is the highest key counted, the same in every row; what came later is counted from
    the certificates themselves (`queries.issued_by_year`).
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    total = models.PositiveIntegerField()
    counted_to = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.year}: {self.total}"


class LookupCount(models.Model):
    """How often a day saw certificates looked up with one verdict; whose is not kept.

    Each count is the sum of some `part`s, so that not everybody who asks waits for one row.
    """

    class Channel(models.TextChoices):
        PAGE = "page", _("Halaman")
        BATCH = "batch", _("Pemeriksaan bersama")
        API = "api", _("API")
        CLI = "cli", _("Baris perintah")

    day = models.DateField()
    channel = models.CharField(max_length=8, choices=Channel)
    verdict = models.CharField(max_length=32)
    part = models.PositiveSmallIntegerField(default=any_part)
    total = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "channel", "verdict", "part"], name="lookups_counted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.channel} {self.verdict}: {self.total}"
