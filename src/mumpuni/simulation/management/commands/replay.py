"""`mumpuni replay`."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from mumpuni.licensing.models import Licence
from mumpuni.simulation import replay
from mumpuni.simulation.replay.report import Replay


class Command(BaseCommand):
    help = "Make a year of the report again, case by case, and compare what is counted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--json", action="store_true", help="tell all of it as JSON")
        parser.add_argument(
            "--scale", type=float, default=1, help="how much of the year, from 0 to 1"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        year, scale = options["year"], options["scale"]
        if not settings.SIMULATED:
            raise CommandError("Set MUMPUNI_SIMULATED=true where simulated records may be made.")
        if Licence.objects.exists():
            raise CommandError("A replay starts without licences; choose an empty database.")
        if not 0 < scale <= 1:
            raise CommandError("--scale is above 0 and at most 1.")
        try:
            plan = replay.read_plan(year)
        except LookupError as error:
            raise CommandError(f"No report of {year} is at hand; there is one of 2024.") from error
        call_command("load_reference", verbosity=0, stdout=self.stderr)
        made = replay.replay(year, plan.scaled(scale), tell=self.stderr.write)
        self.stdout.write(json.dumps(made.told(), indent=2) if options["json"] else _table(made))
        if not all(figure["agrees"] for figure in made.figures):
            sys.exit(1)


def _table(made: Replay) -> str:
    lines = [f"{'':40} {'report':>8} {'counted':>8}"]
    lines += [
        f"{one['label']:40} {one['printed']:>8,} {one['counted']:>8,}"
        f"{'' if one['agrees'] else '  differs'}"
        for one in made.figures
    ]
    return "\n".join([*lines, "", *made.told()["assumptions"], f"{made.seconds:,.0f} s"])
