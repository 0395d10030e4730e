"""How long the year 2024 of the authority's report takes to be made again, case by case.

    .venv/bin/python benchmarks/replay.py

Every application, visit, vote and decree of the year goes through the verbs that people use, from
2,245 licences of the day before to the figures of the report. Ends with 1 when a figure differs
from the report.
"""

from __future__ import annotations

import sys

import bench


def main() -> int:
    """Make the year again and compare."""
    with bench.database("replay"):
        from django.core.management import call_command  # noqa: PLC0415 - needs the settings

        from mumpuni.simulation import replay  # noqa: PLC0415 - likewise

        call_command("load_reference", verbosity=0)
        made = replay.replay(2024, replay.read_plan(2024))
        figures = made.figures
    agreeing = sum(figure["agrees"] for figure in figures)
    bench.tell("replay of 2024", made.seconds, "seconds")
    return int(not bench.tell("replay of 2024", agreeing, "figures as printed", least=len(figures)))


if __name__ == "__main__":
    sys.exit(main())
