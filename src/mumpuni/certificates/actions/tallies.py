"""Keeping the roll-ups: counting lookups, and counting certificates anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import structlog
from django.db import connection, transaction

from mumpuni.certificates import queries
from mumpuni.certificates.models import IssuedInYear, LookupCount
from mumpuni.certificates.models.tallies import any_part

log = structlog.get_logger("mumpuni.certificates")

# verdicts come in one order, so that two who count at once never wait for each other
COUNT_LOOKUPS = """
INSERT INTO certificates_lookupcount (day, channel, verdict, part, total)
SELECT %(day)s, %(channel)s, verdict, %(part)s, total
FROM unnest(%(verdicts)s::text[], %(totals)s::int[]) AS counted (verdict, total) ORDER BY verdict
ON CONFLICT (day, channel, verdict, part)
DO UPDATE SET total = certificates_lookupcount.total + excluded.total
"""


def count_lookups(channel: LookupCount.Channel, by_verdict: Mapping[str, int], on: date) -> None:
    """Count what was answered on a day; one statement."""
    counted: dict[str, Any] = {
        "day": on,
        "channel": channel,
        "part": any_part(),
        "verdicts": list(by_verdict),
        "totals": list(by_verdict.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT_LOOKUPS, counted)


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
