"""Roll-ups of the certificates: what pages tell of millions of rows without reading them."""

from __future__ import annotations

from django.db import models


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
