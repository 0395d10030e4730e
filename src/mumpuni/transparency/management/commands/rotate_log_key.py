"""`mumpuni rotate-log-key`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mumpuni.kernel.errors import Refused
from mumpuni.transparency import actions
from mumpuni.transparency.rotation import introduce_key, retire_key


class Command(BaseCommand):
    help = (
        "Make a new key of the public log, which signs besides the present one until --retire lets"
        " it sign alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--retire", action="store_true", help="end the older key, and delete its private half"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            if options["retire"]:
                self.stdout.write(f"retired: {retire_key(now)}")
            else:
                self.stdout.write(f"new: {introduce_key(now)}")
                actions.publish(now)
        except Refused as refused:
            raise CommandError(refused.message) from refused
