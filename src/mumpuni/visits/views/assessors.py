"""One entry of the register of licensing assessors."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mumpuni.access.identity import masked
from mumpuni.kernel import workflow
from mumpuni.visits import actions, queries
from mumpuni.visits.forms.assessors import EntryForm, LastDayForm, ProvinceForm, TermForm, TieForm
from mumpuni.visits.models import LicensingAssessor
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page


@page
def enter(request: PageRequest) -> HttpResponse:
    """Enter somebody in the register."""
    workflow.check_begin(LicensingAssessor(), request.person, at=timezone.now())

    def save(given: dict[str, Any]) -> str:
        made = actions.enter(actions.Entry(**given), request.person, at=timezone.now())
        return made.get_absolute_url()

    return answer_form(
        request,
        EntryForm(request.POST or None),
        save,
        title=_("Masukkan asesor lisensi"),
        back=reverse("visits:assessors"),
    )


@page
def assessor(request: PageRequest, pk: int) -> HttpResponse:
    """Show an entry: terms, ties, visits."""
    record = get_object_or_404(queries.assessor_in_full(request.person), pk=pk)
    identity = masked(record.individual.document_number)
    context = record_page(request, record, identity=identity, today=timezone.localdate())
    return render(request, "visits/assessor.html", context)


@page
def amend(request: PageRequest, pk: int) -> HttpResponse:
    """Change grade and province."""
    record = get_object_or_404(queries.assessors(request.person), pk=pk)
    workflow.check_edit(record, "entry", request.person, at=timezone.now())
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        workflow.amend(record, given, request.person, at=timezone.now())
        return back

    form = ProvinceForm(request.POST or None, instance=record)
    return answer_form(request, form, save, title=_("Ubah data asesor"), back=back)


@page
def add_term(request: PageRequest, pk: int) -> HttpResponse:
    """Enter a certificate and its period."""
    record = get_object_or_404(queries.assessors(request.person), pk=pk)
    workflow.check_edit(record, "terms", request.person, at=timezone.now())
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        actions.add_term(record, given, request.person, at=timezone.now())
        return back

    form = TermForm(request.POST or None)
    return answer_form(request, form, save, title=_("Masa berlaku"), back=back)


@page
def declare_tie(request: PageRequest, pk: int) -> HttpResponse:
    """Declare what ties an assessor to a body."""
    record = get_object_or_404(queries.assessors(request.person), pk=pk)
    workflow.check_edit(record, "ties", request.person, at=timezone.now())
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        values = dict(given)
        body = values.pop("organisation")
        actions.declare_tie(record, body, values, request.person, at=timezone.now())
        return back

    form = TieForm(request.POST or None)
    return answer_form(request, form, save, title=_("Nyatakan ikatan"), back=back)


@page
def end_tie(request: PageRequest, pk: int, tie: int) -> HttpResponse:
    """Say on which day a tie ended."""
    found = get_object_or_404(queries.ties(request.person, pk), pk=tie)
    workflow.check_edit(found.assessor, "ties", request.person, at=timezone.now())
    back = found.assessor.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        actions.end_tie(found, given["valid_until"], request.person, at=timezone.now())
        return back

    form = LastDayForm(request.POST or None)
    return answer_form(request, form, save, title=_("Akhiri ikatan"), back=back)
