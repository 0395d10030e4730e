"""Pages of a candidate: record, application, self-assessment, results, ties."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access.identity import masked
from mumpuni.access.roles import Permission
from mumpuni.assessment import actions, queries
from mumpuni.assessment.forms import ApplicationForm, ResultForm, SelfAssessmentForm, TieForm
from mumpuni.assessment.models import Candidate, Tie
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Refused
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.tables import Column, Table

UNITS = Table(
    columns=[
        Column("part.unit.code", gettext_lazy("Kode")),
        Column("part.unit.title", gettext_lazy("Unit")),
        Column("part.part", gettext_lazy("Bagian")),
        Column("self_assessed", gettext_lazy("Asesmen mandiri")),
        Column("result.outcome", gettext_lazy("Hasil")),
        Column("result.evidence", gettext_lazy("Catatan bukti")),
    ],
    default_sort="part__position",
    empty=gettext_lazy("Skema ini tidak punya unit."),
)


@page
def candidate(request: PageRequest, pk: int) -> HttpResponse:
    """Show where a candidate stands and what is asked of whom."""
    found = get_object_or_404(queries.candidates_in_full(request.person), pk=pk)
    units = queries.answered_units(found)
    context = record_page(
        request,
        found,
        units=units,
        answered=sum(unit.answered for unit in units),
        elements=sum(len(unit.elements) for unit in units),
        own=found.individual.user_id == request.person.user_id,
        document=masked(found.individual.document_number),
        table=UNITS,
        may_place=found.state in Candidate.PLACEABLE
        and request.person.can(Permission.CANDIDATE_ADMIT, found),
    )
    # of each pair, the plain step and the one against the recommendation, one alone applies
    context["offers"] = [
        offer
        for offer in context["offers"]
        if offer.refusal is None or offer.refusal.code != "A-26"
    ]
    return render(request, "assessment/candidate.html", context)


@page
def candidate_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Fill in the application (FR.APL.01)."""
    found = get_object_or_404(queries.candidates(request.person), pk=pk)
    form = ApplicationForm(request.POST or None, instance=found)

    def save(given: dict[str, Any]) -> str:
        workflow.amend(found, given, request.person, at=timezone.now())
        return found.get_absolute_url()

    return answer_form(
        request, form, save, title=_("Permohonan (FR.APL.01)"), back=found.get_absolute_url()
    )


@page
def self_assessment(request: PageRequest, pk: int) -> HttpResponse:
    """Fill in the self-assessment (FR.APL.02); what is unfinished is kept too."""
    found = get_object_or_404(queries.candidates_with_criteria(request.person), pk=pk)
    units = queries.answered_units(found)
    context: dict[str, Any] = {
        "title": _("Asesmen mandiri (FR.APL.02)"),
        "back": found.get_absolute_url(),
        "candidate": found,
    }
    if "self_assessment" not in workflow.permitted_edits(found, request.person, at=timezone.now()):
        return render(request, "assessment/self_assessment_read.html", {**context, "units": units})
    form = SelfAssessmentForm(request.POST or None, units=units)

    def save(given: dict[str, Any]) -> str:
        answers = form.answers()
        workflow.amend_parts(
            found,
            "self_assessment",
            actions.answer_elements(answers),
            request.person,
            at=timezone.now(),
        )
        missing = sum(not answer.outcome for answer in answers.values())
        if not missing:
            return found.get_absolute_url()
        messages.info(request, _("Tersimpan. Belum diisi: %d elemen.") % missing)
        return request.path

    template = "assessment/self_assessment.html"
    return answer_form(request, form, save, template=template, **context)


@page
def results(request: PageRequest, pk: int) -> HttpResponse:
    """Record the result of each unit; what is unfinished is kept too."""
    found = get_object_or_404(queries.candidates_in_full(request.person), pk=pk)
    forms = [
        ResultForm(
            request.POST or None,
            part=unit.part,
            initial={"outcome": unit.result.outcome, "evidence": unit.result.evidence}
            if unit.result
            else None,
        )
        for unit in queries.answered_units(found)
    ]
    context: dict[str, Any] = {
        "title": _("Hasil per unit (FR.AK.02)"),
        "candidate": found,
        "forms": forms,
        "back": found.get_absolute_url(),
    }
    valid = [form.is_valid() for form in forms]  # each is asked, so that each shows its errors
    if request.method == "POST" and all(valid):
        change = actions.record_results({form.part.pk: form.answer() for form in forms})
        try:
            workflow.amend_parts(found, "results", change, request.person, at=timezone.now())
        except Refused as refused:
            context["refused"] = refused
        else:
            messages.success(request, _("Hasil tersimpan."))
            return redirect(found)
    status = 422 if request.method == "POST" else 200
    return render(request, "assessment/results.html", context, status=status)


@page
def tie(request: PageRequest, pk: int) -> HttpResponse:
    """Declare what ties the candidate and the assessor."""
    found = get_object_or_404(queries.candidates(request.person), pk=pk)
    form = TieForm(request.POST or None)

    def save(given: dict[str, Any]) -> str:
        change = actions.declare_tie(Tie.Kind(given["kind"]), given["ended_on"])
        workflow.amend_parts(found, "ties", change, request.person, at=timezone.now())
        messages.success(request, _("Hubungan dicatat. Bila mengikat, tempatkan asesor lain."))
        return found.get_absolute_url()

    return answer_form(
        request,
        form,
        save,
        title=_("Nyatakan hubungan dengan asesor"),
        back=found.get_absolute_url(),
    )
