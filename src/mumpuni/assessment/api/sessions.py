"""Endpoints of sessions, their assessors and who is placed with whom."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from mumpuni.access.roles import Permission
from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Pages, SearchText
from mumpuni.api.steps import step_endpoints
from mumpuni.assessment import actions, queries
from mumpuni.assessment.api.texts import Line
from mumpuni.assessment.models import Session, SessionAssignment
from mumpuni.assessment.models.sessions import LARGEST_QUOTA
from mumpuni.assessors.queries import assessors
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid, NotPermitted
from mumpuni.schemes.queries import verified_versions

router = Router()
PATH = "/sessions"
Quota = Annotated[int, Field(ge=1, le=LARGEST_QUOTA)]


class SessionOut(Schema):
    """A session as it is planned."""

    id: int
    state: Session.State
    number: str
    organisation: int
    organisation_name: str
    scheme_version: int
    scheme_title: str
    venue: int
    held_on: date
    quota: int

    @staticmethod
    def resolve_organisation(session: Session) -> int:
        return session.organisation_id

    @staticmethod
    def resolve_organisation_name(session: Session) -> str:
        return session.organisation.name

    @staticmethod
    def resolve_scheme_version(session: Session) -> int:
        return session.scheme_version_id

    @staticmethod
    def resolve_scheme_title(session: Session) -> str:
        return session.scheme_version.title

    @staticmethod
    def resolve_venue(session: Session) -> int:
        return session.venue_id


class AssignmentOut(Schema):
    """An assessor's assignment by letter."""

    id: int
    assessor: int
    assessor_name: str
    letter_number: str
    impartial: bool

    @staticmethod
    def resolve_assessor(assignment: SessionAssignment) -> int:
        return assignment.assessor_id

    @staticmethod
    def resolve_assessor_name(assignment: SessionAssignment) -> str:
        return assignment.assessor.individual.name


class SessionInFull(SessionOut):
    """A session with its assessors."""

    assignments: list[AssignmentOut]


class SessionIn(Schema):
    """A session to plan for one's own body."""

    scheme_version: int
    venue: int
    held_on: date
    quota: Quota


class SessionAmendment(Schema):
    """What is to be changed; what is left out stays."""

    scheme_version: int = 0
    venue: int = 0
    held_on: date = date.min
    quota: Quota = 1


class AssignmentIn(Schema):
    """An assessor to assign by letter, with the declaration of impartiality in hand or not."""

    assessor: int
    letter_number: Line
    impartial: bool = False


class PlacementIn(Schema):
    """Candidates to place with one assignment of the session."""

    assignment: int
    candidates: list[int]


@router.get(PATH, response=list[SessionOut])
@paginate(Pages)
def sessions(
    request: ApiRequest,
    state: Session.State | None = None,
    held_from: date | None = None,
    held_until: date | None = None,
    q: SearchText = "",
) -> QuerySet[Session]:
    """List the sessions you may see, newest first; `q` is part of a number."""
    found = queries.sessions(request.auth).filter(number__icontains=q).order_by("-held_on", "-pk")
    asked = {"state": state, "held_on__gte": held_from, "held_on__lte": held_until}
    return found.filter(**{name: value for name, value in asked.items() if value is not None})


@router.get("/open-sessions", response=list[SessionOut])
@paginate(Pages)
def open_sessions(request: ApiRequest) -> QuerySet[Session]:
    """List the sessions you may apply for yourself, soonest first."""
    return queries.open_sessions(request.auth, on=timezone.localdate()).order_by("held_on", "pk")


@router.get(PATH + "/{int:pk}", response=SessionInFull)
def session(request: ApiRequest, pk: int) -> Session:
    """Show a session with its assessors."""
    return get_object_or_404(queries.sessions_in_full(request.auth), pk=pk)


