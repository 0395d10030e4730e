"""How accounts and programs come in: by a role that somebody gives, by a token one makes."""

from __future__ import annotations

from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from mumpuni.access import jobs
from mumpuni.access.models import (
    AccessToken,
    Membership,
    Organisation,
    User,
    new_secret,
    secret_digest,
)
from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.kernel import workflow
from mumpuni.kernel.jobs import enqueue
from mumpuni.kernel.time import legal_day


@transaction.atomic
def invite(  # noqa: PLR0913 - whom, where, as what, until when, by whom, when
    organisation: Organisation,
    role: str,
    *,
    email: str,
    name: str,
    valid_until: date | None,
    by: Person,
    at: datetime,
) -> Membership:
    """Give a role to whoever has this e-mail address, opening an account where there is none.

    An account that never confirmed the address may have been opened by anybody: nobody has been in
    yet, and from now on only a password that is set by mail lets somebody in.

    Raises:
        Refused: K-10 to K-13; then no account was opened either.
    """
    membership = Membership(
        user=_owner_of(email) or _account_to_claim(email, name),
        organisation=organisation,
        role=role,
        valid_from=legal_day(at),
        valid_until=valid_until,
    )
    event = workflow.begin(membership, by, at=at)
    enqueue(jobs.send_invitation, event_id=event.pk)
    return membership


def _owner_of(email: str) -> User | None:
    confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True)
    return User.objects.filter(pk__in=confirmed.values("user")).first()


def _account_to_claim(email: str, name: str) -> User:
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        return User.objects.create_user(email, name=name)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def appoint_administrator(email: str, name: str, *, by: Person, at: datetime) -> Membership:
    """Make an administrator of the authority, who then invites everybody else."""
    authority = Organisation.objects.filter(kind=Organisation.Kind.AUTHORITY).first()
    if authority is None:
        authority = Organisation(kind=Organisation.Kind.AUTHORITY, name="BNSP", code="BNSP")
        workflow.begin(authority, by, at=at)
    return invite(
        authority, Role.AUTHORITY_ADMIN, email=email, name=name, valid_until=None, by=by, at=at
    )


def create_token(
    name: str, scopes: list[str], *, expires_at: datetime, by: Person, at: datetime
) -> tuple[AccessToken, str]:
    """Make a token for the organisation acted for; its secret is told here and nowhere else."""
    assert by.user_id is not None
    secret = new_secret()
    token = AccessToken(
        name=name,
        digest=secret_digest(secret),
        user_id=by.user_id,
        organisation_id=by.organisation_id,
        scopes=scopes,
        expires_at=expires_at,
    )
    workflow.begin(token, by, at=at)
    return token, secret
