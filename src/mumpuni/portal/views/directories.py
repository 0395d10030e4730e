"""Public directories: certification bodies, schemes, sanctions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.licensing.models import BodyType, Licence
from mumpuni.licensing.queries import Status, sanction_on, status_on
from mumpuni.oversight.models import Appeal, SanctionCase
from mumpuni.portal import directories
from mumpuni.reference.queries import provinces
from mumpuni.schemes.models import Scheme
from mumpuni.schemes.queries import search_versions
from mumpuni.web.forms import DayForm
from mumpuni.web.page import PublicRequest, public_page
from mumpuni.web.tables import Choice, Column, Filter, Search, SearchBy, Table, Year
from mumpuni.web.tones import badge_html

PUBLIC_KINDS = [one for one in SanctionCase.Kind.choices if one[0] != SanctionCase.Kind.WARNING]


def _name(licence: Licence) -> str:
    address = reverse("portal:body", args=[licence.organisation_id])
    return format_html('<a href="{}">{}</a>', address, licence.organisation)


def _status(licence: Any) -> str:
    return str(Status(licence.status).label)


def _province(licence: Licence) -> str:
    return str(directories.province_of(licence.organisation.region) or "")


BODIES = Table(
    columns=[
        Column("organisation.name", gettext_lazy("LSP"), sort="organisation__name", render=_name),
        Column("number", gettext_lazy("Nomor lisensi"), sort="number", whole=True),
        Column("body_type", gettext_lazy("Jenis"), sort="body_type"),
        Column("", gettext_lazy("Provinsi"), sort="organisation__region_id", value=_province),
        Column("valid_until", gettext_lazy("Berlaku sampai"), sort="valid_until"),
        Column(
            "",
            gettext_lazy("Status hari ini"),
            sort="status",
            value=_status,
            render=lambda licence: badge_html(_status(licence), licence.status),
        ),
    ],
    filters=[
        Search("q", fields=["organisation__name", "number"], label=gettext_lazy("Nama atau nomor")),
        Choice("jenis", gettext_lazy("Jenis"), choices=BodyType.choices, field="body_type"),
        Choice(
            "provinsi",
            gettext_lazy("Provinsi"),
            choices=lambda: provinces().values_list("code", "name"),
            field="organisation__region__code__startswith",
        ),
        Choice("status", gettext_lazy("Status hari ini"), choices=Status.choices),
    ],
    default_sort="organisation__name",
    empty=gettext_lazy("Belum ada LSP berlisensi."),
)


def _sanction(licence: Licence) -> Any:
    return sanction_on(licence, timezone.localdate())


def _appeal(row: Any) -> str:
    return str(Appeal.State(row.appeal_state).label) if row.appeal_state else ""


def _appeal_badge(row: Any) -> str:
    return badge_html(_appeal(row), row.appeal_state) if row.appeal_state else ""


SANCTIONED = Table(
    columns=[
        Column("organisation.name", gettext_lazy("LSP"), sort="organisation__name", render=_name),
        Column("number", gettext_lazy("Nomor lisensi"), sort="number", whole=True),
        Column(
            "",
            gettext_lazy("Status"),
            sort="status",
            value=_status,
            render=lambda licence: badge_html(_status(licence), licence.status),
        ),
        Column("", gettext_lazy("Sejak"), value=lambda row: _sanction(row).effective_on),
        Column("", gettext_lazy("Lama (bulan)"), value=lambda row: _sanction(row).months),
        Column("", gettext_lazy("Nomor SK"), value=lambda row: _sanction(row).decree_number),
        Column(
            "appeal_state",
            gettext_lazy("Banding"),
            sort="appeal_state",
            value=_appeal,
            render=_appeal_badge,
        ),
    ],
    filters=[Search("q", fields=["organisation__name", "number"])],
    default_sort="organisation__name",
    empty=gettext_lazy("Tidak ada LSP yang dibekukan atau dicabut hari ini."),
)


def _decree(case: SanctionCase) -> str:
    address = reverse("portal:decree", args=[case.pk])
    return format_html('<a href="{}">{}</a>', address, case.decree_number)


DECREE_FILTERS: list[Filter] = [
    Search("q", fields=["organisation__name", "licence__number", "decree_number"]),
    Choice("jenis", gettext_lazy("Jenis putusan"), choices=PUBLIC_KINDS, field="kind"),
    Year("tahun", field="effective_on"),
]
DECREES = Table(
    columns=[
        Column("decree_number", gettext_lazy("Nomor SK"), sort="decree_number", render=_decree),
        Column("kind", gettext_lazy("Jenis putusan"), sort="kind"),
        Column("organisation.name", gettext_lazy("LSP"), sort="organisation__name"),
        Column("licence.number", gettext_lazy("Nomor lisensi"), sort="licence__number", whole=True),
        Column("ground", gettext_lazy("Dasar sanksi"), sort="ground"),
        Column("effective_on", gettext_lazy("Berlaku mulai"), sort="effective_on"),
        Column("months", gettext_lazy("Lama (bulan)"), sort="months", numeric=True),
        Column(
            "appeal_state",
            gettext_lazy("Banding"),
            sort="appeal_state",
            value=_appeal,
            render=_appeal_badge,
        ),
    ],
    filters=DECREE_FILTERS,
    default_sort="-effective_on",
    empty=gettext_lazy("Belum ada putusan."),
)


def _scheme(version: Any) -> str:
    address = reverse("portal:scheme", args=[version.pk])
    return format_html('<a href="{}">{}</a>', address, version.title)


SCHEMES = Table(
    columns=[
        Column("title", gettext_lazy("Skema"), sort="title", render=_scheme),
        Column("number", gettext_lazy("Nomor skema"), sort="scheme__number", whole=True),
        Column("scheme.kind", gettext_lazy("Jenis"), sort="scheme__kind"),
        Column("kkni_level", gettext_lazy("Jenjang KKNI"), sort="kkni_level", numeric=True),
        Column("unit_count", gettext_lazy("Unit"), sort="unit_count", numeric=True),
        Column("licensed_count", gettext_lazy("LSP aktif"), sort="licensed_count", numeric=True),
    ],
    filters=[
        SearchBy("q", find=search_versions, hint=gettext_lazy("Judul, nomor, atau kode unit")),
        Choice("jenis", gettext_lazy("Jenis"), choices=Scheme.Kind.choices, field="scheme__kind"),
    ],
    default_sort="title",
    empty=gettext_lazy("Belum ada skema terverifikasi."),
)


@public_page
def bodies(request: PublicRequest) -> HttpResponseBase:
    rows = directories.bodies(timezone.localdate())
    return BODIES.respond(
        request, rows, title=_("Lembaga sertifikasi profesi"), template="portal/directory.html"
    )


@public_page
def body(request: PublicRequest, pk: int) -> HttpResponse:
    """Show a body's licence, with its status today or on the day that is asked for."""
    licence = directories.body(pk)
    if licence is None:
        raise Http404
    form = DayForm(request)
    context = {
        "title": licence.organisation.name,
        "licence": licence,
        "province": directories.province_of(licence.organisation.region),
        "form": form,
        "day": form.day,
        "today": form.today,
        "status": status_on(licence, form.day),
        "sanction": sanction_on(licence, form.day),
        "sanctions": [one for one in licence.sanctions.all() if one.imposed_at is not None],
        "decrees": directories.decrees_on(licence),
        "scope": directories.scope_on(licence, form.day),
    }
    return render(request, "portal/body.html", context, status=422 if form.errors else 200)


