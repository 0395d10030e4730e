"""`mumpuni enter-licences`."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mumpuni.access.person import SYSTEM
from mumpuni.kernel.errors import Refused
from mumpuni.licensing.actions import enter_licences
from mumpuni.licensing.actions.sheets import COLUMNS, read_licences


class Command(BaseCommand):
    help = f"Enter licences granted before this system from a CSV file: {', '.join(COLUMNS)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open(newline="", encoding="utf-8-sig") as file:
                entries = read_licences(file, simulated=settings.SIMULATED)
            made = enter_licences(entries, SYSTEM, at=timezone.now())
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"Cannot read {options['file']}: {error}") from error
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{len(made)} licences entered")
