"""Effects of steps, and changes to accounts and policies."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from mumpuni.access import rules
from mumpuni.access.models import Membership, User
from mumpuni.access.person import Person
from mumpuni.access.queries import individual_by_document
from mumpuni.kernel import policy, workflow
from mumpuni.kernel.models import PolicyValue
from mumpuni.kernel.workflow import Attempt


def close_period(membership: Membership, attempt: Attempt) -> None:
    """Let the membership hold until yesterday at the latest."""
    yesterday = attempt.on - timedelta(days=1)
    if membership.valid_until is None or membership.valid_until > yesterday:
        membership.valid_until = yesterday


def update_account(user_id: int, *, name: str, language: str) -> None:
    """Change how a user is called and in which language mail comes."""
    User.objects.filter(pk=user_id).update(name=name, language=language)


def set_policy(  # noqa: PLR0913 - which, what, from when, why, by whom, when
    name: str, value: int, *, valid_from: date, source: str, by: Person, at: datetime
) -> PolicyValue:
    """Set what a policy says from a day on."""
    held = PolicyValue(
        name=name, value=value, valid_from=valid_from, source=source, entered_by=by.name
    )
    workflow.begin(held, by, at=at)
    transaction.on_commit(policy.forget)
    return held


def read_policies_anew(value: PolicyValue, attempt: Attempt) -> None:
    """Let this process ask the database again; the others do within half a minute."""
    transaction.on_commit(policy.forget)


@transaction.atomic
def claim_individual(user_id: int, kind: str, number: str) -> None:
    """Tie an account to the natural person whom a body has entered under this document.

    Raises:
        Refused: K-40, nobody is on record so, or with another e-mail address.
    """
    known = individual_by_document(kind, number)
    rules.account_may_claim(known, user_id)
    assert known is not None, "K-40 has seen to it"
    known.user_id = user_id
    known.save(update_fields=["user"])
