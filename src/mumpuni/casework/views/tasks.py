"""The inbox, a task, and dividing tasks among people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from mumpuni.access.person import Person
from mumpuni.access.roles import Permission
from mumpuni.casework import actions, queries
from mumpuni.casework.forms import AssignmentForm, DivisionForm
from mumpuni.casework.queries import DESKS
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted
from mumpuni.kernel.models import Task
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.steps import bulk_steps
from mumpuni.web.tables import Column, One, Search, Table
from mumpuni.web.tables.columns import NOTHING
from mumpuni.web.tones import badge_html

WEEK = timedelta(days=7)
AT_ONCE = 100
DUE = {"overdue": _("Lewat tenggat"), "week": _("Tujuh hari lagi"), "none": _("Tanpa tenggat")}
HANDS = {"mine": _("Saya"), "nobody": _("Belum ada")}


def kind_of(task: Task) -> str:
    """Return what kind of case it is, in words."""
    return str(apps.get_model(task.case_kind)._meta.verbose_name)


def due_badge(task: Task) -> str:
    """Return the last day, marked where it is over."""
    written = DUE_ON.html(task)
    over = task.due_on is not None and task.due_on < timezone.localdate()
    return badge_html(written, tone="bad") if over else written


def assignee_link(task: Task) -> str:
    """Return who sees to a task, as a link to give it to somebody else."""
    name = getattr(task, "assignee", None) or _("Pilih petugas")
    if task.organisation_id is not None:
        return NOTHING
    return format_html('<a href="{}">{}</a>', reverse("casework:assign", args=[task.pk]), name)


DUE_ON = Column("due_on", _("Tenggat"), sort="due_on")
ASSIGNEE = Column("assignee", _("Petugas"), sort="assignee")
INBOX = Table(
    columns=[
        Column("title", _("Perkara"), sort="title", link=True),
        Column("case_kind", _("Jenis"), sort="case_kind", value=kind_of),
        Column("turn", _("Giliran")),
        Column("opened_at", _("Sejak"), sort="opened_at"),
        replace(DUE_ON, render=due_badge),
        ASSIGNEE,
    ],
    default_sort="due_on",
    empty=_("Tidak ada yang menunggu Anda."),
)


def inbox_of(person: Person, today: date) -> Table:
    """Return the table with the filters that make sense to a person."""
    due = {
        "overdue": Q(due_on__lt=today),
        "week": Q(due_on__range=(today, today + WEEK)),
        "none": Q(due_on=None),
    }
    hands = {"mine": Q(assignee_id=person.user_id), "nobody": Q(assignee_id=None)}
    filters: list[Any] = [
        Search("q", ["title"], hint=_("Nama perkara")),
        One("due", _("Tenggat"), {key: (DUE[key], condition) for key, condition in due.items()}),
    ]
    if person.holds(Permission.TASK_TAKE):
        desks = {key: (one.label, Q(permission__in=one.permissions)) for key, one in DESKS.items()}
        filters += [
            One("desk", _("Meja"), desks),
            One(
                "hands",
                _("Petugas"),
                {key: (HANDS[key], condition) for key, condition in hands.items()},
            ),
        ]
    if not person.holds(Permission.TASK_ASSIGN):
        return replace(INBOX, filters=filters)
    columns = [*INBOX.columns[:-1], replace(ASSIGNEE, render=assignee_link)]
    return replace(INBOX, filters=filters, columns=columns)


@page
def inbox(request: PageRequest) -> HttpResponseBase:
    """List what waits for a person, the nearest last day first."""
    person, today = request.person, timezone.localdate()
    counts = queries.desk_counts(person, today) if person.holds(Permission.TASK_TAKE) else {}
    context: dict[str, Any] = {
        "desks": [
            (DESKS[desk].label, f"?desk={desk}", found)
            for desk, found in counts.items()
            if found["waiting"]
        ]
    }
    if person.holds(Permission.TASK_ASSIGN):
        context |= {"action": reverse("casework:divide"), "action_label": _("Bagikan tugas")}
    return inbox_of(person, today).respond(
        request,
        queries.tasks(person),
        title=_("Kotak tugas"),
        template="casework/inbox.html",
        context=context,
        bulk=bulk_steps(Task, ["take", "release"], person, reverse("casework:task-steps")),
    )


@page
def task(request: PageRequest, pk: int) -> HttpResponse:
    """Open the case of a task."""
    case: Any = get_object_or_404(queries.tasks(request.person), pk=pk).case
    if case is None:
        raise Http404
    return redirect(case.get_absolute_url())


@page
def assign(request: PageRequest, pk: int) -> HttpResponse:
    """Give a task to somebody, or another last day."""
    found = get_object_or_404(queries.tasks(request.person), pk=pk)
    workflow.check_edit(found, "assignment", request.person, at=timezone.now())
    people = queries.people_of([found.permission], timezone.localdate())
    form = AssignmentForm(
        request.POST or None, initial={"assignee_id": found.assignee_id, "due_on": found.due_on}
    )
    form.fields["assignee_id"].queryset = people  # type: ignore[attr-defined] # a model field

    def save(given: dict[str, Any]) -> str:
        actions.assign([found], _values(given), request.person, at=timezone.now())
        return reverse("casework:inbox")

    return answer_form(request, form, save, title=found.title, back=reverse("casework:inbox"))


@page
def divide(request: PageRequest) -> HttpResponse:
    """Give many tasks that nobody has to one of those who may do them."""
    person = request.person
    if not person.holds(Permission.TASK_ASSIGN):
        raise NotPermitted(str(_("Tugas dibagi oleh koordinator.")))
    desk = request.GET.get("desk", next(iter(DESKS)))
    if desk not in DESKS:
        raise Http404
    permissions = DESKS[desk].permissions
    waiting = queries.tasks(person).filter(permission__in=permissions, assignee_id=None)
    waiting = waiting.filter(organisation_id=None).order_by("due_on", "pk")[:AT_ONCE]
    chosen = {str(one.pk): one for one in waiting}
    form = DivisionForm(request.POST or None)
    form.fields["tasks"].choices = [  # type: ignore[attr-defined] # a choice field
        (key, f"{one.title} · {one.turn}") for key, one in chosen.items()
    ]
    form.fields["assignee_id"].queryset = queries.people_of(permissions, timezone.localdate())  # type: ignore[attr-defined] # a model field

    def save(given: dict[str, Any]) -> str:
        picked = [chosen[key] for key in given.pop("tasks")]
        actions.assign(picked, _values(given), person, at=timezone.now())
        return f"{reverse('casework:inbox')}?desk={desk}"

    return answer_form(
        request,
        form,
        save,
        title=_("Bagikan tugas"),
        template="casework/divide.html",
        submit=_("Bagikan"),
        back=reverse("casework:inbox"),
        desk=desk,
        desks=[(key, one.label) for key, one in DESKS.items()],
    )


def _values(given: dict[str, Any]) -> dict[str, Any]:
    user = given.pop("assignee_id")
    return {**given, "assignee_id": user.pk if user else None}
