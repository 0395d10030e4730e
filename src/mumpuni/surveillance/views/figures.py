"""The figures of a year, and the rows behind each."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mumpuni.licensing.models import Licence, LicenceApplication, Sanction
from mumpuni.surveillance.queries import check_watches, figures
from mumpuni.surveillance.views.tabs import tabs_of
from mumpuni.visits.models import Visit
from mumpuni.web.page import PageRequest, page
from mumpuni.web.tables import Column, Filter, Search, Table, badge

NOTHING: Final = _("Tidak ada pada tahun ini.")


def _named(path: str) -> list[Filter]:
    return [Search("q", fields=[path], hint=_("Nama LSP"))]


TABLES: Final[dict[type[Any], Table]] = {
    LicenceApplication: Table(
        columns=[
            Column("organisation.name", _("LSP"), sort="organisation__name", link=True),
            Column("kind", _("Jenis permohonan"), sort="kind"),
            Column("body_type", _("Jenis LSP"), sort="body_type"),
            Column("submitted_on", _("Diajukan pada"), sort="submitted_on"),
            Column("decided_on", _("Diputus pada"), sort="decided_on"),
            Column("state", _("Status"), sort="state", render=badge),
        ],
        filters=_named("organisation__name"),
        default_sort="submitted_on",
        empty=NOTHING,
    ),
    Visit: Table(
        columns=[
            Column("organisation.name", _("LSP"), sort="organisation__name", link=True),
            Column("starts_on", _("Hari pertama"), sort="starts_on"),
            Column("reported_on", _("Dilaporkan pada"), sort="reported_on"),
            Column("report_number", _("Nomor laporan"), sort="report_number", whole=True),
            Column("recommendation", _("Rekomendasi"), sort="recommendation"),
        ],
        filters=_named("organisation__name"),
        default_sort="reported_on",
        empty=NOTHING,
    ),
    Sanction: Table(
        columns=[
            Column("licence.organisation.name", _("LSP"), sort="licence__organisation__name"),
            Column("licence.number", _("Nomor lisensi"), sort="licence__number", whole=True),
            Column("decree_number", _("Nomor SK"), sort="decree_number", whole=True),
            Column("effective_on", _("Berlaku mulai"), sort="effective_on"),
            Column("months", _("Lama (bulan)"), sort="months", numeric=True),
            Column("lifted_on", _("Dicairkan mulai"), sort="lifted_on"),
        ],
        filters=_named("licence__organisation__name"),
        default_sort="effective_on",
        empty=NOTHING,
    ),
    Licence: Table(
        columns=[
            Column("organisation.name", _("LSP"), sort="organisation__name", link=True),
            Column("number", _("Nomor lisensi"), sort="number", whole=True),
            Column("body_type", _("Jenis LSP"), sort="body_type"),
            Column(
                "organisation.region.name", _("Wilayah kantor"), sort="organisation__region__name"
            ),
            Column("valid_until", _("Berlaku sampai"), sort="valid_until"),
        ],
        filters=_named("organisation__name"),
        default_sort="organisation__name",
        empty=NOTHING,
    ),
}


@page
def this_year(request: PageRequest) -> HttpResponse:
    """Lead to the year that lasts."""
    check_watches(request.person)
    return redirect("surveillance:year", timezone.localdate().year)


@page
def year(request: PageRequest, year: int) -> HttpResponse:
    """Show the figures of a year beside those of the year before."""
    check_watches(request.person)
    _check_year(year)
    this_year = timezone.localdate().year
    shown = [one for one in (year, year - 1) if one >= figures.FIRST_YEAR]
    counts = figures.counted(shown)
    lines = [
        (figure, [(one, counts[figure.key, one]) for one in shown]) for figure in figures.FIGURES
    ]
    context = tabs_of("years") | {
        "title": _("Angka tahun %d") % year,
        "years": shown,
        "neighbours": [*shown[1:], *([year + 1] if year < this_year else [])],
        "lasts": year == this_year,
        "lines": lines,
    }
    return render(request, "surveillance/year.html", context)


@page
def figure(request: PageRequest, year: int, key: str) -> HttpResponseBase:
    """List what a figure counts."""
    check_watches(request.person)
    _check_year(year)
    asked = figures.BY_KEY.get(key)
    if asked is None:
        raise Http404
    rows = asked.rows(year)
    return TABLES[rows.model].respond(
        request,
        rows,
        title=f"{asked.label} · {year}",
        template="surveillance/figure.html",
        context={"year": year},
    )


def _check_year(year: int) -> None:
    if not figures.FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
