"""Endpoints of certificates: the register, the document, the blank."""

from datetime import date

from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import ModelSchema, Router
from ninja.pagination import paginate

from mumpuni.access.person import Person
from mumpuni.api.auth import ApiRequest
from mumpuni.api.description import PDF
from mumpuni.api.paging import Pages, SearchText
from mumpuni.api.problems import Problem
from mumpuni.api.steps import step_endpoints
from mumpuni.certificates import actions, documents, queries
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.models.certificates import CertifiedUnit
from mumpuni.kernel import workflow

router = Router()
PATH = "/certificates"


class CertificateOut(ModelSchema):
    """A certificate as issued; `verification` is the address in its QR code."""

    verification: str
    units: list[CertifiedUnit]

    class Meta:
        model = Certificate
        fields = [
            "id",
            "state",
            "organisation",
            "request",
            "replaces",
            "public_id",
            "number",
            "registration_number",
            "blank_number",
            "holder_name",
            "scheme_number",
            "scheme_title",
            "scheme_title_en",
            "scheme_version",
            "field_name",
            "kkni_level",
            "body_name",
            "licence_number",
            "decided_on",
            "issued_on",
            "valid_until",
            "simulated",
            "document_sha256",
        ]

    @staticmethod
    def resolve_verification(certificate: Certificate) -> str:
        return documents.verification_address(certificate)


class CertificateAmendment(ModelSchema):
    """The blank the certificate was printed on; null takes it back."""

    class Meta:
        model = Certificate
        fields = Certificate.EDITABLE


def _certificate(person: Person, pk: int) -> Certificate:
    return get_object_or_404(queries.certificates(person), pk=pk)


@router.get(PATH, response=list[CertificateOut])
@paginate(Pages)
def certificates(  # noqa: PLR0913 - what one may ask for
    request: ApiRequest,
    *,
    state: Certificate.State | None = None,
    certificate_request: int | None = None,
    issued_from: date | None = None,
    issued_until: date | None = None,
    q: SearchText = "",
) -> QuerySet[Certificate]:
    """List certificates, the newest first; `q` is a number in any writing, or part of the name."""
    asked = {
        "state": state,
        "request": certificate_request,
        "issued_on__gte": issued_from,
        "issued_on__lte": issued_until,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.search(queries.certificates(request.auth).filter(**given), q).order_by("-pk")


@router.get(PATH + "/{int:pk}", response=CertificateOut)
def certificate(request: ApiRequest, pk: int) -> Certificate:
    """Show a certificate."""
    return _certificate(request.auth, pk)


@router.get(PATH + "/{int:pk}/document", response={409: Problem}, openapi_extra=PDF)
def document(request: ApiRequest, pk: int) -> FileResponse:
    """Download the document (PDF); the holder, the body and the authority may."""
    found = _certificate(request.auth, pk)
    content = actions.document_of(found, at=timezone.now())
    return FileResponse(content.open(), filename=f"{found.number}.pdf")


@router.patch(PATH + "/{int:pk}", response=CertificateOut)
def amend_certificate(request: ApiRequest, pk: int, body: CertificateAmendment) -> Certificate:
    """Register the blank a certificate was printed on."""
    record = _certificate(request.auth, pk)
    values = body.model_dump(exclude_unset=True)
    workflow.amend(record, values, request.auth, at=timezone.now())
    return record


step_endpoints(router, PATH, Certificate, queries.certificate_in_full, CertificateOut)
