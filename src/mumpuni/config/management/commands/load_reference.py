"""Load the reference data of the data folder into the database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mumpuni.reference import loading as reference
from mumpuni.reference.loading import Outcome, load_dataset
from mumpuni.schemes import loading as schemes


class Command(BaseCommand):
    help = "Load regions, classifications, official lists, standards and published schemes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, default=settings.DATA, help="the data folder")
        parser.add_argument("--force", action="store_true", help="load what is unchanged, too")

    def handle(self, *args: Any, data: Path, force: bool, **options: Any) -> None:
        for dataset in (*reference.DATASETS, *schemes.DATASETS):
            self.stdout.write(f"{dataset.key:<18} ", ending="")
            self.stdout.flush()
            try:
                outcome = load_dataset(dataset, data, force=force)
            except FileNotFoundError as error:
                raise CommandError(f"{error.filename} is missing from the data folder.") from error
            self.stdout.write(f"{outcome.row_count:>7,} rows  {_told(outcome)}")


def _told(outcome: Outcome) -> str:
    """Return what the load changed: `12 new, 1 changed, 3 left out`."""
    if outcome.loading is None:
        return "unchanged"
    counts = {
        "new": outcome.loading.added,
        "changed": outcome.loading.changed,
        "left out": outcome.loading.retired,
    }
    told = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    return told or "loaded, nothing differs"
