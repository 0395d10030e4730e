"""Endpoints of schemes: the published ones for everybody, the others for those whose they are."""

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
from mumpuni.api.paging import Pages, SearchText
from mumpuni.api.steps import step_endpoints
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid, NotPermitted
from mumpuni.reference.models import ClassificationCode
from mumpuni.reference.queries import find_code
from mumpuni.schemes import actions, queries
from mumpuni.schemes.models import Scheme, SchemeUnit, SchemeVersion
from mumpuni.schemes.models.schemes import LONGEST_TEXT

router = Router()

MOST_UNITS = 1_000
Code = Annotated[str, Field(max_length=64)]


class CodeRef(Schema):
    """A code with the version of its classification."""

    version: Annotated[str, Field(max_length=8)]
    code: Annotated[str, Field(max_length=8)]


class SchemeOut(Schema):
    """A version of the scheme `scheme`; `number` is empty until its owner has a licence.

    `count_in_year` tells how many its owner had submitted that year when it was, itself included.
    """

    id: int
    scheme: int = Field(alias="scheme_id")
    state: SchemeVersion.State
    number: str
    version: int
    kind: Scheme.Kind
    organisation: str
    organisation_id: int
    title: str
    title_en: str
    purpose: str
    requirements: str
    kkni_level: int | None
    sector_category: str
    kbli: CodeRef | None
    kbji: CodeRef | None
    validity_months: int
    submitted_on: date | None
    verified_on: date | None
    retired_on: date | None
    source: str
    count_in_year: int
    volume_reason: str

    @staticmethod
    def resolve_kind(version: SchemeVersion) -> str:
        return version.scheme.kind

    @staticmethod
    def resolve_organisation(version: SchemeVersion) -> str:
        return version.scheme.organisation.name

    @staticmethod
    def resolve_organisation_id(version: SchemeVersion) -> int:
        return version.scheme.organisation_id


class SchemeUnitOut(Schema):
    """A unit of a scheme; its elements are at `/standards/{standard}/units/{code}`."""

    position: int
    part: SchemeUnit.Part
    code: str
    title: str
    standard: str

    @staticmethod
    def resolve_code(row: SchemeUnit) -> str:
        return row.unit.code

    @staticmethod
    def resolve_title(row: SchemeUnit) -> str:
        return row.unit.title

    @staticmethod
    def resolve_standard(row: SchemeUnit) -> str:
        return row.unit.standard.key


class SchemeInFull(SchemeOut):
    """A scheme version with its units."""

    units: list[SchemeUnitOut]

    @staticmethod
    def resolve_units(version: SchemeVersion) -> list[SchemeUnit]:
        return list(queries.units_of(version))


class SchemePatch(Schema):
    """What to change of a draft; what is left out stays."""

    title: Annotated[str, Field(max_length=200)] = ""
    title_en: Annotated[str, Field(max_length=200)] = ""
    purpose: Annotated[str, Field(max_length=LONGEST_TEXT)] = ""
    requirements: Annotated[str, Field(max_length=LONGEST_TEXT)] = ""
    kkni_level: Annotated[int, Field(ge=1, le=9)] | None = None
    kbli: CodeRef | None = None
    kbji: CodeRef | None = None
    validity_months: Annotated[int, Field(ge=1, le=120)] = 36

    def values(self) -> dict[str, Any]:
        """Return what was given, codes as the entries they stand for."""
        given = self.model_dump(exclude_unset=True)
        return {
            name: _entry(name, value) if name in {"kbli", "kbji"} and value else value
            for name, value in given.items()
            if name in SchemeVersion.EDITABLE
        }


class SchemeIn(SchemePatch):
    """A new scheme; its kind stays the same through all versions."""

    kind: Scheme.Kind
    title: Annotated[str, Field(max_length=200)]


class UnitsIn(Schema):
    """Codes of units to add, in any spelling."""

    codes: Annotated[list[Code], Field(min_length=1, max_length=MOST_UNITS)]
    part: SchemeUnit.Part = SchemeUnit.Part.CORE


class UnitPlace(Schema):
    """A unit that stays, in its place in the list."""

    code: Code
    part: SchemeUnit.Part = SchemeUnit.Part.CORE