@router.post(PATH, response={201: SessionOut})
def plan_session(request: ApiRequest, body: SessionIn) -> Status[Session]:
    """Plan a session of your own body."""
    person = request.auth
    if person.organisation_id is None or not person.holds(Permission.SESSION_MANAGE):
        raise NotPermitted(_("Anda tidak berwenang membuat ini."))
    values = _values(body.dict(), person.organisation_id)
    made = Session(organisation_id=person.organisation_id, **values)
    actions.plan_session(made, person, at=timezone.now())
    return Status(201, made)


@router.patch(PATH + "/{int:pk}", response=SessionOut)
def amend_session(request: ApiRequest, pk: int, body: SessionAmendment) -> Session:
    """Change the plan; the scheme only in draft."""
    found = _found(request, pk)
    given = _values(body.dict(exclude_unset=True), found.organisation_id)
    workflow.amend(found, given, request.auth, at=timezone.now())
    return found


@router.post(PATH + "/{int:pk}/assignments", response=SessionInFull)
def assign(request: ApiRequest, pk: int, body: AssignmentIn) -> Session:
    """Assign an assessor, or mend the letter; R-05 to R-07 name what does not fit."""
    found = _found(request, pk)
    assessor = get_object_or_404(assessors(request.auth), pk=body.assessor)
    change = actions.assign_assessor(assessor, body.letter_number, impartial=body.impartial)
    workflow.amend_parts(found, "assignments", change, request.auth, at=timezone.now())
    return session(request, pk)


@router.delete(PATH + "/{int:pk}/assignments/{int:key}", response=SessionInFull)
def release(request: ApiRequest, pk: int, key: int) -> Session:
    """End an assignment."""
    found = _found(request, pk)
    assignment = get_object_or_404(queries.assignments(found), pk=key)
    change = actions.release_assessor(assignment)
    workflow.amend_parts(found, "assignments", change, request.auth, at=timezone.now())
    return session(request, pk)


@router.post(PATH + "/{int:pk}/declaration", response=SessionInFull)
def declare(request: ApiRequest, pk: int) -> Session:
    """Declare yourself impartial in a session you are assigned to."""
    change = actions.declare_impartial(request.auth)
    found = _found(request, pk)
    workflow.amend_parts(found, "impartiality", change, request.auth, at=timezone.now())
    return session(request, pk)


@router.post(PATH + "/{int:pk}/distribution", response=SessionInFull)
def distribute(request: ApiRequest, pk: int) -> Session:
    """Place all waiting candidates evenly with the assessors."""
    found = _found(request, pk)
    workflow.amend_parts(found, "placement", actions.distribute, request.auth, at=timezone.now())
    return session(request, pk)


@router.post(PATH + "/{int:pk}/placements", response=SessionInFull)
def place(request: ApiRequest, pk: int, body: PlacementIn) -> Session:
    """Place chosen candidates with one assessor; A-11 and A-12 hold for the outcome."""
    found = _found(request, pk)
    assignment = get_object_or_404(queries.assignments(found), pk=body.assignment)
    chosen = queries.candidates(request.auth).filter(session=found, pk__in=body.candidates)
    change = actions.place(chosen, assignment.pk)
    workflow.amend_parts(found, "placement", change, request.auth, at=timezone.now())
    return session(request, pk)


def _found(request: ApiRequest, pk: int) -> Session:
    return get_object_or_404(queries.sessions(request.auth), pk=pk)


def _values(given: dict[str, Any], organisation_id: int) -> dict[str, Any]:
    """Put records in the place of their keys; whether the body may certify them, rules say."""
    offers: dict[str, QuerySet[Any]] = {
        "scheme_version": verified_versions(),
        "venue": queries.venues_on_offer(organisation_id),
    }
    for name, offered in offers.items():
        if name not in given:
            continue
        found = offered.filter(pk=given[name]).first()
        if found is None:
            message = _("Pilihan ini tidak ada.")
            raise Invalid(message, fields={name: [message]})
        given[name] = found
    return given


step_endpoints(router, PATH, Session, queries.sessions, SessionOut)
