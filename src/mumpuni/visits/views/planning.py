"""Planning a visit, and its team."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted
from mumpuni.visits import actions, queries, rules
from mumpuni.visits.forms.visits import (
    AppointmentForm,
    NewVisitForm,
    NewVisitToForm,
    PlanForm,
    WaiverForm,
)
from mumpuni.visits.models import Kind, Visit
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page


def _check_planner(request: PageRequest) -> None:
    if not request.person.can(Visit.workflow.begun_by, Visit()):
        raise NotPermitted(gettext("Kunjungan direncanakan oleh staf BNSP."))


@page
def plan(request: PageRequest) -> HttpResponse:
    """Plan a visit to a body, for no case."""
    _check_planner(request)

    def save(given: dict[str, Any]) -> str:
        values = dict(given)
        body, kind = values.pop("organisation"), values.pop("kind")
        made = actions.plan_visit(body, kind, body.pk, values, request.person, at=timezone.now())
        return made.get_absolute_url()

    return answer_form(
        request,
        NewVisitToForm(request.POST or None),
        save,
        title=_("Rencanakan kunjungan"),
        back=reverse("visits:visits"),
    )


@page
def plan_about(request: PageRequest, case_kind: str, case_id: int) -> HttpResponse:
    """Plan a visit for a case; `?kind=` suggests what for."""
    _check_planner(request)
    case, organisation_id = queries.case_of(request.person, case_kind, case_id)

    def save(given: dict[str, Any]) -> str:
        values = dict(given)
        kind = values.pop("kind")
        made = actions.plan_visit(
            case, kind, organisation_id, values, request.person, at=timezone.now()
        )
        return made.get_absolute_url()

    asked = request.GET.get("kind", "")
    form = NewVisitForm(
        request.POST or None, initial={"kind": asked if asked in Kind.values else ""}
    )
    return answer_form(
        request,
        form,
        save,
        title=_("Rencanakan kunjungan"),
        template="visits/plan.html",
        case=case,
        back=reverse("visits:visits"),
    )


@page
def amend(request: PageRequest, pk: int) -> HttpResponse:
    """Change when, where and how."""
    record = get_object_or_404(queries.visits(request.person), pk=pk)
    workflow.check_edit(record, "plan", request.person, at=timezone.now())
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        workflow.amend(record, given, request.person, at=timezone.now())
        return back

    form = PlanForm(request.POST or None, instance=record)
    return answer_form(request, form, save, title=_("Ubah rencana"), back=back)


@page
def appoint(request: PageRequest, pk: int) -> HttpResponse:
    """Put an assessor on the team."""
    record = get_object_or_404(queries.visits(request.person), pk=pk)
    workflow.check_edit(record, "team", request.person, at=timezone.now())
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        actions.appoint(record, given["assessor"], given["duty"], request.person, at=timezone.now())
        return back

    form = AppointmentForm(request.POST or None, visit=record)
    return answer_form(
        request, form, save, title=_("Tugaskan asesor"), submit=_("Tugaskan"), back=back
    )


@require_POST
@page
def dismiss(request: PageRequest, pk: int, member: int) -> HttpResponse:
    """Take an assessor off the team."""
    record = get_object_or_404(queries.visits(request.person), pk=pk)
    found = get_object_or_404(queries.members_of(record), pk=member)
    actions.dismiss(record, found, request.person, at=timezone.now())
    return redirect(record)


@page
def waive(request: PageRequest, pk: int, member: int) -> HttpResponse:
    """Let an assessor take part in spite of a tie."""
    record = get_object_or_404(queries.visits(request.person), pk=pk)
    found = get_object_or_404(queries.members_of(record), pk=member)
    workflow.check_edit(record, "waiver", request.person, at=timezone.now())
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        actions.waive(record, found, given["reason"], request.person, at=timezone.now())
        return back

    form = WaiverForm(request.POST or None)
    return answer_form(
        request,
        form,
        save,
        title=_("Kecualikan ikatan"),
        template="visits/waive.html",
        member=found,
        ties=rules.found_ties(found.assessor, record.organisation_id, record.starts_on),
        back=back,
    )


@page
def declare(request: PageRequest, pk: int) -> HttpResponse:
    """Declare to be impartial, after reading what that means."""
    record = get_object_or_404(queries.visits(request.person), pk=pk)
    workflow.check_edit(record, "impartiality", request.person, at=timezone.now())
    if request.method == "POST":
        actions.declare_impartial(record, request.person, at=timezone.now())
        return redirect(record)
    context = {
        "title": _("Pernyataan ketidakberpihakan"),
        "message": _(
            "Saya tidak mempunyai hubungan kerja, kepemilikan, keluarga, pelatihan, atau"
            " konsultansi dengan %s, dan akan menilai tanpa memihak."
        )
        % record.organisation,
        "submit": _("Saya menyatakan"),
        "back": record.get_absolute_url(),
    }
    return render(request, "web/confirm.html", context)
