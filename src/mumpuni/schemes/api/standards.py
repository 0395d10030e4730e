"""Endpoints of standards and units. They are public: no token is asked for."""

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from mumpuni.api.paging import Pages, SearchText
from mumpuni.api.problems import problem
from mumpuni.schemes import queries
from mumpuni.schemes.models import CompetencyStandard, CompetencyUnit

router = Router(auth=None)


class StandardOut(Schema):
    """A standard and what is known of its force; `listed` is published, its force unchecked."""

    key: str
    kind: CompetencyStandard.Kind
    status: CompetencyStandard.Status
    label: str
    number: str
    year: int | None
    title: str
    category_letter: str
    category_name: str
    major_group: str
    field: str
    subfield: str
    unit_count: int
    source: str


class StandardInFull(StandardOut):
    """A standard with the keys of what it amends and of what amends it."""

    amends: str | None
    amended_by: list[str]

    @staticmethod
    def resolve_amends(standard: CompetencyStandard) -> str | None:
        return standard.amends.key if standard.amends else None

    @staticmethod
    def resolve_amended_by(standard: CompetencyStandard) -> list[str]:
        return [amending.key for amending in standard.amendments.all()]


class UnitOut(Schema):
    """A unit; `standard` is the key of the standard it stands in."""

    standard: str = Field(alias="standard_id")
    code: str
    printed_code: str
    title: str
    element_count: int


class CriterionOut(Schema):
    """A performance criterion (kriteria unjuk kerja)."""

    number: str
    text: str


class ElementOut(Schema):
    """An element with its criteria."""

    number: str
    text: str
    criteria: list[CriterionOut]


class UnitInFull(Schema):
    """A unit with all it is made of; `abridged` where the source shortened the criteria."""

    standard: str = Field(alias="standard_id")
    code: str
    printed_code: str
    title: str
    description: str
    abridged: bool
    elements: list[ElementOut]


@router.get("/standards", response=list[StandardOut])
@paginate(Pages)
def standards(
    request: HttpRequest,
    kind: CompetencyStandard.Kind | None = None,
    status: CompetencyStandard.Status | None = None,
    year: int | None = None,
    q: SearchText = "",
) -> QuerySet[CompetencyStandard]:
    """List standards, newest first; `q` is part of a title or a decree, as `321/2016`."""
    found = queries.standards().order_by(F("year").desc(nulls_last=True), "key")
    asked = {"kind": kind, "status": status, "year": year}
    found = found.filter(**{name: value for name, value in asked.items() if value is not None})
    return queries.search_standards(found, q) if q else found


@router.get("/standards/{key}", response=StandardInFull)
def standard(request: HttpRequest, key: SearchText) -> CompetencyStandard:
    """Show a standard."""
    found = queries.standard_by_key(key)
    if found is None:
        raise Http404
    return found


@router.get("/standards/{key}/units", response=list[UnitOut])
@paginate(Pages)
def units_of_standard(request: HttpRequest, key: SearchText) -> QuerySet[CompetencyUnit]:
    """List the units of a standard in its own order."""
    return queries.units_of_standard(standard(request, key))


@router.get("/standards/{key}/units/{code}", response=UnitInFull)
def unit_of_standard(request: HttpRequest, key: SearchText, code: SearchText) -> CompetencyUnit:
    """Show a unit of one standard; the code may be written in any way."""
    found = queries.unit_in_full(key, code)
    if found is None:
        raise Http404
    return found


@router.get("/units", response=list[UnitOut])
@paginate(Pages)
def units(request: HttpRequest, q: SearchText = "") -> QuerySet[CompetencyUnit]:
    """List units by code; `q` is part of a title or of a code, written in any way."""
    found = queries.units().order_by("code", "pk")
    return queries.search_units(found, q) if q else found


@router.get("/units/{code}", response=UnitInFull)
def unit(request: HttpRequest, code: SearchText) -> CompetencyUnit | HttpResponse:
    """Show a unit, of the standard surest to be in force; an unknown code tells similar ones."""
    surest = queries.unit_by_code(code)
    if surest is not None:
        return unit_of_standard(request, surest.standard_id, surest.code)
    similar = queries.similar_unit_codes(code)
    told = {"similar": similar} if similar else None
    return problem(404, "not-found", _("Tidak ada unit dengan kode ini."), told)
