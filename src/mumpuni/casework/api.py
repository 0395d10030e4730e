"""Endpoints of tasks and issued documents."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from mumpuni.api.auth import ApiRequest
from mumpuni.api.description import PDF
from mumpuni.api.paging import Key, Pages
from mumpuni.api.steps import step_endpoints
from mumpuni.casework import actions, queries
from mumpuni.casework.models import IssuedDocument
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


class DocumentStandingOut(Schema):
    """How what a document is about stands today, in words."""

    label: str
    word: str

    @staticmethod
    def resolve_label(standing: queries.Standing) -> str:
        return str(standing.label)

    @staticmethod
    def resolve_word(standing: queries.Standing) -> str:
        return str(standing.word)


class IssuedDocumentOut(Schema):
    """A document as it was issued; `replaced_by` is the address of the one that took its place.

    `says` holds its blocks where it is public; `sha256` is empty until its file was asked for.
    """

    public_id: str
    kind: IssuedDocument.Kind
    number: str
    title: str
    organisation_id: int | None
    issued_on: date
    simulated: bool
    public: bool
    sha256: str
    replaced_by: str
    standings: list[DocumentStandingOut]
    says: list[dict[str, Any]]

    @staticmethod
    def resolve_replaced_by(document: IssuedDocument) -> str:
        newer = queries.successor_of(document)
        return newer.public_id if newer else ""

    @staticmethod
    def resolve_standings(document: IssuedDocument) -> list[queries.Standing]:
        return queries.standings(document, timezone.localdate())

    @staticmethod
    def resolve_says(document: IssuedDocument) -> list[dict[str, Any]]:
        said: list[dict[str, Any]] = document.facts["blocks"] if document.public else []
        return said


@router.get("/documents/{public_id}", auth=None, response=IssuedDocumentOut)
def document(request: HttpRequest, public_id: str) -> IssuedDocument:
    """Tell whether a document is genuine, what it says if all may know, how its case stands."""
    return _issued(public_id)


@router.get("/documents/{public_id}/file", openapi_extra=PDF)
def file_of(request: ApiRequest, public_id: str) -> HttpResponse:
    """Download a document that is public or whose case you see."""
    found = _issued(public_id)
    if not queries.may_read(found, request.auth):
        raise Http404
    content = actions.file_of(found, at=timezone.now())
    return HttpResponse(content, content_type="application/pdf")


def _issued(public_id: str) -> IssuedDocument:
    found = queries.document(public_id)
    if found is None:
        raise Http404
    return found
