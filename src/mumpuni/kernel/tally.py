"""Counting how often something is done, over all processes that serve."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime, timedelta

from django.db import connection

COUNT = """
WITH forgotten AS (
    DELETE FROM kernel_tally WHERE key IN (
        SELECT key FROM kernel_tally WHERE until < %(at)s LIMIT 100 FOR UPDATE SKIP LOCKED
    )
)
INSERT INTO kernel_tally (key, count, until) VALUES (%(key)s, %(many)s, %(until)s)
ON CONFLICT (key) DO UPDATE SET count = kernel_tally.count + %(many)s
RETURNING count
"""


class _Here:
    """What this process alone has counted, at most for a time."""

    def __init__(self) -> None:
        self._counted: Counter[str] = Counter()
        self._until: datetime | None = None
        self._lock = threading.Lock()

    def count(self, key: str, many: int, at: datetime, kept: timedelta) -> int:
        with self._lock:
            if self._until is None or at >= self._until:
                self._counted.clear()
                self._until = at + kept
            self._counted[key] += many
            return self._counted[key]


_here = _Here()


def count(key: str, many: int = 1, *, at: datetime, kept: timedelta, alone: int = 0) -> int:
    """Count so many more under a key and return how many there are by now.

    The first `alone` of a key are known to this process only, and cost no query; what comes after
    is told with them to all processes, in one statement.
    """
    if alone:
        here = _here.count(key, many, at, kept)
        if here <= alone:
            return here
        if here - many <= alone:
            many = here
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "many": many, "at": at, "until": at + kept})
        [counted] = cursor.fetchone()
    return int(counted)
