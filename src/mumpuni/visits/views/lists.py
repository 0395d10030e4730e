"""The lists: visits, findings, the register of licensing assessors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission
from mumpuni.visits import queries
from mumpuni.visits.models import Finding, Kind, LicensingAssessor, Visit
from mumpuni.web.page import PageRequest, page
from mumpuni.web.tables import Choice, Column, DateRange, Filter, Search, Table, Year, badge

if TYPE_CHECKING:
    from mumpuni.access.person import Person

VISIT_FILTERS: list[Filter] = [
    Search("q", fields=["organisation__name", "letter_number", "report_number", "place"]),
    Choice("kind", _("Jenis"), choices=Kind.choices),
    Choice("state", _("Status"), choices=Visit.State.choices),
    Year("year", field="starts_on"),
]
VISITS = Table(
    columns=[
        Column("organisation.name", _("LSP"), sort="organisation__name", link=True),
        Column("kind", _("Jenis"), sort="kind"),
        Column("starts_on", _("Hari pertama"), sort="starts_on"),
        Column("ends_on", _("Hari terakhir"), sort="ends_on"),
        Column("state", _("Status"), sort="state", render=badge),
        Column("letter_number", _("Nomor surat tugas"), sort="letter_number", whole=True),
        Column("recommendation", _("Rekomendasi"), sort="recommendation"),
    ],
    filters=VISIT_FILTERS,
    default_sort="-starts_on",
    empty=_("Belum ada kunjungan."),
)

FINDING_FILTERS: list[Filter] = [
    Search("q", fields=["visit__organisation__name", "statement", "clause"]),
    Choice("grade", _("Kategori"), choices=Finding.Grade.choices),
    Choice("state", _("Status"), choices=Finding.State.choices),
    DateRange("due_on", _("Tenggat")),
]
FINDINGS = Table(
    columns=[
        Column("visit.organisation.name", _("LSP"), sort="visit__organisation__name", link=True),
        Column("visit.kind", _("Kunjungan"), sort="visit__kind"),
        Column("grade", _("Kategori"), sort="grade"),
        Column("clause", _("Acuan"), sort="clause"),
        Column("statement", _("Uraian")),
        Column("due_on", _("Tenggat"), sort="due_on"),
        Column("state", _("Status"), sort="state", render=badge),
    ],
    filters=FINDING_FILTERS,
    default_sort="due_on",
    empty=_("Belum ada temuan."),
)

ASSESSOR_FILTERS: list[Filter] = [
    Search("q", fields=["individual__name", "number"], hint=_("Nama atau nomor")),
    Choice("grade", _("Jenjang asesor"), choices=LicensingAssessor.Grade.choices),
    Choice("state", _("Status"), choices=LicensingAssessor.State.choices),
]
ASSESSORS = Table(
    columns=[
        Column("individual.name", _("Nama"), sort="individual__name", link=True),
        Column("number", _("Nomor"), sort="number", whole=True),
        Column("grade", _("Jenjang asesor"), sort="grade"),
        Column("province.name", _("Provinsi"), sort="province__name"),
        Column("last_day", _("Berlaku sampai"), sort="last_day"),
        Column("state", _("Status"), sort="state", render=badge),
    ],
    filters=ASSESSOR_FILTERS,
    default_sort="individual__name",
    empty=_("Belum ada asesor lisensi."),
)


@page
def visits(request: PageRequest) -> HttpResponseBase:
    """List the visits one may see."""
    person = request.person
    planning = {"action": reverse("visits:plan"), "action_label": _("Rencanakan kunjungan")}
    return VISITS.respond(
        request,
        queries.visits(person),
        title=_("Kunjungan"),
        template="visits/list.html",
        context=_parts(person, "visits")
        | (planning if person.holds(Permission.VISIT_PLAN) else {}),
    )


@page
def findings(request: PageRequest) -> HttpResponseBase:
    """List the findings one may see."""
    return FINDINGS.respond(
        request,
        queries.findings(request.person),
        title=_("Temuan"),
        template="visits/list.html",
        context=_parts(request.person, "findings"),
    )


@page
def assessors(request: PageRequest) -> HttpResponseBase:
    """List the register of licensing assessors."""
    person = request.person
    entering = {"action": reverse("visits:enter"), "action_label": _("Masukkan asesor")}
    manages = person.holds(Permission.LICENSING_ASSESSOR_MANAGE)
    return ASSESSORS.respond(
        request,
        queries.assessors(person),
        title=_("Asesor lisensi"),
        template="visits/list.html",
        context=_parts(person, "assessors") | (entering if manages else {}),
    )


def _parts(person: Person, here: str) -> dict[str, object]:
    return {"of_authority": queries.sees_all(person), "here": {here: True}}
