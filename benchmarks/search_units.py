"""How long a search among 20,000 units takes, measured in requests for a page without rows.

    .venv/bin/python benchmarks/search_units.py

Both are timed in the same run through all of Django, so the ratio tells of the search, not of the
machine. Ends with 1 when a search costs more than `LIMIT` of those.
"""

import logging
import os
import statistics
import sys
import time

import django

from mumpuni.config import local

UNITS = 20_000
ROUNDS = 40
LIMIT = 5
EMPTY = "/rujukan/peraturan/"
SEARCHES = {
    "by title": "/unit/?q=nomor+004711",
    "by code": "/unit/?q=j004711001",
    "by a common word": "/unit/?q=mengerjakan",
    "did you mean": "/unit/J.004711.010.01/",
}
FILL = """
INSERT INTO schemes_competencystandard
    (key, kind, status, decree_kind, number, year, title, category_letter, category_name,
     major_group, field, subfield, source)
VALUES ('skkni-1-2020', 'skkni', 'in_force', '', '1', 2020, '', '', '', '', '', '', '');
INSERT INTO schemes_competencyunit
    (standard_id, position, code, printed_code, title, description, abridged)
SELECT 'skkni-1-2020', place,
    chr(65 + mod(place, 26)) || '.' || to_char(place, 'FM000000') || '.001.01', '',
    'Mengerjakan hal nomor ' || to_char(place, 'FM000000'), repeat('Unit ini berisi ', 20), false
FROM generate_series(1, %(units)s) AS place;
ANALYZE schemes_competencyunit;
"""


def main() -> int:
    """Fill a database of its own, measure, drop it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mumpuni.config.settings")
    os.environ["MUMPUNI_TEST_DATABASE"] = "benchmark_search_units"
    local.prepare_environment()
    django.setup()
    logging.disable(logging.ERROR)

    from django.db import connection  # noqa: PLC0415 - needs the settings above
    from django.test.utils import (  # noqa: PLC0415
        setup_databases,
        setup_test_environment,
        teardown_databases,
    )

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with connection.cursor() as cursor:
            cursor.execute(FILL, {"units": UNITS})
        return report()
    finally:
        teardown_databases(databases, verbosity=0)


def report() -> int:
    """Print the median of each request and its ratio to the empty page."""
    empty = median(EMPTY)
    print(f"{'empty page':<18}{empty * 1000:7.1f} ms")
    worst = 0.0
    for name, address in SEARCHES.items():
        took = median(address)
        worst = max(worst, took / empty)
        print(f"{name:<18}{took * 1000:7.1f} ms{took / empty:7.1f} x  (limit {LIMIT} x)")
    return int(worst > LIMIT)


def median(address: str) -> float:
    """Return the median time of a request in seconds, after one that warms up."""
    from django.test import Client  # noqa: PLC0415 - needs the settings

    client = Client()
    client.get(address)
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
