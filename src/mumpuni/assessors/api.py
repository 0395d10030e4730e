"""Endpoints of the register; no identity number leaves it."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from ninja.pagination import paginate
from ninja.responses import Status

from mumpuni.access.models import Individual, Organisation
from mumpuni.access.queries import organisations
from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Pages, SearchText
from mumpuni.api.steps import step_endpoints
from mumpuni.assessors import actions, queries
from mumpuni.assessors.models import Appointment, Assessor, AssessorScope
from mumpuni.assessors.queries import Standing
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid, NotPermitted
from mumpuni.schemes.models import Scheme

router = Router()

MOST_SCHEMES = 500
Name = Annotated[str, Field(min_length=1, max_length=200)]
CertificateNumber = Annotated[str, Field(min_length=1, max_length=64)]
SchemeIds = Annotated[list[int], Field(max_length=MOST_SCHEMES)]


class AssessorOut(Schema):
    """An entry of the register; `last_day` ends the latest term."""

    id: int
    state: Assessor.State
    number: str | None
    name: str
    proposed_by_id: int
    certificate_number: str
    certified_on: date
    registered_on: date | None
    revoked_on: date | None
    last_day: date | None

    @staticmethod
    def resolve_name(assessor: Assessor) -> str:
        return assessor.individual.name

    @staticmethod
    def resolve_last_day(assessor: Assessor) -> date | None:
        return max((term.valid_until for term in assessor.terms.all()), default=None)


class AssessorTermOut(Schema):
    """A term; both days included."""

    certificate_number: str
    valid_from: date
    valid_until: date


class AssessorScopeOut(Schema):
    """A scheme within the scope; `scheme_id` is the scheme of all its versions."""

    scheme_id: int
    scheme_number: str | None
    valid_from: date
    valid_until: date | None

    @staticmethod
    def resolve_scheme_number(row: AssessorScope) -> str | None:
        return row.scheme.number


class AppointmentOut(Schema):
    """A place with a body."""

    organisation_id: int
    organisation: str
    valid_from: date
    valid_until: date | None

    @staticmethod
    def resolve_organisation(row: Appointment) -> str:
        return row.organisation.name


class AssessorInFull(AssessorOut):
    """An entry with terms, scope and appointments."""

    terms: list[AssessorTermOut]
    scope: list[AssessorScopeOut]
    appointments: list[AppointmentOut]


class StandingOut(Schema):
    """What the register says of a day."""

    on: date
    standing: Standing


class ProposalIn(Schema):
    """Whom to propose; the identity number is kept encrypted and never returned."""

    name: Name
    document_kind: Individual.Document
    document_number: Annotated[str, Field(max_length=32)]
    email: Annotated[str, Field(max_length=254)] = ""
    phone: Annotated[str, Field(max_length=32)] = ""
    certificate_number: CertificateNumber
    certified_on: date
    scheme_ids: SchemeIds


class CertificateIn(Schema):
    """The assessor's certificate, the first or a renewed one."""

    certificate_number: CertificateNumber | None = None
    certified_on: date | None = None


class ScopeIn(Schema):
    """The whole scope from today; what is left out ends yesterday."""

    scheme_ids: SchemeIds


class PlaceIn(Schema):
    """A certification body."""

    organisation_id: int


def _schemes(keys: list[int]) -> list[Scheme]:
    found = list(queries.schemes_on_offer().filter(pk__in=keys))
    if len(found) != len(set(keys)):
        problem = _("Pilih skema yang sudah terverifikasi.")
        raise Invalid(problem, code="R-10", fields={"scheme_ids": [problem]})
    return found


@router.get("/assessors", response=list[AssessorOut])
@paginate(Pages)
def assessors(
    request: ApiRequest,
    state: Assessor.State | None = None,
    expiring_within_days: Annotated[int, Field(ge=1, le=3_650)] | None = None,
    q: SearchText = "",
) -> QuerySet[Assessor]:
    """List the assessors you may see, by name; `q` is part of name, number or proposer."""
    found = queries.assessors(request.auth).prefetch_related("terms")
    if state:
        found = found.filter(state=state)
    if expiring_within_days:
        found = queries.expiring(found, timezone.localdate(), expiring_within_days)
    return queries.search_assessors(found, q).order_by("individual__name", "pk")


@router.get("/assessors/{int:pk}", response=AssessorInFull)
def assessor(request: ApiRequest, pk: int) -> Assessor:
    """Show an entry."""
    return get_object_or_404(queries.assessors_in_full(request.auth), pk=pk)


@router.get("/assessors/{int:pk}/standing", response=StandingOut)
def standing(request: ApiRequest, pk: int, on: date | None = None) -> dict[str, Any]:
    """Say whether somebody may assess on a day; today unless `on` is given."""
    day = on or timezone.localdate()
    return {"on": day, "standing": queries.standing_on(assessor(request, pk), day)}


@router.post("/assessors", response={201: AssessorInFull})
def propose(request: ApiRequest, body: ProposalIn) -> Status[Assessor]:
    """Propose somebody for the body you act for."""
    owner = request.auth.organisation_id
    if owner is None:
        raise NotPermitted(_("Asesor diusulkan oleh administrator LSP."))
    given = body.model_dump(exclude={"scheme_ids"})
    proposal = actions.Proposal(**given, schemes=_schemes(body.scheme_ids))
    made = actions.propose(proposal, owner, request.auth, at=timezone.now())
    return Status(201, made)


@router.patch("/assessors/{int:pk}", response=AssessorInFull)
def amend_certificate(request: ApiRequest, pk: int, body: CertificateIn) -> Assessor:
    """Enter the assessor's certificate."""
    given = body.model_dump(exclude_none=True)
    workflow.amend(assessor(request, pk), given, request.auth, at=timezone.now())
    return assessor(request, pk)


@router.put("/assessors/{int:pk}/scope", response=AssessorInFull)
def set_scope(request: ApiRequest, pk: int, body: ScopeIn) -> Assessor:
    """Set the schemes an assessor is competent in, from today."""
    record = assessor(request, pk)
    actions.set_scope(record, _schemes(body.scheme_ids), request.auth, at=timezone.now())
    return assessor(request, pk)


@router.post("/assessors/{int:pk}/appointments", response=AssessorInFull)
def appoint(request: ApiRequest, pk: int, body: PlaceIn) -> Assessor:
    """Give an assessor a place with a further body."""
    record = assessor(request, pk)
    bodies = organisations(Organisation.Kind.CERTIFICATION_BODY)
    found = get_object_or_404(bodies, pk=body.organisation_id)
    actions.appoint(record, found, request.auth, at=timezone.now())
    return assessor(request, pk)


@router.delete("/assessors/{int:pk}/appointments/{int:organisation_id}", response={204: None})
def end_appointment(request: ApiRequest, pk: int, organisation_id: int) -> Status[None]:
    """End an assessor's place with a body: yesterday was the last day."""
    record = assessor(request, pk)
    found = get_object_or_404(queries.open_places(record), organisation=organisation_id)
    actions.end_appointment(record, found.organisation, request.auth, at=timezone.now())
    return Status(204, None)


step_endpoints(router, "/assessors", Assessor, queries.assessors, AssessorOut)
