"""Changes of standards, for everybody to read, and the transitions that bodies owe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from mumpuni.kernel import workflow
from mumpuni.schemes import queries
from mumpuni.schemes.forms.changes import (
    NewStandardChangeForm,
    StandardChangeForm,
    TransitionForm,
)
from mumpuni.schemes.models import SchemeTransition, StandardChange
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, PublicRequest, page, public_page
from mumpuni.web.records import record_page
from mumpuni.web.tables import Choice, Column, DateRange, Search, SearchBy, Table, badge

if TYPE_CHECKING:
    from mumpuni.access.person import Person


def _standard(change: StandardChange) -> str:
    return format_html('<a href="{}">{}</a>', change.get_absolute_url(), change.standard)


CHANGES = Table(
    columns=[
        Column("standard.label", _("Standar"), sort="standard__key", render=_standard, whole=True),
        Column("standard.title", _("Judul"), sort="standard__title"),
        Column("kind", _("Perubahan"), sort="kind"),
        Column("effective_on", _("Berlaku mulai"), sort="effective_on"),
        Column("transition_until", _("Peralihan sampai"), sort="transition_until"),
        Column("scheme_count", _("Skema"), sort="scheme_count", numeric=True),
        Column("state", _("Status"), sort="state", render=badge),
    ],
    filters=[
        SearchBy("q", queries.search_changes, hint=_("Judul atau kunci standar")),
        Choice("kind", _("Perubahan"), choices=StandardChange.Kind.choices),
        Choice("state", _("Status"), choices=StandardChange.State.choices),
        DateRange("effective_on", _("Berlaku mulai")),
    ],
    default_sort="-effective_on",
    empty=_("Belum ada perubahan standar yang diumumkan."),
)
TRANSITIONS = Table(
    columns=[
        Column("organisation.name", _("Lembaga"), sort="organisation__name", link=True),
        Column("change.standard.label", _("Standar"), sort="change__standard__key", whole=True),
        Column("change.kind", _("Perubahan"), sort="change__kind"),
        Column("ready_on", _("Selesai paling lambat"), sort="ready_on"),
        Column("change.transition_until", _("Peralihan sampai"), sort="change__transition_until"),
        Column("state", _("Status"), sort="state", render=badge),
    ],
    filters=[
        Search(
            "q", fields=["organisation__name", "change__standard__title", "change__standard__key"]
        ),
        Choice("state", _("Status"), choices=SchemeTransition.State.choices),
        DateRange("change__transition_until", _("Peralihan sampai")),
    ],
    default_sort="change__transition_until",
    empty=_("Belum ada peralihan skema."),
)


def _action(person: Person | None) -> dict[str, object]:
    if not queries.keeps_changes(person):
        return {}
    return {"action": reverse("schemes:change-new"), "action_label": _("Catat perubahan")}


@public_page
def changes(request: PublicRequest) -> HttpResponseBase:
    """List the changes of standards."""
    return CHANGES.respond(
        request,
        queries.changes(request.person),
        title=_("Perubahan standar"),
        template="schemes/changes.html",
        context=_action(request.person),
    )


@public_page
def change(request: PublicRequest, pk: int) -> HttpResponseBase:
    """Show a change: its record to those who keep it, what was announced to all others."""
    found = queries.changes(request.person).filter(pk=pk).first()
    if found is None and request.person is None:
        return redirect_to_login(request.get_full_path())
    if found is None:
        raise Http404
    if queries.keeps_changes(request.person):
        context = record_page(cast("PageRequest", request), found, change=found)
        return render(request, "schemes/change.html", context)
    return render(request, "schemes/change_told.html", {"title": str(found), "change": found})


@page
def new_change(request: PageRequest) -> HttpResponse:
    """Write a change down; `?standar=` names the standard."""
    if not queries.keeps_changes(request.person):
        raise Http404

    def save(given: dict[str, Any]) -> str:
        change = StandardChange(**given)
        workflow.begin(change, request.person, at=timezone.now())
        return change.get_absolute_url()

    form = NewStandardChangeForm(
        request.POST or None, initial={"standard": request.GET.get("standar", "")}
    )
    return answer_form(
        request, form, save, title=_("Catat perubahan standar"), back=reverse("schemes:changes")
    )


@page
def amend_change(request: PageRequest, pk: int) -> HttpResponse:
    """Change what was written down and not yet announced."""
    found = get_object_or_404(queries.changes_to_decide(request.person), pk=pk)
    workflow.check_edit(found, "change", request.person, at=timezone.now())

    def save(given: dict[str, Any]) -> str:
        workflow.amend(found, given, request.person, at=timezone.now())
        return found.get_absolute_url()

    form = StandardChangeForm(request.POST or None, instance=found)
    back = found.get_absolute_url()
    return answer_form(request, form, save, title=_("Ubah perubahan standar"), back=back)


@page
def transitions(request: PageRequest) -> HttpResponseBase:
    """List the transitions one may see."""
    return TRANSITIONS.respond(
        request, queries.transitions(request.person), title=_("Peralihan skema")
    )


@page
def transition(request: PageRequest, pk: int) -> HttpResponse:
    """Show how a body moves on from a standard, and which of its schemes still rest on it."""
    found = get_object_or_404(queries.transitions(request.person), pk=pk)
    context = record_page(request, found, schemes=queries.own_versions_using(found))
    return render(request, "schemes/transition.html", context)


@page
def plan(request: PageRequest, pk: int) -> HttpResponse:
    """Fill in how a body moves on."""
    found = get_object_or_404(queries.transitions(request.person), pk=pk)
    workflow.check_edit(found, "plan", request.person, at=timezone.now())

    def save(given: dict[str, Any]) -> str:
        workflow.amend(found, given, request.person, at=timezone.now())
        return found.get_absolute_url()

    form = TransitionForm(request.POST or None, instance=found)
    back = found.get_absolute_url()
    return answer_form(request, form, save, title=_("Rencana peralihan"), back=back)
