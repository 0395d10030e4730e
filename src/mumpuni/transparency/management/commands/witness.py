"""`mumpuni witness`."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mumpuni.transparency.notes import Malformed, VerifierKey
from mumpuni.transparency.witness import ADDRESS, Witness, server


def key_argument(text: str) -> VerifierKey:
    """Read a key from the command line.

    Raises:
        ArgumentTypeError: it is none.
    """
    try:
        return VerifierKey.parse(text)
    except Malformed as error:
        raise ArgumentTypeError(str(error)) from error


class Command(BaseCommand):
    help = (
        "Watch logs and sign each head that continues what was seen before (C2SP tlog-witness)."
        " Prints the key by which others know this witness."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--state", type=Path, required=True, help="folder of the key and of what was seen"
        )
        parser.add_argument("--name", required=True, help="as witness.example/w1")
        parser.add_argument(
            "--log",
            type=key_argument,
            action="append",
            required=True,
            dest="logs",
            help="key of a log that is watched; may be given several times, also for one log",
        )
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8090, help="port to listen on")

    def handle(self, *args: Any, **options: Any) -> None:
        state: Path = options["state"]
        try:
            witness = Witness(state, options["name"], options["logs"])
        except BlockingIOError as error:
            raise CommandError(f"{state} is used by another witness.") from error
        with server(witness, options["host"], options["port"]) as listening:
            address = f"http://{options['host']}:{listening.server_port}"
            self.stdout.write(f"{witness.key.verifier}\n{address}{ADDRESS}")
            self.stdout.flush()
            try:
                listening.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("stopped")
