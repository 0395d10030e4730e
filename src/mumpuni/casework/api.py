"""Endpoints of tasks."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Key, Pages
from mumpuni.api.steps import step_endpoints
from mumpuni.casework import actions, queries
from mumpuni.kernel.models import Task

router = Router()


class TaskOut(Schema):
    """That a case waits; `turn` says for what, `case_id` is the key of a record of `case_kind`."""

    id: int
    title: str
    case_kind: str
    case_id: int
    turn: str
    permission: str
    organisation_id: int | None
    assignee_id: int | None
    opened_at: datetime
    due_on: date | None

    @staticmethod
    def resolve_turn(task: Task) -> str:
        return str(task.turn)


class TaskAssignmentIn(Schema):
    """Who sees to it, and until when; what is left out stays."""

    assignee_id: Key | None = None
    due_on: date | None = None


@router.get("/tasks", response=list[TaskOut])
@paginate(Pages)
def tasks(request: ApiRequest, *, overdue: bool = False, mine: bool = False) -> QuerySet[Task]:
    """List what waits for you, the nearest last day first."""
    found = queries.tasks(request.auth).order_by("due_on", "pk")
    if overdue:
        found = found.filter(due_on__lt=timezone.localdate())
    return found.filter(assignee_id=request.auth.user_id) if mine else found


@router.patch("/tasks/{int:pk}", response=TaskOut)
def assign(request: ApiRequest, pk: int, body: TaskAssignmentIn) -> Task:
    """Give a task to somebody, or another last day."""
    task = get_object_or_404(queries.tasks(request.auth), pk=pk)
    values: dict[str, Any] = body.model_dump(exclude_unset=True)
    actions.assign([task], values, request.auth, at=timezone.now())
    return task


step_endpoints(router, "/tasks", Task, queries.tasks, TaskOut)
