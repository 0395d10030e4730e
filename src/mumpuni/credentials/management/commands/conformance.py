"""`mumpuni conformance`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mumpuni.credentials.conformance.documents import did
from mumpuni.credentials.conformance.serving import Server


class Command(BaseCommand):
    help = (
        "Serve the VC-API that the W3C's test suites speak, on this machine alone, with keys and"
        " a certificate made at start. It signs whatever it is sent: see docs/conformance.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=40443, help="port to listen on")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            listening = Server(options["port"])
        except OSError as error:
            raise CommandError(f"port {options['port']}: {error.strerror}") from error
        with listening as server:
            issuer = server.api.issuer
            self.stdout.write(f"{did(issuer.ed25519)}\n{did(issuer.p256)}\n{server.url}")
            self.stdout.flush()
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("stopped")
