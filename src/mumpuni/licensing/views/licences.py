"""Pages of a licence: the record with its status on a day, the sanction to come."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mumpuni.kernel import workflow
from mumpuni.licensing import actions, queries
from mumpuni.licensing.forms import SanctionForm
from mumpuni.licensing.models import Licence
from mumpuni.web.forms import DayForm, answer_form
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


@page
def sanction(request: PageRequest, pk: int) -> HttpResponse:
    """Prepare a sanction, or mend the one that is prepared."""
    record = get_object_or_404(queries.licences(request.person), pk=pk)
    back = record.get_absolute_url()
    form = SanctionForm(request.POST or None, instance=record.prepared_sanction)

    def save(given: dict[str, Any]) -> str:
        workflow.amend_parts(
            record, "sanction", actions.preparing(given), request.person, at=timezone.now()
        )
        return back

    return answer_form(
        request,
        form,
        save,
        title=_("Siapkan sanksi"),
        template="licensing/sanction.html",
        licence=record,
        back=back,
    )


@require_POST
@page
def discard_sanction(request: PageRequest, pk: int) -> HttpResponse:
    """Drop the sanction that was prepared."""
    record: Licence = get_object_or_404(queries.licences(request.person), pk=pk)
    workflow.amend_parts(
        record, "sanction", actions.discarding(), request.person, at=timezone.now()
    )
    return redirect(record)
