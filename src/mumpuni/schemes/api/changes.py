"""Endpoints of changes of standards and of the transitions that follow."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from ninja.pagination import paginate
from ninja.responses import Status

from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Pages
from mumpuni.api.steps import step_endpoints
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid
from mumpuni.schemes import queries
from mumpuni.schemes.models import CompetencyStandard, SchemeTransition, StandardChange
from mumpuni.schemes.models.schemes import LONGEST_TEXT

router = Router()

StandardKey = Annotated[str, Field(max_length=64)]
LongText = Annotated[str, Field(max_length=LONGEST_TEXT)]


class StandardChangeOut(Schema):
    """A change of a standard; `scheme_count` tells how many verified schemes have a unit of it."""

    id: int
    state: StandardChange.State
    kind: StandardChange.Kind
    standard: str
    replacement: str | None
    effective_on: date
    transition_until: date
    basis: str
    advice: str
    scheme_count: int

    @staticmethod
    def resolve_standard(change: StandardChange) -> str:
        return change.standard.key

    @staticmethod
    def resolve_replacement(change: StandardChange) -> str | None:
        return change.replacement.key if change.replacement else None


class StandardChangePatch(Schema):
    """What to change before it is announced; what is left out stays."""

    kind: StandardChange.Kind = StandardChange.Kind.REVOKED
    replacement: StandardKey | None = None
    effective_on: date | None = None
    transition_until: date | None = None
    basis: LongText = ""
    advice: LongText = ""

    def values(self) -> dict[str, Any]:
        """Return what was given, keys as the standards they stand for."""
        given = self.model_dump(exclude_unset=True)
        named = {name: given[name] for name in ("standard", "replacement") if given.get(name)}
        return given | {name: _standard(name, key) for name, key in named.items()}


class StandardChangeIn(StandardChangePatch):
    """A change that is written down for the first time."""

    standard: StandardKey
    kind: StandardChange.Kind
    effective_on: date
    transition_until: date
    basis: LongText


class TransitionOut(Schema):
    """What a body does about a change."""

    id: int
    state: SchemeTransition.State
    change_id: int
    standard: str
    organisation: str
    organisation_id: int
    plan: str
    ready_on: date | None
    transition_until: date

    @staticmethod
    def resolve_standard(transition: SchemeTransition) -> str:
        return transition.change.standard.key

    @staticmethod
    def resolve_organisation(transition: SchemeTransition) -> str:
        return transition.organisation.name

    @staticmethod
    def resolve_transition_until(transition: SchemeTransition) -> date:
        return transition.change.transition_until


class TransitionPatch(Schema):
    """How a body moves on, and by when."""

    plan: LongText = ""
    ready_on: date | None = None


def _standard(name: str, key: str) -> CompetencyStandard:
    found = queries.standard_by_key(key)
    if found is None:
        problem = _("Tidak ada standar dengan kunci “%s”.") % key
        raise Invalid(problem, fields={name: [problem]})
    return found


@router.get("/standard-changes", response=list[StandardChangeOut], auth=None)
@paginate(Pages)
def announced_changes(
    request: HttpRequest, kind: StandardChange.Kind | None = None
) -> QuerySet[StandardChange]:
    """List the changes that were announced, the latest first."""
    found = queries.changes(None).order_by("-effective_on", "-pk")
    return found.filter(kind=kind) if kind else found


@router.get("/standard-changes/{int:pk}", response=StandardChangeOut, auth=None)
def announced_change(request: HttpRequest, pk: int) -> StandardChange:
    """Show a change that was announced."""
    return get_object_or_404(queries.changes(None), pk=pk)


@router.post("/standard-changes", response={201: StandardChangeOut})
def begin_change(request: ApiRequest, body: StandardChangeIn) -> Status[StandardChange]:
    """Write a change of a standard down."""
    change = StandardChange(**body.values())
    workflow.begin(change, request.auth, at=timezone.now())
    return Status(201, queries.changes(request.auth).get(pk=change.pk))


@router.patch("/standard-changes/{int:pk}", response=StandardChangeOut)
def amend_change(request: ApiRequest, pk: int, body: StandardChangePatch) -> StandardChange:
    """Change what was not yet announced."""
    found = get_object_or_404(queries.changes_to_decide(request.auth), pk=pk)
    workflow.amend(found, body.values(), request.auth, at=timezone.now())
    return queries.changes(request.auth).get(pk=pk)


@router.get("/scheme-transitions", response=list[TransitionOut])
@paginate(Pages)
def transitions(
    request: ApiRequest, state: SchemeTransition.State | None = None, change: int | None = None
) -> QuerySet[SchemeTransition]:
    """List the transitions you may see."""
    asked = {"state": state, "change": change}
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.transitions(request.auth).filter(**given).order_by("-pk")


@router.get("/scheme-transitions/{int:pk}", response=TransitionOut)
def transition(request: ApiRequest, pk: int) -> SchemeTransition:
    """Show a transition."""
    return get_object_or_404(queries.transitions(request.auth), pk=pk)


@router.patch("/scheme-transitions/{int:pk}", response=TransitionOut)
def plan_transition(request: ApiRequest, pk: int, body: TransitionPatch) -> SchemeTransition:
    """Fill in how the body moves on."""
    found = transition(request, pk)
    values = body.model_dump(exclude_unset=True)
    workflow.amend(found, values, request.auth, at=timezone.now())
    return transition(request, pk)


step_endpoints(
    router, "/standard-changes", StandardChange, queries.changes_to_decide, StandardChangeOut
)
step_endpoints(router, "/scheme-transitions", SchemeTransition, queries.transitions, TransitionOut)
