"""Keeping the roll-ups: counting lookups, and counting certificates anew."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date

import structlog
from django.conf import settings
from django.db import connection, transaction

from mumpuni.certificates import queries
from mumpuni.certificates.models import IssuedInYear, LookupCount
from mumpuni.certificates.models.tallies import any_part

log = structlog.get_logger("mumpuni.certificates")

# rows come in one order, so that two who count at once never wait for each other
COUNT_LOOKUPS = """
INSERT INTO certificates_lookupcount (day, channel, verdict, part, total)
SELECT day, channel, verdict, %(part)s, total
FROM unnest(%(days)s::date[], %(channels)s::text[], %(verdicts)s::text[], %(totals)s::int[])
    AS counted (day, channel, verdict, total)
ORDER BY day, channel, verdict
ON CONFLICT (day, channel, verdict, part)
DO UPDATE SET total = certificates_lookupcount.total + excluded.total
"""


class _Lookups:
    """What this process has counted and not written yet."""

    def __init__(self) -> None:
        self._counted: Counter[tuple[date, str, str]] = Counter()
        self._lock = threading.Lock()
        self._written_at = 0.0
        self._later: threading.Timer | None = None

    def count(self, keys: Mapping[tuple[date, str, str], int]) -> None:
        """Add to what is counted; it is written at once, or else some seconds after the last time."""
        with self._lock:
            self._counted.update(keys)
            wait = self._written_at + settings.LOOKUPS_COUNTED_SECONDS - time.monotonic()
            if wait > 0:
                self._write_in(wait)
                return
        self.write()

    def _write_in(self, seconds: float) -> None:
        if self._later is None:
            self._later = threading.Timer(seconds, self._write_from_thread)
            self._later.daemon = True
            self._later.start()

    def _write_from_thread(self) -> None:
        try:
            self.write()
        finally:
            connection.close()

    def write(self) -> None:
        """Write what is counted; one statement."""
        with self._lock:
            counted, self._counted, self._later = self._counted, Counter(), None
            self._written_at = time.monotonic()
        if not counted:
            return
        days, channels, verdicts = zip(*counted, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(
                COUNT_LOOKUPS,
                {
                    "part": any_part(),
                    "days": list(days),
                    "channels": list(channels),
                    "verdicts": list(verdicts),
                    "totals": list(counted.values()),
                },
            )


_lookups = _Lookups()


def count_lookups(channel: LookupCount.Channel, by_verdict: Mapping[str, int], on: date) -> None:
    """Count what was answered on a day; written at once, or with others a few seconds later."""
    _lookups.count({(on, str(channel), verdict): many for verdict, many in by_verdict.items()})


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
