"""A finding: written by the team, answered by the body."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mumpuni.kernel import workflow
from mumpuni.visits import actions, queries
from mumpuni.visits.documents import hand_out
from mumpuni.visits.forms.findings import AnswerForm, FindingForm
from mumpuni.visits.models import Finding
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page


@page
def draft(request: PageRequest, pk: int) -> HttpResponse:
    """Write down what was found; `?item=` names the item."""
    visit = get_object_or_404(queries.visit_in_full(request.person), pk=pk)
    workflow.check_begin(Finding(visit=visit), request.person, at=timezone.now())

    def save(given: dict[str, Any]) -> str:
        made = actions.draft_finding(visit, given, request.person, at=timezone.now())
        return made.get_absolute_url()

    initial = {"item": request.GET.get("item", "")}
    form = FindingForm(request.POST or None, visit=visit, initial=initial)
    return answer_form(request, form, save, title=_("Temuan baru"), back=visit.get_absolute_url())


@page
def finding(request: PageRequest, pk: int) -> HttpResponse:
    """Show a finding with its answer."""
    record = get_object_or_404(queries.finding_in_full(request.person), pk=pk)
    evidence = [one for one in record.evidence.all() if one.withdrawn_at is None]
    context = record_page(request, record, evidence=evidence)
    if not queries.sees_all(request.person):  # drafts are nobody else's business
        context["history"] = [
            line for line in context["history"] if line.event.after != Finding.State.DRAFT
        ]
    return render(request, "visits/finding.html", context)


@page
def amend(request: PageRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    record = get_object_or_404(queries.finding_in_full(request.person), pk=pk)
    workflow.check_edit(record, "finding", request.person, at=timezone.now())
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        workflow.amend(record, given, request.person, at=timezone.now())
        return back

    form = FindingForm(request.POST or None, visit=record.visit, instance=record)
    return answer_form(request, form, save, title=_("Ubah temuan"), back=back)


@page
def answer(request: PageRequest, pk: int) -> HttpResponse:
    """Say what was done about it, and show it."""
    record = get_object_or_404(queries.finding_in_full(request.person), pk=pk)
    workflow.check_edit(record, "answer", request.person, at=timezone.now())
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        values, now = dict(given), timezone.now()
        upload = values.pop("evidence")
        workflow.amend(record, values, request.person, at=now)
        if upload is not None:
            actions.attach_evidence(record, upload, request.person, at=now)
        return back

    form = AnswerForm(request.POST or None, request.FILES or None, instance=record)
    return answer_form(
        request,
        form,
        save,
        title=_("Isi perbaikan"),
        template="visits/answer.html",
        finding=record,
        back=back,
    )


@page
def evidence(request: PageRequest, pk: int, evidence: int) -> FileResponse:
    """Hand out a file."""
    return hand_out(get_object_or_404(queries.evidence(request.person, pk), pk=evidence))


@require_POST
@page
def withdraw_evidence(request: PageRequest, pk: int, evidence: int) -> HttpResponse:
    """Take a file back."""
    record = get_object_or_404(queries.findings(request.person), pk=pk)
    found = get_object_or_404(queries.evidence(request.person, pk), pk=evidence)
    actions.withdraw_evidence(record, found, request.person, at=timezone.now())
    return redirect(record)
