"""Effects of steps on memberships, and changes to accounts."""

from __future__ import annotations

from datetime import timedelta

from mumpuni.access.models import Membership, User
from mumpuni.kernel.workflow import Attempt


def close_period(membership: Membership, attempt: Attempt) -> None:
    """Let the membership hold until yesterday at the latest."""
    yesterday = attempt.on - timedelta(days=1)
    if membership.valid_until is None or membership.valid_until > yesterday:
        membership.valid_until = yesterday


def update_account(user_id: int, *, name: str, language: str) -> None:
    """Change how a user is called and in which language mail comes."""
    User.objects.filter(pk=user_id).update(name=name, language=language)
