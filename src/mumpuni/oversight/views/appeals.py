"""An appeal: filed by the body, decided by a committee."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted
from mumpuni.oversight import actions, queries
from mumpuni.oversight.forms import AppealForm
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page


@page
def appeal(request: PageRequest, pk: int) -> HttpResponse:
    """Show an appeal."""
    record = get_object_or_404(queries.appeal_in_full(request.person), pk=pk)
    context = record_page(request, record, decision=record.decision)
    return render(request, "oversight/appeal.html", context)


@page
def file(request: PageRequest, kind: str, pk: int) -> HttpResponse:
    """Appeal against a decision."""
    person = request.person
    decision = queries.decision(person, kind, pk)
    own = person.organisation_id
    if own is None or not person.holds(Permission.APPEAL_FILE):
        raise NotPermitted(gettext("Banding diajukan oleh administrator LSP."))

    def save(given: dict[str, Any]) -> str:
        made = actions.file_appeal(decision, own, given["grounds"], person, at=timezone.now())
        return made.get_absolute_url()

    return answer_form(
        request,
        AppealForm(request.POST or None),
        save,
        title=_("Banding: %s") % decision,
        submit=_("Ajukan banding"),
        back=reverse("oversight:appeals"),
    )


@page
def grounds(request: PageRequest, pk: int) -> HttpResponse:
    """Mend what is said against the decision."""
    record = get_object_or_404(queries.appeal_in_full(request.person), pk=pk)
    workflow.check_edit(record, "grounds", request.person, at=timezone.now())
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        workflow.amend(record, given, request.person, at=timezone.now())
        return back

    form = AppealForm(request.POST or None, instance=record)
    return answer_form(request, form, save, title=_("Ubah alasan banding"), back=back)
