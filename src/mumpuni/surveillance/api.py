"""Endpoints of surveillance."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, ModelSchema, Path, Query, Router, Schema
from ninja.pagination import paginate
from ninja.responses import Status

from mumpuni.access.person import Person
from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Key, Pages, SearchText
from mumpuni.api.steps import step_endpoints
from mumpuni.kernel import workflow
from mumpuni.licensing import queries as licensing
from mumpuni.surveillance import actions, queries
from mumpuni.surveillance.models import Dossier, PlannedVisit, Programme, RiskScore
from mumpuni.surveillance.models.programmes import FIRST_YEAR, LAST_YEAR, MOST_VISITS
from mumpuni.surveillance.queries import (
    check_watches,
    dossiers,
    figures,
    outlook,
    programmes,
    provinces,
)
from mumpuni.visits.api import PlanFields, VisitOut
from mumpuni.visits.models import Visit

router = Router()
PROGRAMMES = "/surveillance-programmes"
Budget = Annotated[int, Field(ge=1, le=MOST_VISITS)]
Note = Annotated[str, Field(max_length=5_000)]
Reason = Annotated[str, Field(max_length=1_000)]
Year = Annotated[int, Path(ge=figures.FIRST_YEAR, le=date.max.year)]


class YearFigureOut(Schema):
    """A figure of a year; its rows are at `/yearly-figures/{year}/{key}`."""

    key: str
    label: str
    value: int


class CountedOut(Schema):
    """A record that a figure counts: a licence, a visit, an application or a sanction."""

    subject: str = Field(description="kind of record, as `visits.visit`")
    subject_id: int
    organisation_id: int
    organisation_name: str

    @staticmethod
    def resolve_subject(row: Any) -> str:
        label: str = row._meta.label_lower
        return label

    @staticmethod
    def resolve_subject_id(row: Any) -> int:
        key: int = row.pk
        return key

    @staticmethod
    def resolve_organisation_id(row: Any) -> int:
        key: int = figures.body_of(row).pk
        return key

    @staticmethod
    def resolve_organisation_name(row: Any) -> str:
        return figures.body_of(row).name


@router.get("/yearly-figures/{year}", response=list[YearFigureOut])
def yearly_figures(request: ApiRequest, year: Year) -> list[YearFigureOut]:
    """Show what the authority reports of a year, counted from the records."""
    check_watches(request.auth)
    counts = figures.counted([year])
    return [
        YearFigureOut(key=one.key, label=str(one.label), value=counts[one.key, year])
        for one in figures.FIGURES
    ]


@router.get("/yearly-figures/{year}/{slug:key}", response=list[CountedOut])
@paginate(Pages)
def counted(request: ApiRequest, year: Year, key: str) -> QuerySet[Any]:
    """List the records that a figure counts."""
    check_watches(request.auth)
    figure = figures.BY_KEY.get(key)
    if figure is None:
        raise Http404
    return figure.rows(year).order_by("pk")


class PartOut(Schema):
    """A part of a score: the signal, its points, and the sentence with the numbers."""

    signal: str
    points: int
    sentence: str
    facts: dict[str, int]

    @staticmethod
    def resolve_signal(part: Any) -> str:
        key: str = part.signal.key
        return key


class RiskOut(Schema):
    """How risky a body is, as last worked out; `due_on` is when it is to be visited at the latest."""

    licence_id: int
    licence_number: str
    organisation_id: int
    organisation_name: str
    score: int
    assessed_on: date
    visited_on: date | None
    due_on: date
    reasons: list[PartOut]

    @staticmethod
    def resolve_licence_number(risk: RiskScore) -> str:
        return risk.licence.number

    @staticmethod
    def resolve_organisation_id(risk: RiskScore) -> int:
        return risk.licence.organisation_id

    @staticmethod
    def resolve_organisation_name(risk: RiskScore) -> str:
        return risk.licence.organisation.name


@router.get("/risks", response=list[RiskOut])
@paginate(Pages)
def risks(request: ApiRequest, q: SearchText = "", *, late: bool = False) -> QuerySet[RiskScore]:
    """List the bodies that are watched, the riskiest first; `late` keeps those overdue."""
    found = queries.risks(request.auth).order_by("-score", "pk")
    if q:
        found = found.filter(licence__organisation__name__icontains=q)
    return found.filter(due_on__lt=timezone.localdate()) if late else found


@router.get("/risks/{int:licence_id}", response=RiskOut)
def risk(request: ApiRequest, licence_id: int) -> RiskScore:
    """Show how the score of a body comes about."""
    return get_object_or_404(queries.risks(request.auth), pk=licence_id)


class OutlookOut(Schema):
    """What so many visits a year would cover."""

    bodies: int
    visits: int
    covered_percent: float
    cycle_years: float | None
    needed_for_cycle: int
    needed_on_site: int
    late: int
    still_late: int


@router.get("/surveillance-outlook", response=OutlookOut)
def surveillance_outlook(
    request: ApiRequest, visits: Annotated[int, Query(ge=0, le=10**9)]
) -> OutlookOut:
    """Ask what so many visits a year would cover, the riskiest first."""
    seen = outlook.outlook(request.auth, timezone.localdate())
    return OutlookOut(
        bodies=seen.bodies,
        visits=visits,
        covered_percent=seen.covered(visits),
        cycle_years=seen.cycle_years(visits),
        needed_for_cycle=seen.needed_for_cycle,
        needed_on_site=seen.needed_on_site,
        late=seen.late(),
        still_late=seen.late(visits),
    )


class ProvinceOut(Schema):
    """The bodies whose office is in a province; without code those of which none is known."""

    code: str
    name: str
    bodies: int
    risk: int
    late: int


@router.get("/surveillance-provinces", response=list[ProvinceOut])
def surveillance_provinces(request: ApiRequest) -> list[provinces.Province]:
    """Show how many bodies there are in each province, their summed risk, and who is overdue."""
    return provinces.provinces(request.auth, timezone.localdate())


class ProgrammeOut(ModelSchema):
    """The programme of a year."""

    class Meta:
        model = Programme
        fields = ["id", "state", "year", "budget", "note", "approved_on"]


class ProgrammeIn(Schema):
    """A programme to draw up."""

    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
    budget: Budget
    note: Note = ""


class ProgrammeChange(Schema):
    """What may change while a programme is a draft."""

    budget: Budget | None = None
    note: Note | None = None


class EntryOut(Schema):
    """A body in a programme, with rank, score and reasons of the day it was put there."""

    id: int
    rank: int
    licence_id: int
    organisation_id: int
    organisation_name: str
    score: int
    reasons: list[PartOut]
    added_because: str
    dropped_because: str
    visit_id: int | None
    visit_state: Visit.State | None

    @staticmethod
    def resolve_organisation_id(entry: PlannedVisit) -> int:
        return entry.licence.organisation_id

    @staticmethod
    def resolve_organisation_name(entry: PlannedVisit) -> str:
        return entry.licence.organisation.name

    @staticmethod
    def resolve_reasons(entry: PlannedVisit) -> list[Any]:
        return list(entry.parts)

    @staticmethod
    def resolve_visit_state(entry: PlannedVisit) -> str | None:
        return entry.visit.state if entry.visit else None


class AdditionIn(Schema):
    """A body to be visited though its rank is too low, and why."""

    licence_id: Key
    reason: Reason


class ReasonIn(Schema):
    """Why a body is not visited this year."""

    reason: Reason


class FirstVisitsIn(Schema):
    """How many visits to plan at once, between which days."""

    count: Budget
    first: date
    last: date


class PlannedOut(Schema):
    """How many visits were planned."""

    planned: int


@router.get(PROGRAMMES, response=list[ProgrammeOut])
@paginate(Pages)
def all_programmes(request: ApiRequest) -> QuerySet[Programme]:
    """List the programmes, the newest first."""
    return programmes.programmes(request.auth).order_by("-year")


@router.get(f"{PROGRAMMES}/{{int:pk}}", response=ProgrammeOut)
def programme(request: ApiRequest, pk: int) -> Programme:
    """Show a programme."""
    return get_object_or_404(programmes.programmes(request.auth), pk=pk)


@router.post(PROGRAMMES, response={201: ProgrammeOut})
def begin_programme(request: ApiRequest, body: ProgrammeIn) -> Status[Programme]:
    """Draw up the programme of a year."""
    made = Programme(**body.model_dump())
    workflow.begin(made, request.auth, at=timezone.now())
    return Status(201, made)


@router.patch(f"{PROGRAMMES}/{{int:pk}}", response=ProgrammeOut)
def amend_programme(request: ApiRequest, pk: int, body: ProgrammeChange) -> Programme:
    """Change budget or note of a draft."""
    record = programme(request, pk)
    given = body.model_dump(exclude_none=True)
    workflow.amend(record, given, request.auth, at=timezone.now())
    return record


@router.get(f"{PROGRAMMES}/{{int:pk}}/entries", response=list[EntryOut])
@paginate(Pages)
def entries(request: ApiRequest, pk: int) -> QuerySet[PlannedVisit]:
    """List the bodies in a programme by rank."""
    return programmes.entries(programme(request, pk)).order_by("rank")


@router.post(f"{PROGRAMMES}/{{int:pk}}/entries", response={201: EntryOut})
def add_entry(request: ApiRequest, pk: int, body: AdditionIn) -> Status[PlannedVisit]:
    """Put a body into an approved programme that its rank alone would not."""
    record = programme(request, pk)
    licence = get_object_or_404(licensing.licences(request.auth), pk=body.licence_id)
    made = actions.add(record, licence, body.reason, request.auth, at=timezone.now())
    return Status(201, _entry(request.auth, pk, made.pk))


@router.post(f"{PROGRAMMES}/{{int:pk}}/visits", response=PlannedOut)
def plan_first(request: ApiRequest, pk: int, body: FirstVisitsIn) -> PlannedOut:
    """Plan the visits of the first bodies that have none, spread over the working days."""
    record = programme(request, pk)
    count = actions.plan_first(record, **body.model_dump(), actor=request.auth, at=timezone.now())
    return PlannedOut(planned=count)


@router.post(f"{PROGRAMMES}/{{int:pk}}/entries/{{int:entry}}/visit", response={201: VisitOut})
def plan_entry(request: ApiRequest, pk: int, entry: int, body: PlanFields) -> Status[Visit]:
    """Plan the visit of a body in a programme."""
    found = _entry(request.auth, pk, entry)
    made = actions.plan(found, body.model_dump(), request.auth, at=timezone.now())
    return Status(201, made)


@router.post(f"{PROGRAMMES}/{{int:pk}}/entries/{{int:entry}}/drop", response=EntryOut)
def drop_entry(request: ApiRequest, pk: int, entry: int, body: ReasonIn) -> PlannedVisit:
    """Give a body up this year."""
    found = _entry(request.auth, pk, entry)
    actions.drop(found, body.reason, request.auth, at=timezone.now())
    return _entry(request.auth, pk, entry)


def _entry(person: Person, programme_id: int, pk: int) -> PlannedVisit:
    record = get_object_or_404(programmes.programmes(person), pk=programme_id)
    return get_object_or_404(programmes.entries(record), pk=pk)


class DossierOut(Schema):
    """A dossier that was kept when a renewal was submitted; `sha256` is that of its facts."""

    id: int
    licence_id: int
    application_id: int
    first: date
    last: date
    sha256: str
    facts: dict[str, Any]


class PerformanceOut(Schema):
    """How a body fared from a day to a day, as of today."""

    first: date
    last: date
    facts: dict[str, Any]


@router.get("/dossiers", response=list[DossierOut])
@paginate(Pages)
def kept_dossiers(request: ApiRequest, licence_id: Key | None = None) -> QuerySet[Dossier]:
    """List the dossiers you may see, the newest first."""
    found = dossiers.dossiers(request.auth).order_by("-last", "-pk")
    return found.filter(licence=licence_id) if licence_id else found


@router.get("/dossiers/{int:pk}", response=DossierOut)
def kept_dossier(request: ApiRequest, pk: int) -> Dossier:
    """Show a dossier as it was kept."""
    return get_object_or_404(dossiers.dossiers(request.auth), pk=pk)


@router.get("/licences/{int:pk}/performance", response=PerformanceOut)
def performance(request: ApiRequest, pk: int) -> PerformanceOut:
    """Show how a body fared in the last five years, until today."""
    licence = get_object_or_404(dossiers.licences(request.auth), pk=pk)
    first, last = dossiers.period(timezone.localdate())
    facts = dossiers.performance(licence.organisation_id, first, last)
    return PerformanceOut(first=first, last=last, facts=facts)


step_endpoints(router, PROGRAMMES, Programme, programmes.programme_in_full, ProgrammeOut)
