"""`mumpuni appoint`: everybody else gets their role in the browser."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mumpuni.access.models import Membership, Organisation, User
from mumpuni.access.person import SYSTEM
from mumpuni.access.roles import Role
from mumpuni.kernel.workflow import begin


class Command(BaseCommand):
    help = "Open the account of the authority's first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--authority", default="BNSP", help="its name (default: BNSP)")

    @transaction.atomic
    def handle(self, *args: Any, email: str, name: str, authority: str, **options: Any) -> None:
        today = timezone.localdate()
        if Membership.objects.in_force(today).filter(role=Role.AUTHORITY_ADMIN).exists():
            raise CommandError("There is an administrator already, who gives roles in the browser.")
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email!r} is no e-mail address.") from error
        membership = Membership(
            user=User.objects.filter(email=email.lower()).first()
            or User.objects.create_user(email, name=name),
            organisation=_authority(authority),
            role=Role.AUTHORITY_ADMIN,
            valid_from=today,
        )
        begin(membership, SYSTEM, at=timezone.now())
        address = settings.PUBLIC_URL + reverse("account_reset_password")
        self.stdout.write(f"{email} administers {authority}; the password is set at {address}")


def _authority(name: str) -> Organisation:
    kind = Organisation.Kind.AUTHORITY
    found = Organisation.objects.filter(kind=kind).first()
    if found is None:
        found = Organisation(kind=kind, name=name, code="BNSP")
        begin(found, SYSTEM, at=timezone.now())
    return found
