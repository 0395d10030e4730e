"""`mumpuni docs`."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mumpuni.config import documentation


class Command(BaseCommand):
    help = "Write the pages of docs/generated; what is up to date is left alone."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail where a page is out of date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        changed = documentation.stale() if options["check"] else documentation.write()
        for path in changed:
            self.stdout.write(str(path.relative_to(settings.ROOT)))
        if changed and options["check"]:
            raise CommandError("These pages are out of date; `make docs` writes them.")
