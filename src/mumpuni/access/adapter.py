"""How accounts are opened: by invitation for staff, by anyone for themselves."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Allauth's behaviour with our user's single name."""
