"""Pages of reports of misuse; anybody files them on the verification page."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.certificates import queries
from mumpuni.certificates.models import MisuseReport
from mumpuni.certificates.models.numbers import as_blank_number
from mumpuni.certificates.verification import verify_blank, verify_number
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.tables import Choice, Column, DateRange, Search, Table, badge

REPORTS = Table(
    columns=[
        Column("claimed_number", gettext_lazy("Nomor pada dokumen"), link=True),
        Column("claimed_name", gettext_lazy("Nama pada dokumen"), sort="claimed_name"),
        Column("created_at", gettext_lazy("Diterima"), sort="created_at"),
        Column("state", gettext_lazy("Status"), sort="state", render=badge),
    ],
    filters=[
        Search("q", ["claimed_number", "claimed_name", "description"]),
        Choice("state", gettext_lazy("Status"), choices=MisuseReport.State.choices),
        DateRange("created_at__date", gettext_lazy("Diterima")),
    ],
    default_sort="-created_at",
    empty=gettext_lazy("Belum ada laporan. Siapa pun dapat melapor dari halaman verifikasi."),
)


@page
def reports(request: PageRequest) -> HttpResponseBase:
    """List the reports of misuse one may see."""
    rows = queries.reports(request.person)
    return REPORTS.respond(request, rows, title=_("Laporan penyalahgunaan"))


@page
def report(request: PageRequest, pk: int) -> HttpResponse:
    """Show a report with what the register says of the number today."""
    found = get_object_or_404(queries.reports(request.person), pk=pk)
    number, name = found.claimed_number, found.claimed_name
    verify = verify_blank if as_blank_number(number) else verify_number
    context = record_page(request, found, answer=verify(number, name))
    return render(request, "certificates/report.html", context)
