"""Endpoints of licence applications, their documents and schemes."""

from datetime import date, datetime
from typing import Annotated

from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, ModelSchema, Router, Schema, Status
from ninja.files import UploadedFile
from ninja.pagination import paginate
from pydantic import Field

from mumpuni.access.person import Person
from mumpuni.api.auth import ApiRequest
from mumpuni.api.description import PDF
from mumpuni.api.paging import Pages, SearchText
from mumpuni.api.steps import step_endpoints
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing import actions, queries, rules
from mumpuni.licensing.documents import download
from mumpuni.licensing.models import (
    ApplicationDocument,
    ApplicationScheme,
    BodyType,
    LicenceApplication,
    ProposedChange,
    checklist_on,
    items_of,
)

router = Router()
PATH = "/licence-applications"
LONGEST_PROPOSAL = 5_000
type Proposed = Annotated[str | None, Field(max_length=LONGEST_PROPOSAL)]


class ApplicationOut(ModelSchema):
    """An application; `waiting_since` is the instant at which its state began."""

    organisation_name: str

    class Meta:
        model = LicenceApplication
        fields = [
            "id",
            "state",
            "kind",
            "organisation",
            *LicenceApplication.EDITABLE,
            "needs_assessment",
            "decree_number",
            "begun_on",
            "submitted_on",
            "decided_on",
        ]

    @staticmethod
    def resolve_organisation_name(application: LicenceApplication) -> str:
        return application.organisation.name


class DocumentOut(Schema):
    """A document with its verdict; `withdrawn_at` is set on one that no longer counts.

    `carried_from` is the key of the application with which it was accepted before.
    """

    id: int
    kind: ApplicationDocument.Kind
    file_name: str
    size: int
    sha256: str
    uploaded_at: datetime
    verdict: ApplicationDocument.Verdict
    remark: str
    withdrawn_at: datetime | None
    carried_from: int | None

    @staticmethod
    def resolve_carried_from(document: ApplicationDocument) -> int | None:
        source = document.carried_from
        return None if source is None else source.application_id


class ChosenSchemeOut(Schema):
    """A scheme version that is to come into the scope, or to leave it."""

    scheme_version: int
    action: ApplicationScheme.Action
    title: str
    number: str


class ProposalOut(Schema):
    """What is to be on record of the body; a region by its code."""

    field: ProposedChange.Field
    value: str


class ApplicationInFull(ApplicationOut):
    """An application with its documents, schemes and proposed changes."""

    documents: list[DocumentOut]
    schemes: list[ChosenSchemeOut]
    proposed_changes: list[ProposalOut]

    @staticmethod
    def resolve_schemes(application: LicenceApplication) -> list[ChosenSchemeOut]:
        return [
            ChosenSchemeOut(
                scheme_version=row.scheme_version_id,
                action=ApplicationScheme.Action(row.action),
                title=row.scheme_version.title,
                number=row.scheme_version.number,
            )
            for row in application.schemes.all()
        ]


class LicenceApplicationIn(ModelSchema):
    """What is applied for; a new licence needs all facts, for others they are known already."""

    kind: LicenceApplication.Kind = LicenceApplication.Kind.NEW

    class Meta:
        model = LicenceApplication
        fields = LicenceApplication.EDITABLE
        fields_optional = "__all__"


class DataIn(Schema):
    """What shall be on record of the body; what is left out stays. A region by its code."""

    name: Proposed = None
    address: Proposed = None
    region: Proposed = None
    email: Proposed = None
    phone: Proposed = None
    website: Proposed = None
    founder_name: Proposed = None
    sector_code: Proposed = None


class OpeningOut(Schema):
    """A kind of application; where it is closed, the rule that closes it and what that says."""

    kind: LicenceApplication.Kind
    refused_by: str
    reason: str


class LackOut(Schema):
    """What a submission would be refused for."""

    requirement: str
    rule: str
    reason: str


class ItemOut(Schema):
    """A document on the checklist that this application is judged by."""

    kind: ApplicationDocument.Kind
    required: bool
    missing: bool


