"""Who may not judge a body because they belong to it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mumpuni.access.models import Membership
from mumpuni.access.person import Person
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Attempt


def check_outside(organisation_id: int, attempt: Attempt) -> None:
    """L-14: nobody examines, assesses, decides or sanctions a body they belong to."""
    actor = attempt.actor
    if not isinstance(actor, Person) or actor.user_id is None:
        return
    belongs = Membership.objects.in_force(attempt.on).filter(
        user_id=actor.user_id, organisation_id=organisation_id
    )
    if belongs.exists():
        raise Refused(
            _("Anda anggota lembaga ini; mintalah rekan lain yang tidak terikat menanganinya."),
            code="L-14",
        )
