"""Items of an agenda: put there from a record's page, voted on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted
from mumpuni.plenary import actions, queries
from mumpuni.plenary.forms import BallotForm, PutForm
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page


@page
def put(request: PageRequest, kind: str, question: str, pk: int) -> HttpResponse:
    """Put a record on the agenda of a meeting that is not over."""
    person = request.person
    waiting = queries.asking(kind, question, pk, person)
    if waiting is None:
        raise Http404
    if not person.holds(Permission.MEETING_MANAGE):
        raise NotPermitted(gettext("Agenda sidang disusun oleh sekretariat pleno."))
    form = PutForm(request.POST or None)
    form.fields["meeting"].queryset = queries.ahead(person, waiting.question.by)  # type: ignore[attr-defined] # a model field

    def save(given: dict[str, Any]) -> str:
        return actions.put(waiting, given["meeting"], person, at=timezone.now()).get_absolute_url()

    return answer_form(
        request,
        form,
        save,
        title=_("Agendakan: %s") % waiting,
        template="plenary/put.html",
        submit=_("Agendakan"),
        back=waiting.address,
    )


@page
def item(request: PageRequest, pk: int) -> HttpResponse:
    """Show an item with who voted how."""
    record = get_object_or_404(queries.items(request.person), pk=pk)
    context = record_page(
        request,
        record,
        case=queries.case_of(record, request.person),
        votable=queries.Votable(record, request.person),
    )
    return render(request, "plenary/item.html", context)


@page
def ballot(request: PageRequest, pk: int) -> HttpResponse:
    """Vote: by a button of the agenda, or here with a reason."""
    record = get_object_or_404(queries.items(request.person), pk=pk)
    workflow.check_edit(record, actions.BALLOT, request.person, at=timezone.now())
    back = f"{record.meeting.get_absolute_url()}#butir-{record.pk}"

    def save(given: dict[str, Any]) -> str:
        cast = actions.cast(record, **given, person=request.person, at=timezone.now())
        if cast.choice != given["choice"]:
            messages.warning(request, gettext("Suara Anda tidak dihitung: %s") % cast.reason)
        return back

    return answer_form(
        request,
        BallotForm(request.POST or None, initial={"choice": request.GET.get("choice")}),
        save,
        title=_("Beri suara: %s") % record,
        submit=_("Beri suara"),
        back=back,
    )
