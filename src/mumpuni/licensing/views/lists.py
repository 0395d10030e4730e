"""The lists: licences, applications, and what waits at the authority."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.person import Person
from mumpuni.access.roles import Permission, Reach
from mumpuni.licensing import queries
from mumpuni.licensing.models import BodyType, Licence, LicenceApplication
from mumpuni.licensing.queries import Status
from mumpuni.web.navigation import Link
from mumpuni.web.page import PageRequest, page
from mumpuni.web.steps import bulk_steps
from mumpuni.web.tables import Bulk, Choice, Column, DateRange, Filter, Search, Table, badge
from mumpuni.web.tones import badge_html

BODY_TYPE = Choice("body_type", _("Jenis LSP"), choices=BodyType.choices)


def status_label(licence: Licence) -> str:
    """Return the status that the query added, in words."""
    return str(Status(licence.status).label)


def status_badge(licence: Licence) -> str:
    return badge_html(status_label(licence), licence.status)


LICENCES = Table(
    columns=[
        Column("number", _("Nomor lisensi"), sort="number", link=True, whole=True),
        Column("organisation.name", _("LSP"), sort="organisation__name"),
        Column("body_type", _("Jenis LSP"), sort="body_type"),
        Column(
            "status", _("Status hari ini"), sort="status", render=status_badge, value=status_label
        ),
        Column("valid_until", _("Berlaku sampai"), sort="valid_until"),
        Column("organisation.region.name", _("Wilayah kantor"), sort="organisation__region__name"),
    ],
    filters=[
        Search("q", ["number", "organisation__name"], hint=_("Nomor atau nama LSP")),
        Choice("status", _("Status hari ini"), choices=Status.choices),
        BODY_TYPE,
        DateRange("valid_until", _("Berlaku sampai")),
    ],
    default_sort="number",
    empty=_("Belum ada lisensi."),
)

APPLICANT, KIND, TYPE, STATE, SINCE, SUBMITTED, DECIDED = (
    Column("organisation.name", _("Pemohon"), sort="organisation__name", link=True),
    Column("kind", _("Jenis permohonan"), sort="kind"),
    Column("body_type", _("Jenis LSP"), sort="body_type"),
    Column("state", _("Status"), sort="state", render=badge),
    Column("waiting_since", _("Dalam status ini sejak"), sort="waiting_since"),
    Column("submitted_on", _("Diajukan"), sort="submitted_on"),
    Column("decided_on", _("Diputus"), sort="decided_on"),
)
APPLICATION_FILTERS: list[Filter] = [
    Search("q", ["organisation__name", "founder_name"], hint=_("Nama lembaga atau pembentuk")),
    Choice("kind", _("Jenis permohonan"), choices=LicenceApplication.Kind.choices),
    Choice("state", _("Status"), choices=LicenceApplication.State.choices),
    BODY_TYPE,
]
APPLICATIONS = Table(
    columns=[APPLICANT, KIND, TYPE, STATE, SINCE, SUBMITTED, DECIDED],
    filters=APPLICATION_FILTERS,
    default_sort="-submitted_on",
    empty=_("Belum ada permohonan lisensi."),
)
INBOX = Table(
    columns=[
        APPLICANT,
        KIND,
        TYPE,
        STATE,
        SINCE,
        SUBMITTED,
        Column("organisation.region.name", _("Wilayah kantor")),
    ],
    filters=APPLICATION_FILTERS,
    default_sort="waiting_since",
    empty=_("Tidak ada permohonan yang menunggu."),
)


@page
def licences(request: PageRequest) -> HttpResponseBase:
    """List the licences one may see."""
    return _answer(request, LICENCES, queries.licences(request.person), _("Lisensi LSP"))


@page
def applications(request: PageRequest) -> HttpResponseBase:
    """List the applications one may see."""
    rows = queries.applications(request.person)
    return _answer(request, APPLICATIONS, rows, _("Permohonan lisensi"))


@page
def inbox(request: PageRequest) -> HttpResponseBase:
    """List what has been submitted and is not decided, the longest wait first."""
    appraisal = bulk_steps(
        LicenceApplication,
        ["appreciate"],
        request.person,
        reverse("licensing:application-steps"),
    )
    rows = queries.inbox(request.person)
    return _answer(request, INBOX, rows, _("Permohonan yang menunggu"), appraisal)


def _answer(
    request: PageRequest,
    table: Table,
    rows: QuerySet[Any],
    title: Any,
    bulk: Bulk | None = None,
) -> HttpResponseBase:
    person = request.person
    acts_for_body = person.organisation_id is not None and person.holds(Permission.LICENCE_APPLY)
    return table.respond(
        request,
        rows,
        title=title,
        template="licensing/list.html",
        context={"parts": _parts(person, request.path), "may_apply": acts_for_body},
        bulk=bulk,
    )


def _parts(person: Person, path: str) -> list[Link]:
    names = {
        "licensing:licences": _("Lisensi LSP"),
        "licensing:applications": _("Permohonan lisensi"),
    }
    if Reach.NATIONAL in person.reaches(Permission.LICENCE_VIEW):
        names["licensing:inbox"] = _("Permohonan yang menunggu")
    urls = {reverse(name): label for name, label in names.items()}
    return [Link(url, label, url == path) for url, label in urls.items()]
