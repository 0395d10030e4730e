"""`mumpuni demo`."""

import logging
import signal
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from mumpuni.config import children, port
from mumpuni.simulation.demo import welcome


class Command(BaseCommand):
    help = "Fill a demonstration with simulated records and run it; Ctrl-C stops it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        port.add_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # stops as Ctrl-C does
        logging.disable(logging.INFO)  # this process speaks to a person
        try:
            self._prepare()
            self._run(options["port"])
        except KeyboardInterrupt:
            self._say("\nStopped.")
        except children.ChildEnded as error:
            raise CommandError(str(error)) from error

    def _prepare(self) -> None:
        for what, command in (
            ("Preparing the database", ["migrate", "--verbosity=0"]),
            ("Loading the reference data", ["load_reference"]),
            ("Making the simulated world", ["simulate_demo"]),
            ("Gathering styles and scripts", ["collectstatic", "--noinput", "--verbosity=0"]),
        ):
            self._say(f"{what} …")
            call_command(*command)

    def _run(self, number: int) -> None:
        logs = settings.VAR / "log"
        commands = {"serve": [f"--port={number}"], "worker": []}
        with children.running(commands, logs) as started:
            children.wait_for_port(started, number)
            self._say(welcome(f"http://127.0.0.1:{number}"))
            self._say(f"\nLogs: {logs}. Ctrl-C stops everything.")
            children.wait_until_one_ends(started)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
