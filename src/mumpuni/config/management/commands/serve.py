"""`mumpuni serve`."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from granian import Granian
from granian.constants import Interfaces

from mumpuni.config import port

WORKERS = min(2, os.cpu_count() or 1)
THREADS_PER_WORKER = 4


class Command(BaseCommand):
    help = "Serve pages and API on 127.0.0.1; a proxy in front adds TLS."

    def add_arguments(self, parser: ArgumentParser) -> None:
        port.add_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        Granian(
            "mumpuni.config.wsgi:application",
            address="127.0.0.1",
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=WORKERS,
            blocking_threads=THREADS_PER_WORKER,
            websockets=False,
            respawn_failed_workers=True,
        ).serve()
