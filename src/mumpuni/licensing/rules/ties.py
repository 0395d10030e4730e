"""Who may not judge a body because they belong to it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mumpuni.access.models import Organisation
from mumpuni.access.person import Person
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Attempt


def check_outside(body: Organisation, attempt: Attempt) -> None:
    """L-14: nobody examines, assesses, decides or sanctions a body they belong to."""
    if isinstance(attempt.actor, Person) and _belongs(body, attempt.actor, attempt):
        raise Refused(
            _("Anda anggota lembaga ini; mintalah rekan lain yang tidak terikat menanganinya."),
            code="L-14",
        )


def _belongs(body: Organisation, person: Person, attempt: Attempt) -> bool:
    """Look through the memberships in hand, since a page asks this for each of its steps."""
    return any(
        one.user_id == person.user_id
        and one.valid_from <= attempt.on
        and (one.valid_until is None or attempt.on <= one.valid_until)
        for one in body.memberships.all()
    )
