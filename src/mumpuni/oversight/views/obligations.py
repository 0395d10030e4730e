"""An obligation: prepared with its case, fulfilled by the body."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mumpuni.access.roles import Permission
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted
from mumpuni.oversight import actions, queries
from mumpuni.oversight.forms import FulfilmentForm, ObligationForm
from mumpuni.visits.documents import hand_out
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page


@page
def obligation(request: PageRequest, pk: int) -> HttpResponse:
    """Show what a body must do, and what it showed."""
    record = get_object_or_404(queries.obligation_in_full(request.person), pk=pk)
    files = [one for one in record.files.all() if one.withdrawn_at is None]
    context = record_page(request, record, case=record.case, files=files)
    return render(request, "oversight/obligation.html", context)


@page
def prepare(request: PageRequest, pk: int) -> HttpResponse:
    """Lay down an obligation with a case."""
    case = get_object_or_404(queries.cases(request.person), pk=pk)
    if not request.person.holds(Permission.OBLIGATION_PREPARE):
        raise NotPermitted(gettext("Kewajiban disiapkan oleh staf hukum."))

    def save(given: dict[str, Any]) -> str:
        actions.prepare_obligation(case, given, request.person, at=timezone.now())
        return case.get_absolute_url()

    return answer_form(
        request,
        ObligationForm(request.POST or None),
        save,
        title=_("Kewajiban baru"),
        template="oversight/amend.html",
        record=case,
        back=case.get_absolute_url(),
    )


@page
def amend(request: PageRequest, pk: int) -> HttpResponse:
    """Mend an obligation that is not in force yet."""
    record = get_object_or_404(queries.obligation_in_full(request.person), pk=pk)
    workflow.check_edit(record, "obligation", request.person, at=timezone.now())
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        workflow.amend(record, given, request.person, at=timezone.now())
        return back

    form = ObligationForm(request.POST or None, instance=record)
    return answer_form(
        request,
        form,
        save,
        title=_("Ubah kewajiban"),
        template="oversight/amend.html",
        record=record,
        back=back,
    )


@page
def fulfil(request: PageRequest, pk: int) -> HttpResponse:
    """Say what was done, and show it."""
    record = get_object_or_404(queries.obligation_in_full(request.person), pk=pk)
    workflow.check_edit(record, "report", request.person, at=timezone.now())
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        values, now = dict(given), timezone.now()
        upload = values.pop("file")
        workflow.amend(record, values, request.person, at=now)
        if upload is not None:
            actions.attach_file(record, upload, request.person, at=now)
        return back

    form = FulfilmentForm(request.POST or None, request.FILES or None, instance=record)
    return answer_form(
        request,
        form,
        save,
        title=_("Isi pemenuhan"),
        template="oversight/fulfil.html",
        record=record,
        back=back,
    )


@page
def file(request: PageRequest, pk: int, file: int) -> FileResponse:
    """Hand out a file."""
    return hand_out(get_object_or_404(queries.files(request.person, pk), pk=file))


@require_POST
@page
def withdraw_file(request: PageRequest, pk: int, file: int) -> HttpResponse:
    """Take a file back."""
    record = get_object_or_404(queries.obligations(request.person), pk=pk)
    found = get_object_or_404(queries.files(request.person, pk), pk=file)
    actions.withdraw_file(record, found, request.person, at=timezone.now())
    return redirect(record)
