"""`mumpuni simulate-demo`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mumpuni.simulation import demo


class Command(BaseCommand):
    help = "Make the simulated world of the demonstration, unless it is there already."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SIMULATED:
            raise CommandError("Set MUMPUNI_SIMULATED=true where simulated records may be made.")
        self.stdout.write("made" if demo.make() else "there already")
