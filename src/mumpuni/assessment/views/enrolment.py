"""Pages by which people come into a session: entered by the body, uploaded, or applying themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mumpuni.access.queries import individual_of
from mumpuni.access.roles import Permission
from mumpuni.assessment import actions, queries
from mumpuni.assessment.actions import Unfit
from mumpuni.assessment.forms import (
    ApplicationForm,
    EnrolmentForm,
    UploadForm,
    read_entries,
    template,
)
from mumpuni.assessment.models import Candidate, Session
from mumpuni.kernel.errors import NotPermitted, Refused
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.tables import Column, DateRange, Search, Table, badge

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _apply_link(session: Session) -> str:
    url = reverse("assessment:apply", args=[session.pk])
    return format_html('<a href="{}">{}</a>', url, session.scheme_version.title)


OPEN_SESSIONS = Table(
    columns=[
        Column(
            "scheme_version.title",
            gettext_lazy("Skema"),
            sort="scheme_version__title",
            render=_apply_link,
        ),
        Column("held_on", gettext_lazy("Tanggal"), sort="held_on"),
        Column("organisation.name", gettext_lazy("LSP"), sort="organisation__name"),
        Column("venue.name", gettext_lazy("TUK"), sort="venue__name"),
        Column("venue.region.name", gettext_lazy("Wilayah"), sort="venue__region__name"),
        Column(
            "organisation.licence.candidate_group",
            gettext_lazy("Melayani"),
            sort="organisation__licence__candidate_group",
        ),
        Column("candidate_count", gettext_lazy("Pendaftar"), sort="candidate_count", numeric=True),
        Column("quota", gettext_lazy("Kuota"), sort="quota", numeric=True),
    ],
    filters=[
        Search(
            "q",
            ["scheme_version__title", "organisation__name", "venue__region__name"],
            hint=gettext_lazy("Skema, LSP, atau wilayah"),
        ),
        DateRange("held_on", gettext_lazy("Tanggal")),
    ],
    default_sort="held_on",
    empty=gettext_lazy("Belum ada jadwal yang membuka pendaftaran."),
)
APPLICATIONS = Table(
    columns=[
        Column(
            "session.scheme_version.title",
            gettext_lazy("Skema"),
            sort="session__scheme_version__title",
            link=True,
        ),
        Column("session.held_on", gettext_lazy("Tanggal"), sort="session__held_on"),
        Column(
            "session.organisation.name", gettext_lazy("LSP"), sort="session__organisation__name"
        ),
        Column("state", gettext_lazy("Status"), sort="state", render=badge),
    ],
    default_sort="-session__held_on",
    empty=gettext_lazy("Anda belum mendaftar pada jadwal asesmen."),
    empty_action=("assessment:open-sessions", gettext_lazy("Cari jadwal")),
)
ASSESSMENTS = Table(
    columns=[
        Column("individual.name", gettext_lazy("Asesi"), sort="individual__name", link=True),
        Column("session.number", gettext_lazy("Jadwal"), sort="session__number"),
        Column("session.held_on", gettext_lazy("Tanggal"), sort="session__held_on"),
        Column(
            "session.scheme_version.title",
            gettext_lazy("Skema"),
            sort="session__scheme_version__title",
        ),
        Column("state", gettext_lazy("Status"), sort="state", render=badge),
    ],
    filters=[
        Search("q", ["individual__name", "session__number"], hint=gettext_lazy("Nama, nomor")),
        DateRange("session__held_on", gettext_lazy("Tanggal")),
    ],
    default_sort="-session__held_on",
    empty=gettext_lazy("Belum ada asesi yang ditempatkan pada Anda."),
)
FAULTS = Table(
    columns=[
        Column("row", gettext_lazy("Baris"), numeric=True),
        Column("column", gettext_lazy("Kolom")),
        Column("message", gettext_lazy("Yang perlu diperbaiki")),
        Column("code", gettext_lazy("Aturan")),
    ],
    default_sort="row",
    empty=gettext_lazy("Tidak ada yang keliru."),
)


@page
def open_sessions(request: PageRequest) -> HttpResponseBase:
    """List the sessions one may apply for."""
    return OPEN_SESSIONS.respond(
        request,
        queries.open_sessions(request.person, on=timezone.localdate()),
        title=_("Jadwal yang membuka pendaftaran"),
    )


@page
def my_applications(request: PageRequest) -> HttpResponseBase:
    """List one's own applications."""
    return APPLICATIONS.respond(
        request,
        queries.my_applications(request.person),
        title=_("Permohonan saya"),
        context={
            "action": reverse("assessment:open-sessions"),
            "action_label": _("Cari jadwal"),
        },
    )