@public_page
def sanctions(request: PublicRequest) -> HttpResponseBase:
    rows = directories.sanctioned(timezone.localdate())
    return SANCTIONED.respond(
        request, rows, title=_("LSP dibekukan atau dicabut"), template="portal/directory.html"
    )


@public_page
def decrees(request: PublicRequest) -> HttpResponseBase:
    """List what was decreed about licences, ever."""
    return DECREES.respond(
        request, directories.decrees(), title=_("Putusan sanksi"), template="portal/directory.html"
    )


@public_page
def decree(request: PublicRequest, pk: int) -> HttpResponse:
    """Show a decree: what it says, what becomes of those it touches, how an appeal stands."""
    case = get_object_or_404(directories.decrees().prefetch_related("rulings"), pk=pk)
    context = {"title": f"{case.get_kind_display()} {case.organisation}", "case": case}
    return render(request, "portal/decree.html", context)


@public_page
def schemes(request: PublicRequest) -> HttpResponseBase:
    rows = directories.schemes(timezone.localdate())
    return SCHEMES.respond(
        request, rows, title=_("Skema terverifikasi"), template="portal/directory.html"
    )


@public_page
def scheme(request: PublicRequest, pk: int) -> HttpResponseBase:
    """Show who is licensed for a scheme."""
    version = get_object_or_404(directories.schemes(timezone.localdate()), pk=pk)
    return BODIES.respond(
        request,
        directories.licensed_for(version, timezone.localdate()),
        title=version.title,
        template="portal/scheme.html",
        context={"version": version},
    )
