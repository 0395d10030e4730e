"""Who sees to a task; the kernel opens and closes it as its case moves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.casework import actions, rules
from mumpuni.kernel.models import Task
from mumpuni.kernel.workflow import Edit, Step, Workflow

OPEN = frozenset({Task.State.OPEN})

Task.workflow = Workflow(
    begun_by=P.CASE_LAPSE,
    edits=(
        Edit(
            name="assignment",
            permission=P.TASK_ASSIGN,
            while_in=OPEN,
            fields=("assignee_id", "due_on"),
            rules=(rules.of_the_authority,),
        ),
    ),
    steps=(
        Step(
            name="take",
            label=_("Saya kerjakan"),
            source=OPEN,
            target=Task.State.OPEN,
            permission=P.TASK_TAKE,
            rules=(rules.of_the_authority, rules.may_do_it),
            effects=(actions.take,),
        ),
        Step(
            name="release",
            label=_("Lepaskan"),
            source=OPEN,
            target=Task.State.OPEN,
            permission=P.TASK_TAKE,
            rules=(rules.is_mine,),
            effects=(actions.release,),
        ),
    ),
)
