"""Rules of tasks, each with its number in docs/rules."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mumpuni.access.person import Person
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.models import Task
from mumpuni.kernel.workflow import Attempt


def of_the_authority(task: Task, _attempt: Attempt) -> None:
    """D-01: the authority divides its own tasks, never those of a body."""
    if task.organisation_id is not None:
        raise Refused(
            _("Giliran ini milik lembaga; BNSP tidak membagi tugas lembaga."), code="D-01"
        )


def may_do_it(task: Task, attempt: Attempt) -> None:
    """D-02: one sees to what one is permitted to do."""
    if not attempt.actor.can(task.permission, task):
        raise Refused(_("Tugas ini memerlukan wewenang lain."), code="D-02")


def is_mine(task: Task, attempt: Attempt) -> None:
    """D-03: one gives back what one has."""
    actor = attempt.actor
    if not isinstance(actor, Person) or task.assignee_id != actor.user_id:
        raise Refused(_("Tugas ini bukan tugas Anda."), code="D-03")
