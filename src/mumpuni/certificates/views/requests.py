"""Pages of requests for certificates."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access.roles import Permission
from mumpuni.certificates import queries
from mumpuni.certificates.forms import MinutesForm, RequestForm
from mumpuni.certificates.models import CertificateRequest
from mumpuni.certificates.views.certificates import ISSUED
from mumpuni.certificates.views.parts import parts
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted
from mumpuni.kernel.queries import progress_of
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.steps import bulk_steps
from mumpuni.web.tables import Choice, Column, DateRange, SearchBy, Table, badge

REQUESTS = Table(
    columns=[
        Column("session.number", gettext_lazy("Jadwal"), sort="session__number", link=True),
        Column("organisation.name", gettext_lazy("LSP"), sort="organisation__name"),
        Column(
            "session.scheme_version.title",
            gettext_lazy("Skema"),
            sort="session__scheme_version__title",
        ),
        Column("session.held_on", gettext_lazy("Tanggal asesmen"), sort="session__held_on"),
        Column("minutes_number", gettext_lazy("Berita acara")),
        Column("asked_count", gettext_lazy("Diminta"), numeric=True),
        Column("issued_count", gettext_lazy("Terbit"), numeric=True),
        Column("created_at", gettext_lazy("Dibuat"), sort="created_at"),
        Column("state", gettext_lazy("Status"), sort="state", render=badge),
    ],
    filters=[
        SearchBy("q", queries.search_requests, hint=gettext_lazy("Jadwal, LSP, skema, atau TUK")),
        Choice("state", gettext_lazy("Status"), choices=CertificateRequest.State.choices),
        DateRange("session__held_on", gettext_lazy("Tanggal asesmen")),
    ],
    default_sort="-created_at",
    empty=gettext_lazy("Belum ada permohonan. Tutup jadwal yang sudah diputus, lalu ajukan."),
)

REFUSALS = Table(
    columns=[
        Column("candidate.individual.name", gettext_lazy("Nama asesi")),
        Column("code", gettext_lazy("Aturan"), whole=True),
        Column("reason", gettext_lazy("Alasan")),
    ],
    default_sort="candidate__individual__name",
    empty=gettext_lazy("Semua dapat diterbitkan."),
)
MOST_SHOWN = 50
"""Of certificates and names on the page of a request, which may be for a hundred thousand."""


@page
def requests(request: PageRequest) -> HttpResponseBase:
    """List the requests; the authority approves many at once."""
    bulk = bulk_steps(
        CertificateRequest, ["approve"], request.person, reverse("certificates:request-steps")
    )
    return REQUESTS.respond(
        request,
        queries.requests(request.person),
        title=_("Permohonan sertifikat"),
        template="certificates/requests.html",
        context={
            "may_request": request.person.holds(Permission.CERTIFICATE_REQUEST),
            **parts(request),
        },
        bulk=bulk,
    )


@page
def request_new(request: PageRequest) -> HttpResponse:
    """Begin a request for a decided session."""
    if not request.person.holds(Permission.CERTIFICATE_REQUEST):
        raise NotPermitted(_("Permohonan sertifikat diajukan oleh administrator LSP."))
    organisation = queries.requester(request.person)
    form = RequestForm(
        request.POST or None,
        person=request.person,
        instance=CertificateRequest(organisation=organisation),
        initial={"session": request.GET.get("jadwal")},
    )

    def save(given: dict[str, Any]) -> str:
        record = CertificateRequest(organisation=organisation, **given)
        workflow.begin(record, request.person, at=timezone.now())
        return record.get_absolute_url()

    return answer_form(
        request,
        form,
        save,
        title=_("Ajukan permohonan sertifikat"),
        template="certificates/request_new.html",
        back=reverse("certificates:requests"),
    )


@page
def request_detail(request: PageRequest, pk: int) -> HttpResponse:
    """Show a request: for whom, how far its issue is, what came of it."""
    found = get_object_or_404(queries.request_in_full(request.person), pk=pk)
    passed_over = queries.refusals(found)
    context = record_page(
        request,
        found,
        progress_of_issue=progress_of(found),
        refused=REFUSALS,
        refused_count=passed_over.count(),
        refusals=passed_over.order_by(REFUSALS.default_sort, "pk")[:MOST_SHOWN],
        awaiting=list(found.awaiting()[: MOST_SHOWN + 1]),
        most_shown=MOST_SHOWN,
        issued=ISSUED,
        certificates=found.certificates.order_by("pk")[:MOST_SHOWN],
    )
    return render(request, "certificates/request.html", context)


@page
def request_certificates(request: PageRequest, pk: int) -> HttpResponseBase:
    """List the certificates of a request; also as CSV and XLSX."""
    found = get_object_or_404(queries.requests(request.person), pk=pk)
    return ISSUED.respond(
        request,
        found.certificates.all(),
        title=_("Sertifikat dari permohonan ini"),
        template="certificates/request_part.html",
        context={"record": found},
    )


@page
def request_refusals(request: PageRequest, pk: int) -> HttpResponseBase:
    """List who was passed over when the request was issued; also as CSV and XLSX."""
    found = get_object_or_404(queries.requests(request.person), pk=pk)
    return REFUSALS.respond(
        request,
        queries.refusals(found),
        title=_("Tidak dapat diterbitkan"),
        template="certificates/refusals.html",
        context={"record": found},
    )


@page
def request_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Correct the number of the minutes."""
    found = get_object_or_404(queries.requests(request.person), pk=pk)
    workflow.check_edit(found, "minutes", request.person, at=timezone.now())
    form = MinutesForm(request.POST or None, instance=found)

    def save(given: dict[str, Any]) -> str:
        workflow.amend(found, given, request.person, at=timezone.now())
        return found.get_absolute_url()

    return answer_form(
        request, form, save, title=_("Ubah permohonan"), back=found.get_absolute_url()
    )
