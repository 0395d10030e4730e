"""What a change of a standard brings about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from mumpuni.access.models import User
from mumpuni.access.person import SYSTEM
from mumpuni.casework.queries import whose
from mumpuni.kernel.models import Task
from mumpuni.kernel.time import legal_day
from mumpuni.kernel.workflow import Attempt, begin_all
from mumpuni.schemes.models import CompetencyStandard, SchemeTransition, StandardChange

if TYPE_CHECKING:
    from mumpuni.access.models import Organisation


def revoke_standards(changes: Sequence[StandardChange], attempt: Attempt) -> None:
    """Let the standards cease to be in force; one query."""
    CompetencyStandard.objects.filter(pk__in=[one.standard_id for one in changes]).update(
        status=CompetencyStandard.Status.REVOKED
    )


@transaction.atomic
def begin_transitions(
    change: StandardChange, bodies: Iterable[Organisation], *, at: datetime
) -> list[SchemeTransition]:
    """Begin a transition for each body that has none, and mail its people; queries stay few."""
    StandardChange.objects.select_for_update().get(pk=change.pk)
    begun = set(change.transitions.values_list("organisation", flat=True))
    made = [
        SchemeTransition(change=change, organisation=body)
        for body in bodies
        if body.pk not in begun
    ]
    begin_all(made, SYSTEM, at=at)
    if made:
        _tell(made, at)
    return made


def _tell(transitions: Sequence[SchemeTransition], at: datetime) -> None:
    """Mail everybody whose turn it is once, with the last day for each transition."""
    of_key = {one.pk: one for one in transitions}
    of_user: defaultdict[User, list[tuple[Task, str]]] = defaultdict(list)
    for task, users in whose(Task.objects.open().about(*transitions), legal_day(at)).items():
        address = urljoin(settings.PUBLIC_URL, of_key[task.case_id].get_absolute_url())
        for user in users:
            of_user[user].append((task, address))
    for user, lines in of_user.items():
        with translation.override(user.language):
            change = transitions[0].change
            context = {"user": user, "change": change, "lines": lines}
            send_mail(
                _("Standar %s: rencana peralihan diminta") % change.standard,
                render_to_string("schemes/transition.txt", context),
                None,
                [user.email],
            )
