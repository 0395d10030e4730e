"""Endpoints of requests for certificates."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, ModelSchema, Router, Status
from ninja.pagination import paginate

from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Pages
from mumpuni.api.steps import step_endpoints
from mumpuni.assessment import queries as assessment
from mumpuni.certificates import queries
from mumpuni.certificates.models import CertificateRequest, IssueRefusal
from mumpuni.kernel import workflow

router = Router()
PATH = "/certificate-requests"


class RequestOut(ModelSchema):
    """A request for certificates of a session."""

    class Meta:
        model = CertificateRequest
        fields = [
            "id",
            "state",
            "organisation",
            "session",
            *CertificateRequest.EDITABLE,
            "created_at",
        ]


class PassedOverOut(ModelSchema):
    """Who was passed over when a request was issued, by which rule, and why."""

    name: str = Field(alias="candidate.individual.name")

    class Meta:
        model = IssueRefusal
        fields = ["candidate", "code", "reason"]


class RequestIn(ModelSchema):
    """A decided session, and the number of the plenary's minutes."""

    session: int

    class Meta:
        model = CertificateRequest
        fields = CertificateRequest.EDITABLE


class RequestAmendment(ModelSchema):
    """What is to be changed; what is left out stays."""

    class Meta:
        model = CertificateRequest
        fields = CertificateRequest.EDITABLE
        fields_optional = "__all__"


@router.get(PATH, response=list[RequestOut])
@paginate(Pages)
def requests(
    request: ApiRequest, state: CertificateRequest.State | None = None, session: int | None = None
) -> QuerySet[CertificateRequest]:
    """List requests, the newest first."""
    asked = {"state": state, "session": session}
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.requests(request.auth).filter(**given).order_by("-pk")


@router.post(PATH, response={201: RequestOut})
def begin_request(request: ApiRequest, body: RequestIn) -> Status[CertificateRequest]:
    """Begin a request for a session of the body the token acts for."""
    session = get_object_or_404(assessment.sessions(request.auth), pk=body.session)
    record = CertificateRequest(
        organisation=queries.requester(request.auth),
        session=session,
        **body.model_dump(exclude={"session"}),
    )
    workflow.begin(record, request.auth, at=timezone.now())
    return Status(201, record)


@router.get(PATH + "/{int:pk}", response=RequestOut)
def request_detail(request: ApiRequest, pk: int) -> CertificateRequest:
    """Show a request; its certificates are listed with `request=`, those left out below it."""
    return get_object_or_404(queries.requests(request.auth), pk=pk)


@router.patch(PATH + "/{int:pk}", response=RequestOut)
def amend_request(request: ApiRequest, pk: int, body: RequestAmendment) -> CertificateRequest:
    """Correct the number of the minutes."""
    record = get_object_or_404(queries.requests(request.auth), pk=pk)
    values = body.model_dump(exclude_unset=True)
    workflow.amend(record, values, request.auth, at=timezone.now())
    return record


@router.get(PATH + "/{int:pk}/refusals", response=list[PassedOverOut])
@paginate(Pages)
def refusals(request: ApiRequest, pk: int) -> QuerySet[IssueRefusal]:
    """List who was passed over when the request was issued, by name."""
    record = get_object_or_404(queries.requests(request.auth), pk=pk)
    return queries.refusals(record).order_by("candidate__individual__name", "pk")


step_endpoints(router, PATH, CertificateRequest, queries.request_in_full, RequestOut)
