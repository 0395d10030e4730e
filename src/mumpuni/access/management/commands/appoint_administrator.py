"""`mumpuni appoint-administrator`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mumpuni.access import invitations
from mumpuni.access.person import SYSTEM
from mumpuni.kernel.errors import Refused


class Command(BaseCommand):
    help = "Give somebody the role of the authority's administrator and mail them an invitation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            membership = invitations.appoint_administrator(
                options["email"], options["name"], by=SYSTEM, at=timezone.now()
            )
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(str(membership))
