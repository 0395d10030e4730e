"""One entry of the register: proposed, shown, amended."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mumpuni.access.identity import masked
from mumpuni.assessors import actions, queries
from mumpuni.assessors.forms import AppointmentForm, CertificateForm, ProposalForm, ScopeForm
from mumpuni.assessors.models import Assessor
from mumpuni.assessors.views.register import may_propose
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted
from mumpuni.web.forms import DayForm, answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page


@page
def propose(request: PageRequest) -> HttpResponse:
    """Propose somebody for the register."""
    person = request.person
    body = person.organisation_id
    if body is None or not may_propose(person):
        raise NotPermitted(gettext("Asesor diusulkan oleh administrator LSP."))
    form = ProposalForm(request.POST or None)
    form.fields["schemes"].queryset = queries.schemes_for([body])  # type: ignore[attr-defined] # a model field

    def save(given: dict[str, Any]) -> str:
        proposal = actions.Proposal(**given)
        return actions.propose(proposal, body, person, at=timezone.now()).get_absolute_url()

    return answer_form(
        request,
        form,
        save,
        title=_("Usulkan asesor"),
        submit=_("Usulkan"),
        back=reverse("assessors:assessors"),
    )


@page
def assessor(request: PageRequest, pk: int) -> HttpResponse:
    """Show an entry; `?on=` asks what the register says of a day."""
    record = get_object_or_404(queries.assessors_in_full(request.person), pk=pk)
    asked = DayForm(request)
    day = asked.day
    context = record_page(
        request,
        record,
        identity=masked(record.individual.document_number),
        asked=asked,
        day=day,
        standing=queries.standing_on(record, day),
        own_body=request.person.organisation_id,
        rows=_rows(record, day),
    )
    return render(request, "assessors/assessor.html", context, status=422 if asked.errors else 200)


def _rows(record: Assessor, day: date) -> dict[str, list[Any]]:
    """Return places and scope, those that hold on the day first."""
    return {
        name: sorted(
            related.all(),
            key=lambda row: (not (row.valid_from <= day <= (row.valid_until or day)), row.pk),
        )
        for name, related in (("places", record.appointments), ("scope", record.scope))
    }


@page
def certificate(request: PageRequest, pk: int) -> HttpResponse:
    """Enter the assessor's certificate: mend the first, or note a newer one to renew by."""
    record = get_object_or_404(queries.assessors(request.person), pk=pk)
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        workflow.amend(record, given, request.person, at=timezone.now())
        return back

    form = CertificateForm(request.POST or None, instance=record)
    return answer_form(request, form, save, title=_("Sertifikat asesor"), back=back)


@page
def scope(request: PageRequest, pk: int) -> HttpResponse:
    """Set the schemes an assessor is competent in, from today."""
    record = get_object_or_404(queries.assessors_in_full(request.person), pk=pk)
    back = record.get_absolute_url()
    held = [row.scheme_id for row in record.scope.all() if row.valid_until is None]
    form = ScopeForm(request.POST or None, initial={"schemes": held})
    bodies = {record.proposed_by_id, *(one.organisation_id for one in record.appointments.all())}
    form.fields["schemes"].queryset = queries.schemes_for(bodies)  # type: ignore[attr-defined] # a model field

    def save(given: dict[str, Any]) -> str:
        actions.set_scope(record, given["schemes"], request.person, at=timezone.now())
        return back

    return answer_form(request, form, save, title=_("Lingkup skema"), back=back)


@page
def appoint(request: PageRequest, pk: int) -> HttpResponse:
    """Give an assessor a place with a further body."""
    record = get_object_or_404(queries.assessors(request.person), pk=pk)
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        actions.appoint(record, given["code"], request.person, at=timezone.now())
        return back

    form = AppointmentForm(request.POST or None)
    return answer_form(request, form, save, title=_("Tempatkan di LSP"), back=back)


@page
def end_appointment(request: PageRequest, pk: int, place: int) -> HttpResponse:
    """End an assessor's place with a body, after asking."""
    record = get_object_or_404(queries.assessors(request.person), pk=pk)
    found = get_object_or_404(queries.open_places(record), pk=place)
    if request.method == "POST":
        actions.end_appointment(record, found.organisation, request.person, at=timezone.now())
        return redirect("assessors:assessors")
    message = _("Penempatan %(assessor)s di %(body)s berakhir kemarin.") % {
        "assessor": record,
        "body": found.organisation,
    }
    context = {
        "title": _("Akhiri penempatan"),
        "message": message,
        "submit": _("Akhiri"),
        "danger": True,
        "back": record.get_absolute_url(),
    }
    return render(request, "web/confirm.html", context)
