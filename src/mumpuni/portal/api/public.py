"""Endpoints for everybody: verification, directories, statistics; no token is asked for."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, ModelSchema, Router, Schema, Status
from ninja.pagination import paginate
from pydantic import BaseModel, ConfigDict

from mumpuni.access.person import SYSTEM
from mumpuni.api.paging import Pages, SearchText
from mumpuni.api.problems import Problem, problem
from mumpuni.certificates.models import LookupCount, MisuseReport, numbers
from mumpuni.certificates.verification import (
    Verdict,
    Verification,
    verify_blank,
    verify_number,
    verify_public_id,
)
from mumpuni.kernel import workflow
from mumpuni.licensing.models import Licence
from mumpuni.licensing.queries import sanction_on, status_on
from mumpuni.oversight.models import Appeal, SanctionCase
from mumpuni.portal import directories, lookups
from mumpuni.portal.figures import FIGURES
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.queries import search_versions
from mumpuni.web.tables import Column
from mumpuni.web.tables.downloads import as_csv

router = Router()

CSV = {
    "responses": {
        200: {
            "description": HTTPStatus.OK.phrase,
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    }
}

Typed = Annotated[SearchText, Field(default="")]


class Plain(BaseModel):
    """Read from attributes as they are; a `Schema` asks for each in several ways."""

    model_config = ConfigDict(from_attributes=True)


class VerifiedUnitOut(Plain):
    code: str
    title: str


class PublicSanctionOut(Plain):
    """A freeze or revocation; `lifted_on` is empty while it holds."""

    kind: str
    decree_number: str
    effective_on: date
    months: int | None
    lifted_on: date | None


class VerifiedCertificateOut(Plain):
    """The certificate as it was issued."""

    public_id: str
    number: str
    registration_number: str
    blank_number: str
    holder_name: str
    scheme_number: str
    scheme_title: str
    scheme_title_en: str
    scheme_version: int
    field_name: str
    kkni_level: int | None
    units: list[VerifiedUnitOut]
    decided_on: date
    issued_on: date
    valid_until: date
    state_since: date | None


class VerifiedBodyOut(Plain):
    """The body that certified, on the day of issue and today."""

    organisation_id: int
    name: str
    licence_number: str
    status_at_issue: str
    status_today: str
    sanction_at_issue: PublicSanctionOut | None
    sanction_today: PublicSanctionOut | None
    since: list[PublicSanctionOut]


class CheckOut(Plain):
    """One question and its answer: `yes`, `no`, or `unknown` where it could not be checked."""

    question: str
    result: str
    detail: str


class VerificationOut(Plain):
    """The verdict, its reason, and every fact it rests on; `holds` means valid today."""

    verdict: Verdict
    holds: bool
    reason: str
    checked_at: datetime
    simulated: bool
    replaced_by: str
    certificate: VerifiedCertificateOut | None
    body: VerifiedBodyOut | None
    checks: list[CheckOut]


@router.get(
    "/verify",
    auth=None,
    response={200: VerificationOut, 429: Problem},
    operation_id="verify",
)
def verify(
    request: HttpRequest,
    number: Typed,
    public_id: Typed,
    blank: Typed,
    name: Typed,
) -> Verification | HttpResponse:
    """Verify one certificate by `number` (of certificate or registration), `public_id` or `blank`.

    Letters and digits alone count. A blank number needs the `name` printed with it; with another
    number a name is confirmed or denied. 404 where the register has no such certificate, and where
    it has one under another name.
    """
    if len([given for given in (number, public_id, blank) if given.strip()]) != 1:
        return problem(
            422, "invalid", _("Sebutkan tepat satu: number, public_id, atau blank dengan name.")
        )
    if numbers.as_blank_number(number):
        return problem(
            422,
            "V-07",
            _("Ini nomor blangko. Tanyakan dengan blank, dan name yang tercetak padanya."),
        )
    lookups.count_lookup(request)
    if public_id.strip():
        answer = verify_public_id(public_id)
    elif blank.strip():
        answer = verify_blank(blank, name)
    else:
        answer = verify_number(number, name)
    lookups.tally(LookupCount.Channel.API, [answer])
    if answer.verdict == Verdict.NOT_FOUND:
        return problem(404, "V-07" if answer.name_differs else "not-found", answer.reason)
    if answer.certificate is None:
        return problem(422, "V-07", answer.reason)
    return answer


class MisuseReportIn(ModelSchema):
    """What is wrong with a certificate, and how to reach who reports it."""

    class Meta:
        model = MisuseReport
        fields = MisuseReport.EDITABLE


@router.post("/verify/reports", auth=None, response={201: None, 429: Problem})
def report_misuse(request: HttpRequest, body: MisuseReportIn) -> Status[None]:
    """Report what is wrong with a certificate; the authority reads it."""
    lookups.count_lookup(request)
    workflow.begin(MisuseReport(**body.model_dump(exclude_unset=True)), SYSTEM, at=timezone.now())
    return Status(201, None)


class BodyOut(Schema):
    """A certification body as the public directory lists it."""

    id: int = Field(alias="organisation_id")
    name: str = Field(alias="organisation.name")
    licence_number: str = Field(alias="number")
    body_type: str
    province: str
    status: str
    valid_until: date | None
    simulated: bool

    @staticmethod
    def resolve_province(licence: Licence) -> str:
        """Return the province's name."""
        return str(directories.province_of(licence.organisation.region) or "")


class PublicTermOut(Schema):
    decree_number: str
    valid_from: date
    valid_until: date