@page
def my_assessments(request: PageRequest) -> HttpResponseBase:
    """List the candidates placed with oneself."""
    return ASSESSMENTS.respond(
        request, queries.my_assessments(request.person), title=_("Penugasan saya")
    )


@page
def apply(request: PageRequest, pk: int) -> HttpResponse:
    """Apply for an open session; who one is, is asked once."""
    person = request.person
    session = get_object_or_404(queries.open_sessions(person, on=timezone.localdate()), pk=pk)
    known = individual_of(person)
    form: ApplicationForm | EnrolmentForm = (
        ApplicationForm(request.POST or None, initial=queries.last_application(person))
        if known
        else EnrolmentForm(request.POST or None, initial={"name": person.name})
    )

    def save(given: dict[str, Any]) -> str:
        identity, values = None, given
        if isinstance(form, EnrolmentForm):
            identity, values = form.identity(), form.application()
        candidate = actions.apply(session, identity, values, person, at=timezone.now())
        messages.success(request, _("Permohonan dimulai. Lengkapi asesmen mandiri, lalu ajukan."))
        return candidate.get_absolute_url()

    return answer_form(
        request,
        form,
        save,
        title=_("Daftar asesmen"),
        template="assessment/apply.html",
        back=reverse("assessment:open-sessions"),
        session=session,
        known=known,
    )


@page
def enrol(request: PageRequest, pk: int) -> HttpResponse:
    """Enter a candidate for the body."""
    session = _session_to_fill(request, pk)
    form = EnrolmentForm(request.POST or None)

    def save(given: dict[str, Any]) -> str:
        return actions.enrol(
            session, form.identity(), form.application(), request.person, at=timezone.now()
        ).get_absolute_url()

    back = reverse("assessment:session-candidates", args=[pk])
    return answer_form(request, form, save, title=_("Tambah asesi"), back=back)


@page
def upload(request: PageRequest, pk: int) -> HttpResponse:
    """Enter many candidates from a spreadsheet; what is wrong is told by row and column."""
    session = _session_to_fill(request, pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {
        "title": _("Unggah asesi"),
        "form": form,
        "session": session,
        "back": reverse("assessment:session-candidates", args=[pk]),
        "faults": FAULTS,
    }
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            made, unfit = _take_in(request, session, form)
        except Refused as refused:
            context["refused"] = refused
        else:
            context |= {"unfit": unfit, "made": len(made)}
            status = 422 if unfit and not made else 200
    return render(request, "assessment/upload.html", context, status=status)


def _take_in(
    request: PageRequest, session: Session, form: UploadForm
) -> tuple[list[Candidate], list[Unfit]]:
    all_or_none = form.cleaned_data["all_or_none"]
    entries, misread = read_entries(form.cleaned_data["file"])
    if misread and all_or_none:
        return [], misread
    made, unfit = actions.enrol_all(
        session, entries, request.person, at=timezone.now(), all_or_none=all_or_none
    )
    if made:
        count = len(made)
        text = ngettext("%(count)d asesi ditambahkan.", "%(count)d asesi ditambahkan.", count)
        messages.success(request, text % {"count": count})
    return made, sorted([*misread, *unfit], key=lambda one: one.row)


@page
def upload_template(request: PageRequest) -> HttpResponse:
    """Give the spreadsheet to fill in."""
    response = HttpResponse(template(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="asesi.xlsx"'
    return response


def _session_to_fill(request: PageRequest, pk: int) -> Session:
    session: Session = get_object_or_404(queries.session_to_fill(request.person), pk=pk)
    if not request.person.can(Permission.CANDIDATE_ADMIT, session):
        raise NotPermitted(_("Anda tidak berwenang menambah asesi pada jadwal ini."))
    return session
