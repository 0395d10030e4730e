"""The views behind every step of every workflow: on one record, or on many that were ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Refused
from mumpuni.web.page import page
from mumpuni.web.tables import Bulk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet
    from django.http import HttpResponse, HttpResponseBase

    from mumpuni.access.person import Person
    from mumpuni.kernel.models import Record
    from mumpuni.web.page import PageRequest


def step_page[R: Record](
    visible: Callable[[Person], QuerySet[R]],
) -> Callable[..., HttpResponseBase]:
    """Make the view that takes steps on records of one kind.

    `visible` is the package's query for what a person may see: anything else is 404. Mount it
    below the record's own address:

        path("<int:pk>/langkah/<slug:name>", step_page(queries.licences), name="licence-step")

    GET asks for the note or a confirmation, POST takes the step and returns to the record. A
    refusal shows the same page with the reason, the rule's number and the note as it was typed.
    """

    @page
    def take(request: PageRequest, /, name: str, **key: Any) -> HttpResponse:
        record = get_object_or_404(visible(request.person), **key)
        step = record.workflow[name]
        context = {"record": record, "step": step, "back": _address(record)}
        if request.method == "GET":
            return render(request, "web/step.html", context)
        if request.method != "POST":
            return HttpResponseNotAllowed(["GET", "POST"])
        note = request.POST.get("note", "")
        try:
            workflow.perform(record, name, request.person, at=timezone.now(), note=note)
        except Refused as refused:
            context |= {"refused": refused, "note": note}
            return render(request, "web/step.html", context, status=refused.status)
        messages.success(
            request,
            _("“%(step)s” berhasil. Status sekarang: %(state)s.")
            % {"step": step.label, "state": record.get_state_display()},
        )
        return redirect(_address(record))

    return take


def bulk_steps(kind: type[Record], names: Sequence[str], person: Person, url: str) -> Bulk:
    """Return what a table needs to offer these steps on ticked rows, as far as permitted."""
    steps = [kind.workflow[name] for name in names]
    return Bulk(url, [step for step in steps if person.holds(step.permission)])


def bulk_page[R: Record](
    visible: Callable[[Person], QuerySet[R]],
) -> Callable[..., HttpResponseBase]:
    """Make the view that takes one step on many records, beside the table that offers it.

        path("langkah", bulk_page(queries.candidates), name="candidate-steps")

        bulk = bulk_steps(Candidate, ["admit", "return"], request.person, reverse(…))
        return TABLE.respond(request, rows, title=…, bulk=bulk)

    A step that needs a note or is dangerous is asked about first. What the rules refuse stays where
    it is and is listed with its reason.
    """

    @page
    def take(request: PageRequest) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        back = _back(request)
        records = list(visible(request.person).filter(pk__in=_ticked(request)))
        if not records:
            messages.warning(request, _("Belum ada baris yang dipilih."))
            return redirect(back)
        step = records[0].workflow[request.POST.get("step", "")]
        context = {"records": records, "step": step, "back": back}
        if (step.needs_note or step.danger) and "note" not in request.POST:
            return render(request, "web/bulk.html", context)
        note = request.POST.get("note", "")
        try:
            outcome = workflow.perform_all(
                records, step.name, request.person, at=timezone.now(), note=note
            )
        except Refused as refused:
            context |= {"refused": refused, "note": note}
            return render(request, "web/bulk.html", context, status=refused.status)
        return _report(request, context, outcome)

    return take


def _report(
    request: PageRequest, context: dict[str, Any], outcome: workflow.Outcome
) -> HttpResponse:
    moved = len(outcome.events)
    if moved:
        done = ngettext(
            "“%(step)s” berhasil untuk %(count)d baris.",
            "“%(step)s” berhasil untuk %(count)d baris.",
            moved,
        )
        messages.success(request, done % {"step": context["step"].label, "count": moved})
    if not outcome.refusals:
        return redirect(context["back"])
    refused = [
        (record, outcome.refusals[record.pk])
        for record in context["records"]
        if record.pk in outcome.refusals
    ]
    return render(request, "web/bulk_refused.html", {**context, "refused": refused}, status=409)


def _ticked(request: PageRequest) -> list[int]:
    given = request.POST.getlist("pk")
    return [int(key) for key in given if key.isdecimal() and len(key) < len(str(2**63))]


def _back(request: PageRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe else "/"


def _address(record: Record) -> str:
    return record.get_absolute_url()  # type: ignore[attr-defined,no-any-return] # each page's record has one