class PublicScopeOut(Schema):
    scheme_id: int = Field(alias="scheme_version_id")
    number: str = Field(alias="scheme_version.number")
    title: str = Field(alias="scheme_version.title")
    valid_from: date
    valid_until: date | None


class BodyDayOut(Schema):
    """A body on a day: how its licence stands, by which sanction, and what it may certify."""

    id: int
    name: str
    licence_number: str
    body_type: str
    candidate_group: str
    on: date
    status: str
    sanction: PublicSanctionOut | None
    terms: list[PublicTermOut]
    sanctions: list[PublicSanctionOut]
    scope: list[PublicScopeOut]


@router.get("/directory/bodies", auth=None, response=list[BodyOut], operation_id="bodies")
@paginate(Pages)
def bodies(
    request: HttpRequest, q: SearchText = "", status: SearchText = "", province: SearchText = ""
) -> QuerySet[Licence]:
    """List certification bodies with their status today, by name."""
    rows = directories.bodies(timezone.localdate())
    if q:
        rows = rows.filter(organisation__name__icontains=q)
    if status:
        rows = rows.filter(Q(status=status))
    if province:
        rows = rows.filter(organisation__region__code__startswith=province)
    return rows


@router.get(
    "/directory/bodies/{int:pk}",
    auth=None,
    response=BodyDayOut,
    operation_id="body",
)
def body(request: HttpRequest, pk: int, on: date | None = None) -> dict[str, object]:
    """Tell how a body's licence stands on a day, today unless told otherwise."""
    licence = directories.body(pk)
    if licence is None:
        raise Http404
    day = on or timezone.localdate()
    return {
        "id": licence.organisation_id,
        "name": licence.organisation.name,
        "licence_number": licence.number,
        "body_type": licence.body_type,
        "candidate_group": licence.candidate_group,
        "on": day,
        "status": status_on(licence, day),
        "sanction": sanction_on(licence, day),
        "terms": list(licence.terms.all()),
        "sanctions": [one for one in licence.sanctions.all() if one.imposed_at is not None],
        "scope": list(directories.scope_on(licence, day)),
    }


class PublicDecreeOut(Schema):
    """A decree that froze, revoked or lifted; `appeal` is the state of an appeal against it."""

    id: int
    kind: SanctionCase.Kind
    organisation_id: int
    organisation_name: str = Field(alias="organisation.name")
    licence_number: str = Field(alias="licence.number")
    decree_number: str
    decreed_on: date
    effective_on: date
    months: int | None
    ground: SanctionCase.Ground
    appeal: Appeal.State | None = Field(alias="appeal_state")
    simulated: bool


DECREE_COLUMNS = [
    Column(path, name)
    for path, name in (
        ("pk", "id"),
        ("kind", "kind"),
        ("organisation_id", "organisation_id"),
        ("organisation.name", "organisation_name"),
        ("licence.number", "licence_number"),
        ("decree_number", "decree_number"),
        ("decreed_on", "decreed_on"),
        ("effective_on", "effective_on"),
        ("months", "months"),
        ("ground", "ground"),
        ("appeal_state", "appeal"),
        ("simulated", "simulated"),
    )
]


@router.get(
    "/directory/sanctions", auth=None, response=list[PublicDecreeOut], operation_id="sanctions_open"
)
@paginate(Pages)
def sanctions(
    request: HttpRequest, kind: SanctionCase.Kind | None = None, year: int | None = None
) -> QuerySet[SanctionCase]:
    """List the decrees that froze, revoked or lifted, the newest first; `year` is of the first day."""
    rows = directories.decrees()
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(effective_on__year=year) if year else rows


@router.get("/directory/sanctions.csv", auth=None, operation_id="sanctions_csv", openapi_extra=CSV)
def sanctions_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Download all of them as CSV."""
    return as_csv(DECREE_COLUMNS, directories.decrees(), "sanctions")


class PublicSchemeOut(Schema):
    """A verified scheme and how many active bodies are licensed for it."""

    id: int
    number: str
    title: str
    title_en: str
    version: int
    kind: str = Field(alias="scheme.kind")
    kkni_level: int | None
    unit_count: int
    licensed_count: int


@router.get(
    "/directory/schemes", auth=None, response=list[PublicSchemeOut], operation_id="schemes_open"
)
@paginate(Pages)
def schemes(request: HttpRequest, q: SearchText = "") -> QuerySet[SchemeVersion]:
    """List verified schemes by title; `q` may be a unit's code."""
    rows = directories.schemes(timezone.localdate()).order_by("title", "pk")
    return search_versions(rows, q) if q else rows


@router.get(
    "/directory/schemes/{int:pk}/bodies",
    auth=None,
    response=list[BodyOut],
    operation_id="scheme_bodies",
)
def scheme_bodies(request: HttpRequest, pk: int) -> QuerySet[Licence]:
    """List the active bodies licensed for a scheme."""
    today = timezone.localdate()
    version = get_object_or_404(directories.schemes(today), pk=pk)
    return directories.licensed_for(version, today)


class PointOut(Schema):
    name: str
    value: int


class FigureOut(Schema):
    """One statistic: a count by one property."""

    name: str
    title: str
    points: list[PointOut]


@router.get("/statistics", auth=None, response=list[FigureOut], operation_id="statistics")
def statistics(request: HttpRequest) -> list[dict[str, object]]:
    """Give the open statistics, counted from the register at most an hour ago."""
    return [
        {
            "name": figure.name,
            "title": str(figure.title),
            "points": [{"name": name, "value": value} for name, value in figure.points()],
        }
        for figure in FIGURES.values()
    ]
