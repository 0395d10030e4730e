"""How long a search among 20,000 units takes, measured in requests for a page without rows.

    .venv/bin/python benchmarks/search_units.py

Both are timed in the same run through all of Django, so the ratio tells of the search, not of the
machine. Ends with 1 when a search costs more than `MOST_EMPTY_PAGES`.
"""

import statistics
import sys
import time

import bench

UNITS = 20_000
ROUNDS = 40
MOST_EMPTY_PAGES = 5
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
FROM generate_series(1, %s) AS place;
ANALYZE schemes_competencyunit;
"""


def main() -> int:
    """Fill a database of its own, measure, drop it."""
    with bench.database("search_units"):
        bench.do(FILL, UNITS)
        return report()


def report() -> int:
    """Tell how many searches fit into the time of an empty page."""
    empty = median(EMPTY)
    held = []
    for name, address in SEARCHES.items():
        took = median(address)
        held.append(
            bench.tell(
                f"search {UNITS:,} units {name}",
                1 / took,
                "per second, one process",
                against=f"page without rows: {1 / empty:,.1f}",
                ratio=empty / took,
                least=1 / MOST_EMPTY_PAGES,
            )
        )
    return int(not all(held))


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