def _entry(system: str, given: dict[str, str]) -> ClassificationCode:
    found = find_code(system, given["version"], given["code"])
    if found is None:
        problem = _("Kode ini tidak ada dalam versi itu.")
        raise Invalid(problem, fields={system: [problem]})
    return found


@router.get("/published-schemes", response=list[SchemeOut], auth=None)
@paginate(Pages)
def published_schemes(
    request: HttpRequest,
    kind: Scheme.Kind | None = None,
    number: Code = "",
    q: SearchText = "",
) -> QuerySet[SchemeVersion]:
    """List what everybody may read; `q` is part of title, number or owner, or a unit code."""
    return _filtered(queries.published_versions(), kind=kind, number=number, q=q)


@router.get("/published-schemes/{int:pk}", response=SchemeInFull, auth=None)
def published_scheme(request: HttpRequest, pk: int) -> SchemeVersion:
    """Show a published scheme with its units."""
    return get_object_or_404(queries.published_versions(), pk=pk)


@router.get("/schemes", response=list[SchemeOut])
@paginate(Pages)
def schemes(
    request: ApiRequest,
    state: SchemeVersion.State | None = None,
    kind: Scheme.Kind | None = None,
    number: Code = "",
    q: SearchText = "",
) -> QuerySet[SchemeVersion]:
    """List the schemes whose record you may see, drafts too."""
    found = _filtered(queries.scheme_versions(request.auth), kind=kind, number=number, q=q)
    return found.filter(state=state) if state else found


def _filtered(
    found: QuerySet[SchemeVersion], *, kind: str | None, number: str, q: str
) -> QuerySet[SchemeVersion]:
    if kind:
        found = found.filter(scheme__kind=kind)
    if number:
        found = found.filter(scheme__number=number)
    return (queries.search_versions(found, q) if q else found).order_by("title", "pk")


@router.get("/schemes/{int:pk}", response=SchemeInFull)
def scheme(request: ApiRequest, pk: int) -> SchemeVersion:
    """Show a scheme with its units."""
    return get_object_or_404(queries.scheme_versions(request.auth), pk=pk)


@router.post("/schemes", response={201: SchemeInFull})
def begin_scheme(request: ApiRequest, body: SchemeIn) -> Status[SchemeVersion]:
    """Begin a scheme of the organisation you act for."""
    owner = request.auth.organisation_id
    if owner is None:
        raise NotPermitted(_("Skema disusun oleh komite skema lembaga."))
    version = actions.begin_scheme(owner, body.kind, body.values(), request.auth, at=timezone.now())
    return Status(201, version)


@router.patch("/schemes/{int:pk}", response=SchemeInFull)
def amend_scheme(request: ApiRequest, pk: int, body: SchemePatch) -> SchemeVersion:
    """Change the facts of a draft."""
    version = scheme(request, pk)
    workflow.amend(version, body.values(), request.auth, at=timezone.now())
    return scheme(request, pk)


@router.post("/schemes/{int:pk}/units", response=SchemeInFull)
def add_units(request: ApiRequest, pk: int, body: UnitsIn) -> SchemeVersion:
    """Add units by their codes; unknown codes are refused with codes alike."""
    version = scheme(request, pk)
    actions.add_units(version, body.codes, body.part, request.auth, at=timezone.now())
    return version


@router.put("/schemes/{int:pk}/units", response=SchemeInFull)
def arrange_units(request: ApiRequest, pk: int, body: list[UnitPlace]) -> SchemeVersion:
    """Put the units of a draft in this order; those left out are removed, new ones ignored."""
    version = scheme(request, pk)
    keys = {row.unit.code: row.unit_id for row in queries.units_of(version)}
    rows = [(keys[one.code], one.part) for one in body if one.code in keys]
    actions.arrange_units(version, rows, request.auth, at=timezone.now())
    return version


@router.post("/schemes/{int:pk}/versions", response={201: SchemeInFull})
def begin_next_version(request: ApiRequest, pk: int) -> Status[SchemeVersion]:
    """Begin the next version as a copy of a published one."""
    version = actions.begin_next_version(scheme(request, pk), request.auth, at=timezone.now())
    return Status(201, version)


step_endpoints(router, "/schemes", SchemeVersion, queries.versions_to_decide, SchemeOut)
