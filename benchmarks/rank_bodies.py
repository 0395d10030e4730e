"""How long it takes to rank all bodies by risk, and how many queries.

    .venv/bin/python benchmarks/rank_bodies.py [BODIES [CERTIFICATES]]

In a database of its own, with bodies, sessions and certificates as of a nation. Scores are worked
out every night and when a programme is approved, for which somebody waits. Ends with 1 when an aim is
missed.
"""

from __future__ import annotations

import sys
import time

import bench
import nation

BODIES, CERTIFICATES = 10_000, 500_000
OF_A_SESSION, SESSIONS_AT_A_TIME = 20, 5_000
MOST_QUERIES = 10
LEAST_PER_SECOND = 1_000


def main() -> int:
    """Fill, rank twice, tell the second time."""
    bodies, certificates = bench.numbers(BODIES, CERTIFICATES)
    with bench.database("rank_bodies"):
        nation.found(bodies)
        wanted = certificates // OF_A_SESSION
        for first in range(1, wanted + 1, SESSIONS_AT_A_TIME):
            last = min(first + SESSIONS_AT_A_TIME - 1, wanted)
            nation.certify(first, last, size=OF_A_SESSION, bodies=bodies)
        rank()
        ranked, seconds, queries = rank()
    held = [
        bench.tell(
            f"bodies ranked by risk, {certificates:,} certificates",
            ranked / seconds,
            "per second",
            least=LEAST_PER_SECOND,
        ),
        bench.tell("queries left of ten for it", MOST_QUERIES - queries, "queries", least=0),
    ]
    return int(not all(held))


def rank() -> tuple[int, float, int]:
    """Return how many bodies were ranked, in what time, with how many queries."""
    from django.db import connection  # noqa: PLC0415 - needs the settings
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - needs the settings
    from django.utils import timezone  # noqa: PLC0415 - needs the settings

    from mumpuni.surveillance.queries.risk import assessed  # noqa: PLC0415 - needs the settings

    with CaptureQueriesContext(connection) as asked:
        before = time.perf_counter()
        ranked = len(assessed(timezone.localdate()))
        seconds = time.perf_counter() - before
    return ranked, seconds, len(asked)


if __name__ == "__main__":
    sys.exit(main())
