"""Endpoints of the official codes and lists. They are public: no token is asked for."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from mumpuni.api.paging import Pages, SearchText
from mumpuni.reference import queries
from mumpuni.reference.models import ClassificationCode, Holiday, Region
from mumpuni.reference.queries import calendar

router = Router(auth=None)

CalendarYear = Annotated[int, Field(ge=1900, le=2100)]


class RegionOut(Schema):
    """A region; `parent` is the code of the region it is part of."""

    code: str
    level: Region.Level
    name: str
    other_name: str
    parent: str | None
    latitude: float | None
    longitude: float | None
    current: bool

    @staticmethod
    def resolve_parent(region: Region) -> str | None:
        return region.parent_id


class CodeOut(Schema):
    """A code of a classification; `parent` is the code of the group it belongs to."""

    system: ClassificationCode.System
    version: str
    code: str
    level: int
    level_name: str
    title: str
    parent: str | None
    current: bool

    @staticmethod
    def resolve_parent(code: ClassificationCode) -> str | None:
        return code.parent.code if code.parent else None


class NumberPatternOut(Schema):
    """How a kind of number is written; `certainty` tells how sure that is."""

    subject: str
    pattern: str
    expression: str
    sample: str
    parts: str
    certainty: str


class InstrumentFormOut(Schema):
    """A form of the assessment instruments (MUK)."""

    muk_version: str
    code: str
    title: str
    group: str
    phase: str
    filled_by: str
    signed_by: str
    content: str
    used_when: str
    certainty: str


class SatisfactionElementOut(Schema):
    """An element of the satisfaction index; go by the name, sources disagree on two codes."""

    code: str
    name: str
    weight: str


class SatisfactionBandOut(Schema):
    """What an index from `lowest_index` to `highest_index` says."""

    grade: str
    verdict: str
    perception: int
    lowest_mean: Decimal
    highest_mean: Decimal
    lowest_index: Decimal
    highest_index: Decimal


class HoldingOut(Schema):
    """Who held a post; days are empty where the report prints none."""

    name: str
    printed_term: str
    valid_from: date | None
    valid_until: date | None


class PostOut(Schema):
    """A post of the authority with its holders."""

    body: str
    title: str
    holdings: list[HoldingOut]


class RegulationOut(Schema):
    """A guideline of the authority or a law it cites."""

    number: str
    title: str
    latest_basis: str
    earlier_basis: str
    cited_for: str
    certainty: str


class HolidayOut(Schema):
    """A day on which offices are closed."""

    day: date
    kind: Holiday.Kind
    name: str
    certainty: str


class ReleaseOut(Schema):
    """A data set as it was loaded: where it comes from and on which terms."""

    key: str
    version: str
    source: str
    licence: str
    sha256: str
    row_count: int
    loaded_at: datetime


@router.get("/regions", response=list[RegionOut])
@paginate(Pages)
def regions(
    request: HttpRequest,
    parent: SearchText = "",
    level: Region.Level | None = None,
    q: SearchText = "",
) -> QuerySet[Region]:
    """List regions by code: of a level, within `parent`, with `q` in name or code."""
    found = queries.regions().filter(current=True)
    if q:
        found = queries.search_regions(found, q)
    if parent:
        found = found.filter(parent=parent)
    return found.filter(level=level) if level else found


@router.get("/regions/{code}", response=RegionOut)
def region(request: HttpRequest, code: SearchText) -> Region:
    """Show a region, also an abolished one; the code may be written without dots."""
    return _or_404(queries.region(code))


@router.get("/classifications/{system}", response=list[CodeOut])
@paginate(Pages)
def classification(
    request: HttpRequest,
    system: ClassificationCode.System,
    version: SearchText = "",
    level: int | None = None,
    q: SearchText = "",
) -> QuerySet[ClassificationCode]:
    """List the codes of a classification; without `version`, of the newest one loaded."""
    found = queries.codes(system, _version(system, version)).filter(current=True)
    found = (queries.search_codes(found, q) if q else found).select_related("parent")
    return found if level is None else found.filter(level=level)


@router.get("/classifications/{system}/{version}/{code}", response=CodeOut)
def classification_code(
    request: HttpRequest,
    system: ClassificationCode.System,
    version: SearchText,
    code: SearchText,
) -> ClassificationCode:
    """Show a code of one version, also one that a later release left out."""
    return _or_404(queries.find_code(system, version, code))


@router.get("/number-patterns", response=list[NumberPatternOut])
def number_patterns(request: HttpRequest) -> QuerySet[Any]:
    """List how each kind of number is written."""
    return queries.number_patterns()


@router.get("/instrument-forms", response=list[InstrumentFormOut])
def instrument_forms(request: HttpRequest) -> QuerySet[Any]:
    """List the forms of the assessment instruments."""
    return queries.instrument_forms()


@router.get("/holidays", response=list[HolidayOut])
def holidays(request: HttpRequest, year: CalendarYear | None = None) -> QuerySet[Any]:
    """List the days that are no working days, of one year if told so."""
    found = calendar.holidays()
    return found if year is None else found.filter(day__year=year)


@router.get("/satisfaction/elements", response=list[SatisfactionElementOut])
def satisfaction_elements(request: HttpRequest) -> QuerySet[Any]:
    """List the elements of the satisfaction index."""
    return queries.satisfaction_elements()


@router.get("/satisfaction/bands", response=list[SatisfactionBandOut])
def satisfaction_bands(request: HttpRequest) -> QuerySet[Any]:
    """List what a satisfaction index says."""
    return queries.satisfaction_bands()


@router.get("/posts", response=list[PostOut])
def posts(request: HttpRequest) -> QuerySet[Any]:
    """List the posts of the authority with their holders."""
    return queries.posts()


@router.get("/regulations", response=list[RegulationOut])
def regulations(request: HttpRequest) -> QuerySet[Any]:
    """List guidelines, circulars and laws."""
    return queries.regulations()


@router.get("/reference-releases", response=list[ReleaseOut])
def releases(request: HttpRequest) -> QuerySet[Any]:
    """List what was loaded, from where and on which terms."""
    return queries.releases()


def _version(system: str, wanted: str) -> str:
    version = wanted or queries.newest_version(system)
    if (system, version) not in queries.versions():
        raise Http404
    return version


def _or_404[M](found: M | None) -> M:
    if found is None:
        raise Http404
    return found
