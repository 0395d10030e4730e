"""The one view behind every step of every workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Refused
from mumpuni.web.page import page

if TYPE_CHECKING:
    from collections.abc import Callable

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


def _address(record: Record) -> str:
    return record.get_absolute_url()  # type: ignore[attr-defined,no-any-return] # each page's record has one
