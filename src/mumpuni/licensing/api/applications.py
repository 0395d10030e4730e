"""Endpoints of licence applications, their documents and schemes."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, ModelSchema, Router, Schema, Status
from ninja.files import UploadedFile
from ninja.pagination import paginate

from mumpuni.access.person import Person
from mumpuni.api.auth import ApiRequest
from mumpuni.api.description import PDF
from mumpuni.api.paging import Pages, SearchText
from mumpuni.api.steps import step_endpoints
from mumpuni.kernel import workflow
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing import actions, queries
from mumpuni.licensing.documents import download
from mumpuni.licensing.models import ApplicationDocument, BodyType, LicenceApplication

router = Router()
PATH = "/licence-applications"


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
            "decree_number",
            "submitted_on",
            "decided_on",
        ]

    @staticmethod
    def resolve_organisation_name(application: LicenceApplication) -> str:
        return application.organisation.name


class DocumentOut(Schema):
    """A document with its verdict; `withdrawn_at` is set on one that no longer counts."""

    id: int
    kind: ApplicationDocument.Kind
    file_name: str
    size: int
    sha256: str
    uploaded_at: datetime
    verdict: ApplicationDocument.Verdict
    remark: str
    withdrawn_at: datetime | None


class ChosenSchemeOut(Schema):
    """A scheme version that is applied for."""

    scheme_version: int
    title: str
    number: str


class ApplicationInFull(ApplicationOut):
    """An application with its documents and schemes."""

    documents: list[DocumentOut]
    schemes: list[ChosenSchemeOut]

    @staticmethod
    def resolve_schemes(application: LicenceApplication) -> list[ChosenSchemeOut]:
        return [
            ChosenSchemeOut(
                scheme_version=row.scheme_version_id,
                title=row.scheme_version.title,
                number=row.scheme_version.number,
            )
            for row in application.schemes.all()
        ]


class BodyIn(ModelSchema):
    """The facts about the body that applies."""

    class Meta:
        model = LicenceApplication
        fields = LicenceApplication.EDITABLE


class Amendment(ModelSchema):
    """What is to be changed; what is left out stays."""

    class Meta:
        model = LicenceApplication
        fields = [*LicenceApplication.EDITABLE, "decree_number"]
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
    state: LicenceApplication.State | None = None,
    body_type: BodyType | None = None,
    q: SearchText = "",
) -> QuerySet[LicenceApplication]:
    """List applications, the newest first; `q` is part of the applicant's name."""
    asked = {"state": state, "body_type": body_type, "organisation__name__icontains": q or None}
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.applications(request.auth).filter(**given).order_by("-pk")


@router.post(PATH, response={201: ApplicationInFull})
def begin(request: ApiRequest, body: BodyIn) -> Status[LicenceApplication]:
    """Begin an application for the organisation the token acts for."""
    application = LicenceApplication(
        organisation=queries.applicant(request.auth), **body.model_dump(exclude_unset=True)
    )
    workflow.begin(application, request.auth, at=timezone.now())
    return Status(201, _found(request.auth, application.pk))


@router.get(PATH + "/{int:pk}", response=ApplicationInFull)
def application(request: ApiRequest, pk: int) -> LicenceApplication:
    """Show an application with its documents and schemes."""
    return _found(request.auth, pk)


@router.patch(PATH + "/{int:pk}", response=ApplicationInFull)
def amend(request: ApiRequest, pk: int, body: Amendment) -> LicenceApplication:
    """Change the facts about the body, or name the decree."""
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
