"""The authority's pages: what waits, the verdicts on documents, the decree."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mumpuni.kernel import workflow
from mumpuni.licensing import actions, queries
from mumpuni.licensing.forms import CourseForm, DecreeForm, JudgementRows, judgements_of
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page


@page
def examine(request: PageRequest, pk: int) -> HttpResponse:
    """Give a verdict on each document."""
    record = get_object_or_404(queries.application_in_full(request.person), pk=pk)
    documents = record.current_documents
    rows = JudgementRows(request.POST or None, initial=judgements_of(documents))
    back = record.get_absolute_url()

    def save(given: list[dict[str, Any]]) -> str:
        judgements = {
            row["document"]: actions.Judgement(row["verdict"], row["remark"]) for row in given
        }
        workflow.amend_parts(
            record, "verdicts", actions.judging(judgements), request.person, at=timezone.now()
        )
        return back

    return answer_form(
        request,
        rows,
        save,
        title=_("Periksa dokumen"),
        template="licensing/examine.html",
        application=record,
        rows=list(zip(documents, rows, strict=False)),
        back=back,
        submit=_("Simpan hasil"),
    )


@page
def decree(request: PageRequest, pk: int) -> HttpResponse:
    """Fill in the number of the decree."""
    record = get_object_or_404(queries.applications(request.person), pk=pk)
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        workflow.amend(record, given, request.person, at=timezone.now())
        return back

    form = DecreeForm(request.POST or None, instance=record)
    return answer_form(request, form, save, title=_("Nomor SK lisensi"), back=back)


@page
def course(request: PageRequest, pk: int) -> HttpResponse:
    """Say whether an application about the scope is assessed in full."""
    record = get_object_or_404(queries.applications(request.person), pk=pk)
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        workflow.amend(record, given, request.person, at=timezone.now())
        return back

    form = CourseForm(request.POST or None, instance=record)
    return answer_form(request, form, save, title=_("Perlu tidaknya asesmen penuh"), back=back)
