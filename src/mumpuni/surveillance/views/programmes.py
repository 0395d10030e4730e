"""Programmes: listed, drawn up, filled, shown with what came of them."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted
from mumpuni.licensing.models import Licence
from mumpuni.surveillance import actions
from mumpuni.surveillance.forms import (
    AdditionForm,
    FirstVisitsForm,
    NewProgrammeForm,
    ProgrammeForm,
    ReasonForm,
)
from mumpuni.surveillance.models import Part, PlannedVisit, Programme
from mumpuni.surveillance.queries import programmes as queries
from mumpuni.surveillance.views.tabs import tabs_of
from mumpuni.visits.forms.visits import PlanForm
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.tables import Column, Filter, One, Search, Table, badge
from mumpuni.web.tones import badge_html

PROGRAMMES: Final = Table(
    columns=[
        Column("year", _("Tahun"), sort="year", link=True, value=lambda one: str(one.year)),
        Column("state", _("Status"), sort="state", render=badge),
        Column("budget", _("Anggaran kunjungan"), sort="budget", numeric=True),
        Column("entry_count", _("LSP dalam program"), sort="entry_count", numeric=True),
        Column("reported_count", _("Sudah dilaporkan"), sort="reported_count", numeric=True),
        Column("approved_on", _("Disetujui pada"), sort="approved_on"),
    ],
    default_sort="-year",
    empty=_("Belum ada program surveilans."),
)
LONGEST_NAME: Final = 200
STANDS: Final = {
    "waiting": (_("Belum direncanakan"), queries.WAITING),
    "under_way": (_("Direncanakan atau berlangsung"), queries.UNDER_WAY),
    "reported": (_("Dilaporkan"), queries.REPORTED),
    "dropped": (_("Tidak dikunjungi"), queries.DROPPED),
}


def sentences(parts: list[Part]) -> str:
    """Return the reasons as lines, each with its points."""
    return format_html(
        '<ul class="reasons">{}</ul>',
        format_html_join(
            "", "<li>{} <small>+{}</small></li>", ((one.sentence, one.points) for one in parts)
        ),
    )


def written(parts: list[Part]) -> str:
    """Return the reasons as a download writes them."""
    return " ".join(f"{one.sentence} (+{one.points})" for one in parts)


def named(licence: Licence, address: str) -> str:
    """Return the body of a licence as a link, marked where it is made up."""
    simulated = badge_html(_("Simulasi"), tone="warn") if licence.simulated else ""
    return format_html('<a href="{}">{}</a> {}', address, licence.organisation, simulated)


def _reasons(entry: PlannedVisit) -> str:
    added = format_html("<p>{}</p>", entry.added_because) if entry.added_because else ""
    return format_html("{}{}", added, sentences(entry.parts))


def _visit(entry: Any) -> str:
    """Return the visit as a link with its state, or the way to plan it or give it up."""
    if entry.dropped_because:
        return format_html("{} {}", badge_html(_("Tidak dikunjungi")), entry.dropped_because)
    if not entry.is_open:
        return format_html(
            '<a href="{}">{}</a> {}',
            entry.visit.get_absolute_url(),
            Column("starts_on", "").html(entry),
            badge(entry.visit),
        )
    if not entry.plannable:
        return badge_html(_("Belum direncanakan"))
    return format_html(
        '<a href="{}">{}</a> · <a href="{}">{}</a>',
        reverse("surveillance:plan-entry", args=[entry.year, entry.pk]),
        _("Rencanakan"),
        reverse("surveillance:drop-entry", args=[entry.year, entry.pk]),
        _("Tiadakan"),
    )


def _state(entry: Any) -> str:
    if entry.dropped_because:
        return gettext("Tidak dikunjungi")
    return entry.visit.get_state_display() if entry.visit else gettext("Belum direncanakan")


RANKING: Final = Table(
    columns=[
        Column(
            "licence.organisation.name",
            _("LSP"),
            render=lambda risk: named(risk.licence, risk.get_absolute_url()),
        ),
        Column("licence.organisation.region.name", _("Wilayah kantor")),
        Column("score", _("Skor risiko"), numeric=True),
        Column("reasons", _("Alasan"), render=lambda risk: sentences(risk.reasons)),
    ],
    default_sort="-score",
    empty="",
)
ENTRY_FILTERS: list[Filter] = [
    Search("q", fields=["licence__organisation__name", "licence__number"], hint=_("Nama LSP")),
    One("stands", _("Kunjungan surveilans"), STANDS),
]
ENTRIES: Final = Table(
    columns=[
        Column("rank", _("Peringkat"), sort="rank", numeric=True),
        Column(
            "licence.organisation.name",
            _("LSP"),
            sort="licence__organisation__name",
            render=lambda entry: named(entry.licence, entry.licence.get_absolute_url()),
        ),
        Column("licence.organisation.region.name", _("Wilayah kantor")),
        Column("score", _("Skor risiko"), sort="score", numeric=True),
        Column(
            "parts",
            _("Alasan pada hari itu"),
            value=lambda entry: written(entry.parts),
            render=_reasons,
        ),
        Column("visit", _("Kunjungan surveilans"), sort="starts_on", value=_state, render=_visit),
        Column("finding_count", _("Temuan"), sort="finding_count", numeric=True),
        Column("unsettled_count", _("Belum selesai"), sort="unsettled_count", numeric=True),
    ],
    filters=ENTRY_FILTERS,
    default_sort="rank",
    empty=_("Program belum disetujui, jadi belum ada LSP di dalamnya."),
)


@page
def programmes(request: PageRequest) -> HttpResponseBase:
    """List the programmes."""
    drawing_up = {"action": reverse("surveillance:begin"), "action_label": _("Susun program")}
    may_plan = request.person.holds(Permission.SURVEILLANCE_PLAN)
    return PROGRAMMES.respond(
        request,
        queries.programmes(request.person),
        title=_("Program surveilans"),
        template="surveillance/list.html",
        context=tabs_of("programmes") | (drawing_up if may_plan else {}),
    )


@page
def begin(request: PageRequest) -> HttpResponse:
    """Draw up the programme of a year."""
    person = request.person
    if not person.holds(Permission.SURVEILLANCE_PLAN):
        raise NotPermitted(gettext("Program disusun oleh staf surveilans."))
    form = NewProgrammeForm(request.POST or None, initial={"year": timezone.localdate().year})

    def save(given: dict[str, Any]) -> str:
        workflow.begin(made := Programme(**given), person, at=timezone.now())
        return made.get_absolute_url()

    return answer_form(
        request,
        form,
        save,
        title=_("Susun program surveilans"),
        submit=_("Susun"),
        back=reverse("surveillance:programmes"),
    )


@page
def programme(request: PageRequest, year: int) -> HttpResponseBase:
    """Show a programme; a draft shows whom its budget would reach today."""
    record = get_object_or_404(queries.programme_in_full(request.person), year=year)
    context = record_page(request, record, progress=queries.progress(record))
    if record.state == Programme.State.DRAFT:
        context |= {"likely": queries.likely(record, request.person), "ranking": RANKING}
    plannable = "entries" in context["edits"]
    return ENTRIES.respond(
        request,
        queries.entries(record, plannable=plannable),
        title=str(record),
        template="surveillance/programme.html",
        context=context,
    )


@page
def amend(request: PageRequest, year: int) -> HttpResponse:
    """Change budget and note of a draft."""
    record = get_object_or_404(queries.programmes(request.person), year=year)
    workflow.check_edit(record, "programme", request.person, at=timezone.now())

    def save(given: dict[str, Any]) -> str:
        workflow.amend(record, given, request.person, at=timezone.now())
        return record.get_absolute_url()

    form = ProgrammeForm(request.POST or None, instance=record)
    return answer_form(request, form, save, title=_("Ubah program"), back=record.get_absolute_url())


def _open_programme(request: PageRequest, year: int) -> Programme:
    record = get_object_or_404(queries.programmes(request.person), year=year)
    workflow.check_edit(record, actions.ENTRIES, request.person, at=timezone.now())
    return record


@page
def plan_first(request: PageRequest, year: int) -> HttpResponse:
    """Plan the visits of the first bodies that have none."""
    record = _open_programme(request, year)

    def save(given: dict[str, Any]) -> str:
        actions.plan_first(record, **given, actor=request.person, at=timezone.now())
        return record.get_absolute_url()

    return answer_form(
        request,
        FirstVisitsForm(request.POST or None),
        save,
        title=_("Rencanakan kunjungan sekaligus"),
        template="surveillance/plan_first.html",
        submit=_("Rencanakan"),
        back=record.get_absolute_url(),
    )


@page
def add(request: PageRequest, year: int) -> HttpResponse:
    """Put a body into the programme that its rank alone would not; `?q=` finds it."""
    record = _open_programme(request, year)
    asked = request.GET.get("q", "").replace("\0", "")[:LONGEST_NAME].strip()
    form = AdditionForm(request.POST or None, programme=record, text=asked)

    def save(given: dict[str, Any]) -> str:
        actions.add(record, given["licence"], given["reason"], request.person, at=timezone.now())
        return record.get_absolute_url()

    return answer_form(
        request,
        form,
        save,
        title=_("Tambahkan LSP"),
        template="surveillance/add.html",
        submit=_("Tambahkan"),
        asked=asked,
        back=record.get_absolute_url(),
    )


@page
def plan_entry(request: PageRequest, year: int, pk: int) -> HttpResponse:
    """Plan the visit of a body in the programme."""
    record = _open_programme(request, year)
    entry = get_object_or_404(queries.entries(record), pk=pk)

    def save(given: dict[str, Any]) -> str:
        return actions.plan(entry, given, request.person, at=timezone.now()).get_absolute_url()

    return answer_form(
        request,
        PlanForm(request.POST or None, initial={"place": entry.licence.organisation.address}),
        save,
        title=_("Rencanakan kunjungan: %s") % entry.licence.organisation,
        submit=_("Rencanakan"),
        back=record.get_absolute_url(),
    )


@page
def drop_entry(request: PageRequest, year: int, pk: int) -> HttpResponse:
    """Give a body up this year."""
    record = _open_programme(request, year)
    entry = get_object_or_404(queries.entries(record), pk=pk)

    def save(given: dict[str, Any]) -> str:
        actions.drop(entry, given["reason"], request.person, at=timezone.now())
        return record.get_absolute_url()

    return answer_form(
        request,
        ReasonForm(request.POST or None),
        save,
        title=_("Tiadakan kunjungan: %s") % entry.licence.organisation,
        submit=_("Tiadakan"),
        back=record.get_absolute_url(),
    )
