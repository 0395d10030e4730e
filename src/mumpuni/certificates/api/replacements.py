"""Endpoints of replacements."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import ModelSchema, Router, Status
from ninja.pagination import paginate

from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Pages
from mumpuni.api.steps import step_endpoints
from mumpuni.certificates import queries
from mumpuni.certificates.models import Replacement
from mumpuni.kernel import workflow

router = Router()
PATH = "/replacements"


class ReplacementOut(ModelSchema):
    """A request to replace a certificate."""

    class Meta:
        model = Replacement
        fields = ["id", "state", "certificate", *Replacement.EDITABLE, "created_at"]


class ReplacementIn(ModelSchema):
    """The certificate to replace, why, and the name it shall bear."""

    certificate: int

    class Meta:
        model = Replacement
        fields = Replacement.EDITABLE


class ReplacementAmendment(ModelSchema):
    """What is to be changed; what is left out stays."""

    class Meta:
        model = Replacement
        fields = Replacement.EDITABLE
        fields_optional = "__all__"


@router.get(PATH, response=list[ReplacementOut])
@paginate(Pages)
def replacements(
    request: ApiRequest, state: Replacement.State | None = None, certificate: int | None = None
) -> QuerySet[Replacement]:
    """List replacements, the newest first."""
    asked = {"state": state, "certificate": certificate}
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.replacements(request.auth).filter(**given).order_by("-pk")


@router.post(PATH, response={201: ReplacementOut})
def begin_replacement(request: ApiRequest, body: ReplacementIn) -> Status[Replacement]:
    """Begin the replacement of a certificate of the body the token acts for."""
    certificate = get_object_or_404(queries.certificates(request.auth), pk=body.certificate)
    values = body.model_dump(exclude={"certificate"}, exclude_unset=True)
    record = Replacement(certificate=certificate, **values)
    workflow.begin(record, request.auth, at=timezone.now())
    return Status(201, record)


@router.get(PATH + "/{int:pk}", response=ReplacementOut)
def replacement(request: ApiRequest, pk: int) -> Replacement:
    """Show a replacement."""
    return get_object_or_404(queries.replacements(request.auth), pk=pk)


@router.patch(PATH + "/{int:pk}", response=ReplacementOut)
def amend_replacement(request: ApiRequest, pk: int, body: ReplacementAmendment) -> Replacement:
    """Correct a replacement before it is submitted."""
    record = get_object_or_404(queries.replacements(request.auth), pk=pk)
    values = body.model_dump(exclude_unset=True)
    workflow.amend(record, values, request.auth, at=timezone.now())
    return record


step_endpoints(router, PATH, Replacement, queries.replacement_in_full, ReplacementOut)
