"""Rebuilding the roll-ups from the certificates."""

from __future__ import annotations

import structlog
from django.db import transaction

from mumpuni.certificates import queries
from mumpuni.certificates.models import IssuedInYear

log = structlog.get_logger("mumpuni.certificates")


def count_issued() -> dict[int, int]:
    """Count every certificate anew and return by how much each year was told wrong.

    A certificate may be saved after another of a higher key, and is missed until this is done next.
    """
    with transaction.atomic():
        told = queries.issued_by_year()
        counted, counted_to = queries.count_by_year()
        IssuedInYear.objects.all().delete()
        IssuedInYear.objects.bulk_create(
            IssuedInYear(year=year, total=total, counted_to=counted_to)
            for year, total in counted.items()
        )
    wrong = {
        year: told.get(year, 0) - counted.get(year, 0)
        for year in told.keys() | counted.keys()
        if told.get(year) != counted.get(year)
    }
    log.info("issued_counted", certificates=sum(counted.values()), wrong=wrong)
    return wrong