class ReadinessOut(Schema):
    """How much of what a submission asks for is there, in percent, and what is missing."""

    score: int
    checklist_version: int
    missing: list[LackOut]
    documents: list[ItemOut]


class PhaseOut(Schema):
    """A state on the way of an application: `passed`, `present` or `ahead`."""

    state: LicenceApplication.State
    stands: str


class RouteOut(Schema):
    """The way of an application; whose turn it is (null: the authority's), since and until when."""

    phases: list[PhaseOut]
    turn: str
    organisation: int | None
    since: datetime | None
    due_on: date | None


class Amendment(ModelSchema):
    """What is to be changed; what is left out stays."""

    class Meta:
        model = LicenceApplication
        fields = [*LicenceApplication.EDITABLE, "needs_assessment", "decree_number"]
        fields_optional = "__all__"


class SchemesIn(Schema):
    """Keys of scheme versions to add to an application and to drop from it."""

    add: list[int] = []
    drop: list[int] = []


class JudgementIn(Schema):
    """The verdict on a document; a rejection says what to mend."""

    document: int
    verdict: ApplicationDocument.Verdict
    remark: str = ""


def _found(person: Person, pk: int) -> LicenceApplication:
    return get_object_or_404(queries.application_in_full(person), pk=pk)


@router.get(PATH, response=list[ApplicationOut])
@paginate(Pages)
def applications(
    request: ApiRequest,
    kind: LicenceApplication.Kind | None = None,
    state: LicenceApplication.State | None = None,
    body_type: BodyType | None = None,
    q: SearchText = "",
) -> QuerySet[LicenceApplication]:
    """List applications, the newest first; `q` is part of the applicant's name."""
    asked = {
        "kind": kind,
        "state": state,
        "body_type": body_type,
        "organisation__name__icontains": q or None,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.applications(request.auth).filter(**given).order_by("-pk")


@router.post(PATH, response={201: ApplicationInFull})
def begin(request: ApiRequest, body: LicenceApplicationIn) -> Status[LicenceApplication]:
    """Begin an application for the organisation the token acts for, with all that is known."""
    now, person = timezone.now(), request.auth
    application = actions.prefilled(body.kind, queries.applicant(person), timezone.localdate())
    for name, value in body.model_dump(exclude_unset=True, exclude={"kind"}).items():
        workflow.check_edit(application, "body", person, at=now)
        setattr(application, name, value)
    actions.begin_application(application, person, at=now)
    return Status(201, _found(person, application.pk))


@router.get(PATH + "/openings", response=list[OpeningOut])
def openings(request: ApiRequest) -> list[OpeningOut]:
    """Tell which kinds of application the organisation may begin today, and why not others.

    Nothing for whoever applies for no organisation.
    """
    try:
        body = queries.applicant(request.auth)
    except NotPermitted:
        return []
    return [
        OpeningOut(
            kind=one.kind,
            refused_by="" if one.refusal is None else one.refusal.code,
            reason="" if one.refusal is None else one.refusal.message,
        )
        for one in actions.openings(body, request.auth, at=timezone.now())
    ]


@router.get(PATH + "/{int:pk}", response=ApplicationInFull)
def application(request: ApiRequest, pk: int) -> LicenceApplication:
    """Show an application with its documents and schemes."""
    return _found(request.auth, pk)


@router.get(PATH + "/{int:pk}/readiness", response=ReadinessOut)
def readiness(request: ApiRequest, pk: int) -> ReadinessOut:
    """Tell how far an application is from all that its submission asks for."""
    found = _found(request.auth, pk)
    judged = rules.readiness(found, Attempt(request.auth, timezone.now()))
    return ReadinessOut(
        score=judged.score,
        checklist_version=checklist_on(found.begun_on).version,
        missing=[
            LackOut(
                requirement=str(one.requirement.label),
                rule=one.refusal.code,
                reason=one.refusal.message,
            )
            for one in judged.findings
            if one.refusal is not None
        ],
        documents=[
            ItemOut(
                kind=item.document,
                required=item.is_required(found),
                missing=item.document in judged.documents,
            )
            for item in items_of(found)
        ],
    )


@router.get(PATH + "/{int:pk}/route", response=RouteOut)
def route(request: ApiRequest, pk: int) -> RouteOut:
    """Tell where an application is on its way, and whose turn it is."""
    found = _found(request.auth, pk)
    task = queries.turn(found)
    return RouteOut(
        phases=[PhaseOut(state=one.state, stands=one.stands) for one in queries.route(found)],
        turn="" if task is None else str(task.turn),
        organisation=None if task is None else task.organisation_id,
        since=None if task is None else task.opened_at,
        due_on=None if task is None else task.due_on,
    )


@router.patch(PATH + "/{int:pk}/data", response=ApplicationInFull)
def propose(request: ApiRequest, pk: int, body: DataIn) -> LicenceApplication:
    """Propose what shall be on record of the body; what is on record already is no proposal."""
    change = actions.proposing(body.model_dump(exclude_none=True))
    record, now = _found(request.auth, pk), timezone.now()
    workflow.amend_parts(record, "data", change, request.auth, at=now)
    return _found(request.auth, pk)


@router.patch(PATH + "/{int:pk}", response=ApplicationInFull)
def amend(request: ApiRequest, pk: int, body: Amendment) -> LicenceApplication:
    """Change the facts about the body, say whether it is assessed in full, or name the decree."""
    values = body.model_dump(exclude_unset=True)
    workflow.amend(_found(request.auth, pk), values, request.auth, at=timezone.now())
    return _found(request.auth, pk)


@router.patch(PATH + "/{int:pk}/schemes", response=ApplicationInFull)
def choose_schemes(request: ApiRequest, pk: int, body: SchemesIn) -> LicenceApplication:
    """Add verified schemes, drop others."""
    record, now = _found(request.auth, pk), timezone.now()
    change = actions.exchanging(add=body.add, drop=body.drop)
    workflow.amend_parts(record, "schemes", change, request.auth, at=now)
    return _found(request.auth, pk)


@router.post(PATH + "/{int:pk}/documents", response=ApplicationInFull)
def upload(
    request: ApiRequest,
    pk: int,
    kind: Form[ApplicationDocument.Kind],
    file: File[UploadedFile],
) -> LicenceApplication:
    """Add a document, a PDF; what was rejected of its kind is replaced."""
    attempt = Attempt(request.auth, timezone.now())
    change = actions.attaching({kind: file}, attempt)
    record = _found(request.auth, pk)
    workflow.amend_parts(record, "documents", change, request.auth, at=attempt.at)
    return _found(request.auth, pk)


@router.get(PATH + "/{int:pk}/documents/{int:document}/file", openapi_extra=PDF)
def file_of(request: ApiRequest, pk: int, document: int) -> FileResponse:
    """Download a document."""
    return download(get_object_or_404(queries.documents(request.auth, pk), pk=document))


@router.delete(PATH + "/{int:pk}/documents/{int:document}", response=ApplicationInFull)
def withdraw(request: ApiRequest, pk: int, document: int) -> LicenceApplication:
    """Take a document back; one that was accepted stays."""
    attempt = Attempt(request.auth, timezone.now())
    change = actions.withdrawing(document, attempt)
    record = _found(request.auth, pk)
    workflow.amend_parts(record, "documents", change, request.auth, at=attempt.at)
    return _found(request.auth, pk)


@router.post(PATH + "/{int:pk}/verdicts", response=ApplicationInFull)
def judge(request: ApiRequest, pk: int, body: list[JudgementIn]) -> LicenceApplication:
    """Give verdicts on documents."""
    judgements = {given.document: actions.Judgement(given.verdict, given.remark) for given in body}
    record, now = _found(request.auth, pk), timezone.now()
    workflow.amend_parts(record, "verdicts", actions.judging(judgements), request.auth, at=now)
    return _found(request.auth, pk)


step_endpoints(router, PATH, LicenceApplication, queries.application_in_full, ApplicationOut)
