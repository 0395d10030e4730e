"""Load the reference data of the data folder into the database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mumpuni.reference.loading import load_all
from mumpuni.schemes.loading import load_standards


class Command(BaseCommand):
    help = "Load regions, classifications, official lists and competency standards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, default=settings.DATA, help="the data folder")
        parser.add_argument("--force", action="store_true", help="load what is unchanged, too")

    def handle(self, *args: Any, data: Path, force: bool, **options: Any) -> None:
        try:
            outcomes = [*load_all(data, force=force), *load_standards(data, force=force)]
        except FileNotFoundError as error:
            raise CommandError(f"{error.filename} is missing from the data folder.") from error
        for outcome in outcomes:
            told = "loaded" if outcome.loaded else "unchanged"
            self.stdout.write(f"{outcome.key:<18} {outcome.row_count:>7,} rows  {told}")
