"""What tests of surveillance share."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.test import Client
from django.utils import timezone

from mumpuni.access.models import AccessToken, Organisation, User, new_secret, secret_digest
from mumpuni.access.person import Person
from mumpuni.access.roles import GRANTS, Role
from mumpuni.access.tests import make as access
from mumpuni.kernel import policy
from mumpuni.kernel.models import PolicyValue
from mumpuni.kernel.workflow import begin, perform
from mumpuni.licensing.models import Licence, LicenceTerm
from mumpuni.surveillance.models import Programme

TODAY = date(2026, 7, 1)
SINCE = date(2024, 1, 2)


def sign_in(client: Client, user: User) -> None:
    """Sign in with a second factor."""
    client.force_login(user)
    session = client.session
    session["has_mfa"] = True
    session.save()


def token(by: User) -> dict[str, str]:
    """Return the header of a token with all that the user's role permits."""
    secret = new_secret()
    membership = by.memberships.order_by("pk")[0]
    AccessToken.objects.create(
        name="uji",
        digest=secret_digest(secret),
        user=by,
        organisation=membership.organisation,
        scopes=sorted(GRANTS[Role(membership.role)]),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return {"Authorization": f"Bearer {secret}"}


def noon(day: date) -> datetime:
    """Return noon in Jakarta on a day."""
    return datetime.combine(day, time(5), tzinfo=UTC)


def officer() -> Person:
    """Make somebody who plans surveillance."""
    return access.person(Role.SURVEILLANCE_OFFICER, of=access.authority())


def programme(budget: int = 2, *, on: date = TODAY, year: int | None = None) -> Programme:
    """Draw up a programme."""
    made = Programme(year=year or on.year, budget=budget)
    begin(made, officer(), at=noon(on))
    return made


def approved(budget: int = 2, *, on: date = TODAY) -> Programme:
    """Make a programme that is approved."""
    made = programme(budget, on=on)
    perform(made, "approve", officer(), at=noon(on))
    return made


def bodies(count: int, *, since: date = SINCE) -> None:
    """License many bodies at once, for tests of numbers alone."""
    made = Organisation.objects.bulk_create(
        Organisation(kind="certification_body", name=f"LSP Banyak {place:05d}")
        for place in range(count)
    )
    licences = Licence.objects.bulk_create(
        Licence(
            organisation=one,
            number=f"BNSP-LSP-{place:05d}-ID",
            ordinal=50_000 + place,
            body_type="p3",
            candidate_group="sector",
            sector_code="TIK",
        )
        for place, one in enumerate(made)
    )
    LicenceTerm.objects.bulk_create(
        LicenceTerm(
            licence=one,
            decree_number=f"KEP.{one.pk}",
            valid_from=since - timedelta(days=place % 900),
            valid_until=date(2099, 12, 31),
        )
        for place, one in enumerate(licences)
    )


def set_policy(name: str, value: int) -> None:
    """Let a policy have had another value for long."""
    PolicyValue.objects.create(name=name, valid_from=date(2000, 1, 1), value=value, source="uji")
    policy.forget()
