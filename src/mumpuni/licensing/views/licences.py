"""The page of a licence: the record with its status on a day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from mumpuni.licensing import queries
from mumpuni.web.forms import DayForm
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.tables import Column, Table

TERMS = Table(
    columns=[
        Column("decree_number", _("Nomor SK")),
        Column("valid_from", _("Mulai")),
        Column("valid_until", _("Sampai")),
    ],
    default_sort="valid_from",
    empty=_("Belum ada masa lisensi."),
)
SANCTIONS = Table(
    columns=[
        Column("kind", _("Sanksi")),
        Column("decree_number", _("Nomor SK")),
        Column("effective_on", _("Mulai")),
        Column("months", _("Bulan"), numeric=True),
        Column("lifted_on", _("Dicairkan mulai")),
        Column("reason", _("Alasan")),
    ],
    default_sort="effective_on",
    empty=_("Tidak pernah dijatuhi sanksi."),
)
SCHEMES = Table(
    columns=[
        Column("scheme_version.number", _("Nomor skema")),
        Column("scheme_version.title", _("Skema")),
        Column("valid_from", _("Mulai")),
        Column("valid_until", _("Sampai")),
    ],
    default_sort="scheme_version__title",
    empty=_("Belum ada skema."),
)


@page
def licence(request: PageRequest, pk: int) -> HttpResponse:
    """Show a licence and how it stands on a day, today unless one is asked for."""
    record = get_object_or_404(queries.licence_in_full(request.person), pk=pk)
    asked = DayForm(request)
    context = record_page(
        request,
        record,
        asked=asked,
        day=asked.day,
        status=queries.status_on(record, asked.day),
        sanction=queries.sanction_on(record, asked.day),
        today=queries.status_on(record, asked.today),
        scope=queries.scope_of([record]),
        terms=TERMS,
        sanctions=SANCTIONS,
        schemes=SCHEMES,
    )
    return render(request, "licensing/licence.html", context, status=422 if asked.errors else 200)
