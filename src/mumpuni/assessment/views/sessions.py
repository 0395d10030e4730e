"""Pages of sessions: list, record, plan, assessors."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mumpuni.access.roles import Permission, Reach
from mumpuni.assessment import actions, queries
from mumpuni.assessment.forms import AssignmentForm, SessionForm
from mumpuni.assessment.models import Session
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.tables import Choice, Column, DateRange, SearchBy, Table, badge

SESSIONS = Table(
    columns=[
        Column("number", gettext_lazy("Nomor"), sort="number", link=True, whole=True),
        Column("scheme_version.title", gettext_lazy("Skema"), sort="scheme_version__title"),
        Column("held_on", gettext_lazy("Tanggal"), sort="held_on"),
        Column("venue.name", gettext_lazy("TUK"), sort="venue__name"),
        Column("organisation.name", gettext_lazy("LSP"), sort="organisation__name"),
        Column("candidate_count", gettext_lazy("Asesi"), numeric=True),
        Column("quota", gettext_lazy("Kuota"), numeric=True),
        Column("state", gettext_lazy("Status"), render=badge),
    ],
    filters=[
        SearchBy("q", queries.search_sessions, hint=gettext_lazy("Nomor, skema, TUK, atau LSP")),
        Choice("state", gettext_lazy("Status"), choices=Session.State.choices),
        DateRange("held_on", gettext_lazy("Tanggal")),
    ],
    default_sort="-held_on",
    empty=gettext_lazy(
        "Belum ada jadwal asesmen. Jadwal memerlukan skema dalam lingkup lisensi dan TUK yang"
        " sudah diverifikasi."
    ),
)


@page
def sessions(request: PageRequest) -> HttpResponseBase:
    """List the sessions."""
    context: dict[str, Any] = {}
    if request.person.holds(Permission.SESSION_MANAGE):
        context = {
            "action": reverse("assessment:session-new"),
            "action_label": _("Rencanakan jadwal"),
        }
    of_one_body = request.person.reaches(Permission.SESSION_VIEW) == (Reach.ORGANISATION,)
    table = SESSIONS.without("organisation.name") if of_one_body else SESSIONS
    return table.respond(
        request,
        queries.sessions_counted(request.person),
        title=_("Jadwal asesmen"),
        template="assessment/list.html",
        context=context,
    )


@page
def session_new(request: PageRequest) -> HttpResponse:
    """Plan a session of one's own body."""
    person = request.person
    if person.organisation_id is None or not person.holds(Permission.SESSION_MANAGE):
        raise NotPermitted(_("Anda tidak berwenang membuat ini."))
    session = Session(organisation_id=person.organisation_id)
    form = SessionForm(
        request.POST or None,
        instance=session,
        organisation_id=person.organisation_id,
        today=timezone.localdate(),
    )

    def save(given: dict[str, Any]) -> str:
        actions.plan_session(session, person, at=timezone.now())
        return session.get_absolute_url()

    back = reverse("assessment:sessions")
    return answer_form(request, form, save, title=_("Rencanakan jadwal"), back=back)


@page
def session(request: PageRequest, pk: int) -> HttpResponse:
    """Show a session: its plan, its assessors, how many candidates stand where."""
    found = get_object_or_404(queries.sessions_in_full(request.person), pk=pk)
    own = [
        one
        for one in found.assignments.all()
        if one.assessor.individual.user_id == request.person.user_id
    ]
    context = record_page(request, found, tally=queries.tally(found), own=own)
    return render(request, "assessment/session.html", context)


@page
def session_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change the plan; the scheme only while nobody could apply."""
    found = get_object_or_404(queries.sessions(request.person), pk=pk)
    drafting = found.state == Session.State.DRAFT
    form = SessionForm(
        request.POST or None,
        instance=found,
        organisation_id=found.organisation_id,
        today=timezone.localdate(),
        open_fields=Session.EDITABLE if drafting else Session.MOVABLE,
    )

    def save(given: dict[str, Any]) -> str:
        workflow.amend(found, given, request.person, at=timezone.now())
        return found.get_absolute_url()

    return answer_form(request, form, save, title=_("Ubah jadwal"), back=found.get_absolute_url())


@page
def assign(request: PageRequest, pk: int) -> HttpResponse:
    """Assign an assessor by letter."""
    found = get_object_or_404(queries.sessions(request.person), pk=pk)
    form = AssignmentForm(request.POST or None, session=found)

    def save(given: dict[str, Any]) -> str:
        change = actions.assign_assessor(
            given["assessor"], given["letter_number"], impartial=given["impartial"]
        )
        workflow.amend_parts(found, "assignments", change, request.person, at=timezone.now())
        return found.get_absolute_url()

    return answer_form(
        request, form, save, title=_("Tugaskan asesor"), back=found.get_absolute_url()
    )


@page
@require_POST
def release(request: PageRequest, pk: int, assignment: int) -> HttpResponse:
    """End an assignment."""
    found = get_object_or_404(queries.sessions(request.person), pk=pk)
    ended = get_object_or_404(queries.assignments(found), pk=assignment)
    change = actions.release_assessor(ended)
    workflow.amend_parts(found, "assignments", change, request.person, at=timezone.now())
    messages.success(request, _("Penugasan %s diakhiri.") % ended.assessor)
    return redirect(found)


@page
@require_POST
def declare(request: PageRequest, pk: int) -> HttpResponse:
    """Take the declaration of impartiality of the assessor who is signed in."""
    found = get_object_or_404(queries.sessions(request.person), pk=pk)
    change = actions.declare_impartial(request.person)
    workflow.amend_parts(found, "impartiality", change, request.person, at=timezone.now())
    messages.success(request, _("Pernyataan ketidakberpihakan dicatat."))
    return redirect(found)
