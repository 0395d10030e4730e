"""Meetings: listed, planned, shown, minuted."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted
from mumpuni.plenary import actions, queries
from mumpuni.plenary.forms import (
    AgendaForm,
    InvitationForm,
    MembersForm,
    MinutesForm,
    PlanForm,
    PresenceForm,
)
from mumpuni.plenary.models import Meeting
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.tables import Choice, Column, Filter, SearchBy, Table, Year, badge

COLUMNS = [
    Column("held_on", _("Hari"), sort="held_on", link=True),
    Column("number", _("Nomor"), sort="number", whole=True),
    Column("kind", _("Jenis sidang"), sort="kind"),
    Column("state", _("Status"), sort="state", render=badge),
    Column("place", _("Tempat"), sort="place"),
    Column("chair.name", _("Pimpinan"), sort="chair__name"),
    Column("item_count", _("Banyaknya butir"), sort="item_count", numeric=True),
]
FILTERS: list[Filter] = [
    SearchBy("q", queries.search_meetings, hint=_("Nomor, tempat, atau perkara")),
    Choice("kind", _("Jenis sidang"), choices=Meeting.Kind.choices),
    Choice("state", _("Status"), choices=Meeting.State.choices),
    Year("year", field="held_on"),
]
MEETINGS = Table(
    columns=COLUMNS, filters=FILTERS, default_sort="-held_on", empty=_("Belum ada sidang.")
)


@page
def meetings(request: PageRequest) -> HttpResponseBase:
    """List the meetings."""
    planning = {"action": reverse("plenary:plan"), "action_label": _("Rencanakan sidang")}
    return MEETINGS.respond(
        request,
        queries.meetings(request.person),
        title=_("Sidang pleno"),
        context=planning if request.person.holds(Permission.MEETING_MANAGE) else {},
    )


@page
def plan(request: PageRequest) -> HttpResponse:
    """Plan a meeting."""
    person = request.person
    if not person.holds(Permission.MEETING_MANAGE):
        raise NotPermitted(gettext("Sidang direncanakan oleh sekretariat pleno."))
    form = PlanForm(request.POST or None)

    def save(given: dict[str, Any]) -> str:
        members = [user.pk for user in given.pop("members")]
        made = actions.plan(Meeting(**given), members, person, at=timezone.now())
        return made.get_absolute_url()

    return answer_form(
        request,
        form,
        save,
        title=_("Rencanakan sidang"),
        submit=_("Rencanakan"),
        back=reverse("plenary:meetings"),
    )


@page
def meeting(request: PageRequest, pk: int) -> HttpResponse:
    """Show a meeting: its agenda with the votes, and who is there."""
    record = get_object_or_404(queries.meetings_in_full(request.person), pk=pk)
    context = record_page(request, record, items=queries.to_vote_on(record, request.person))
    return render(request, "plenary/meeting.html", context)


@page
def minutes(request: PageRequest, pk: int) -> HttpResponse:
    """Show the minutes, to be read and printed."""
    record = get_object_or_404(queries.meetings_in_full(request.person), pk=pk)
    if record.opened_at is None:
        raise Http404
    context = {"title": _("Risalah sidang %s") % record.number, "meeting": record}
    return render(request, "plenary/minutes.html", context)


@page
def invitation(request: PageRequest, pk: int) -> HttpResponse:
    """Change when and where a meeting is held, and who leads it."""
    return _amended(request, pk, InvitationForm, title=_("Ubah sidang"))


@page
def note(request: PageRequest, pk: int) -> HttpResponse:
    """Write what the minutes say besides the votes."""
    return _amended(request, pk, MinutesForm, title=_("Catatan risalah"))


def _amended(
    request: PageRequest,
    pk: int,
    form_class: type[InvitationForm | MinutesForm],
    **context: Any,
) -> HttpResponse:
    record = get_object_or_404(queries.meetings(request.person), pk=pk)
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        workflow.amend(record, given, request.person, at=timezone.now())
        return back

    form = form_class(request.POST or None, instance=record)
    return answer_form(request, form, save, back=back, **context)


@page
def members(request: PageRequest, pk: int) -> HttpResponse:
    """Give the seats of a meeting."""
    record = get_object_or_404(queries.meetings(request.person), pk=pk)
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        chosen = [user.pk for user in given["members"]]
        actions.seat(record, chosen, request.person, at=timezone.now())
        return back

    seated = [member.user_id for member in record.members.all()]
    form = MembersForm(request.POST or None, initial={"members": seated})
    return answer_form(request, form, save, title=_("Anggota sidang"), back=back)


@page
def presence(request: PageRequest, pk: int) -> HttpResponse:
    """Write down who is there."""
    record = get_object_or_404(queries.meetings(request.person), pk=pk)
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        there = [user.pk for user in given["present"]]
        actions.mark_present(record, there, request.person, at=timezone.now())
        return back

    there = [member.user_id for member in record.present]
    sent = request.POST if request.method == "POST" else None
    form = PresenceForm(sent, meeting=record, initial={"present": there})
    return answer_form(request, form, save, title=_("Kehadiran"), back=back)


@page
def agenda(request: PageRequest, pk: int) -> HttpResponse:
    """Put records that wait for a vote on the agenda."""
    person = request.person
    record = get_object_or_404(queries.meetings(person), pk=pk)
    workflow.check_edit(record, actions.AGENDA, person, at=timezone.now())
    form = AgendaForm(request.POST or None, waiting=queries.waiting_for_agenda(person, record.kind))

    def save(given: dict[str, Any]) -> str:
        at = timezone.now()
        for one in given["records"]:
            actions.put(one, record, person, at=at)
        return record.get_absolute_url()

    return answer_form(
        request,
        form,
        save,
        title=_("Tambah agenda"),
        template="plenary/agenda.html",
        submit=_("Agendakan"),
        back=record.get_absolute_url(),
    )
