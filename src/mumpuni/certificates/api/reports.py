"""Endpoints of reports of misuse."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import ModelSchema, Router
from ninja.pagination import paginate

from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Pages
from mumpuni.api.steps import step_endpoints
from mumpuni.certificates import queries
from mumpuni.certificates.models import MisuseReport

router = Router()
PATH = "/misuse-reports"


class ReportOut(ModelSchema):
    """A report of misuse."""

    class Meta:
        model = MisuseReport
        fields = ["id", "state", *MisuseReport.EDITABLE, "created_at"]


@router.get(PATH, response=list[ReportOut])
@paginate(Pages)
def reports(request: ApiRequest, state: MisuseReport.State | None = None) -> QuerySet[MisuseReport]:
    """List reports of misuse, the newest first; anybody files them on the verification page."""
    found = queries.reports(request.auth).order_by("-pk")
    return found.filter(state=state) if state else found


@router.get(PATH + "/{int:pk}", response=ReportOut)
def report(request: ApiRequest, pk: int) -> MisuseReport:
    """Show a report of misuse."""
    return get_object_or_404(queries.reports(request.auth), pk=pk)


step_endpoints(router, PATH, MisuseReport, queries.reports, ReportOut)
