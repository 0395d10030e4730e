"""What the authority decides on a licence rests on a vote of its plenary."""

from __future__ import annotations

from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.models import LicenceApplication
from mumpuni.plenary.rules import carried, rejected


def vote_carried(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-50: a grant rests on a carried vote (P-08)."""
    carried(application.newest_vote)


def vote_rejected(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-50: a refusal rests on a rejected vote (P-08)."""
    rejected(application.newest_vote)
