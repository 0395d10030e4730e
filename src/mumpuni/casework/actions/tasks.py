"""What is done with tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin

import structlog
from django.apps import apps
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from mumpuni.access.models import User
from mumpuni.access.person import SYSTEM, Person
from mumpuni.casework import queries
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.models import Task
from mumpuni.kernel.workflow import Attempt

log = structlog.get_logger("mumpuni.casework")


def take(task: Task, attempt: Attempt) -> None:
    """Make whoever takes it the one who sees to it."""
    assert isinstance(attempt.actor, Person)
    task.assignee_id = attempt.actor.user_id


def release(task: Task, _attempt: Attempt) -> None:
    """Leave it to whoever takes it next."""
    task.assignee_id = None


def assign(tasks: Iterable[Task], values: dict[str, Any], person: Person, *, at: datetime) -> int:
    """Give tasks to somebody, or another last day; return how many changed."""
    return sum(workflow.amend(task, values, person, at=at) is not None for task in tasks)


def lapse(at: datetime, today: date) -> int:
    """D-05: take the step that follows where time is over; return how often it was taken."""
    taken = 0
    for task in queries.overdue(today):
        kind: Any = apps.get_model(task.case_kind)
        step = kind.workflow.waits[task.waits_in].lapses_by
        case = task.case if step else None
        if case is None:
            continue
        try:
            workflow.perform(case, step, SYSTEM, at=at)
        except Refused as refused:
            log.warning("not_lapsed", kind=task.case_kind, case=task.case_id, rule=refused.code)
        else:
            taken += 1
    return taken


def remind(today: date) -> int:
    """D-04: mail everybody once of each task that is due soon or overdue; return how many mails."""
    tasks = list(queries.to_remind(today))
    of_user: defaultdict[User, list[Task]] = defaultdict(list)
    for task, users in queries.whose(tasks, today).items():
        for user in users:
            of_user[user].append(task)
    for user, own in of_user.items():
        _mail(user, own)
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(reminded_on=today)
    return len(of_user)


def _mail(user: User, tasks: list[Task]) -> None:
    with translation.override(user.language):
        lines = [(task, urljoin(settings.PUBLIC_URL, task.get_absolute_url())) for task in tasks]
        send_mail(
            _("%d tugas segera jatuh tempo") % len(tasks),
            render_to_string("casework/reminder.txt", {"user": user, "lines": lines}),
            None,
            [user.email],
        )
