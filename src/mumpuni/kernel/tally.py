"""Counting how often something is done, over all processes that serve."""

from __future__ import annotations

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


def count(key: str, many: int = 1, *, at: datetime, kept: timedelta) -> int:
    """Count so many more under a key and return how many there are by now; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "many": many, "at": at, "until": at + kept})
        [counted] = cursor.fetchone()
    return int(counted)
