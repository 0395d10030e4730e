"""What tests of surveillance share."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from mumpuni.access.models import AccessToken, User, new_secret, secret_digest
from mumpuni.access.roles import GRANTS, Role


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
