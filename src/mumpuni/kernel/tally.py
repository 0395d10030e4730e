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
INSERT INTO kernel_tally (key, count, until) VALUES (%(key)s, 1, %(until)s)
ON CONFLICT (key) DO UPDATE SET count = kernel_tally.count + 1
RETURNING count
"""


def count_one(key: str, *, at: datetime, kept: timedelta) -> int:
    """Count one more under a key and return how many there are by now; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "at": at, "until": at + kept})
        [counted] = cursor.fetchone()
    return int(counted)
