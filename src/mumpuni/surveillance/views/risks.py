"""How risky the bodies are, why, what visits would cover, and where they are."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mumpuni.licensing.models import BodyType
from mumpuni.surveillance import queries
from mumpuni.surveillance.models import SIGNALS
from mumpuni.surveillance.queries import check_watches, outlook, provinces
from mumpuni.surveillance.views.programmes import named, sentences, written
from mumpuni.surveillance.views.tabs import tabs_of
from mumpuni.web import charts
from mumpuni.web.page import PageRequest, page
from mumpuni.web.tables import Choice, Column, DateRange, Filter, Search, Table
from mumpuni.web.tones import badge_html

MOST_REASONS: Final = 3
DUE: Final = Column("due_on", _("Paling lambat"), sort="due_on")


def _due(risk: Any) -> str:
    shown = DUE.html(risk)
    return badge_html(shown, tone="warn") if risk.due_on < timezone.localdate() else shown


FILTERS: list[Filter] = [
    Search("q", fields=["licence__organisation__name", "licence__number"], hint=_("Nama LSP")),
    Choice(
        "province",
        _("Provinsi"),
        choices=provinces.named,
        field="licence__organisation__region__code__startswith",
    ),
    Choice("type", _("Jenis LSP"), choices=BodyType.choices, field="licence__body_type"),
    DateRange("due_on", _("Paling lambat")),
]
RISKS: Final = Table(
    columns=[
        Column(
            "licence.organisation.name",
            _("LSP"),
            sort="licence__organisation__name",
            render=lambda risk: named(risk.licence, risk.get_absolute_url()),
        ),
        Column("licence.organisation.region.name", _("Wilayah kantor")),
        Column("score", _("Skor risiko"), sort="score", numeric=True),
        Column(
            "reasons",
            _("Alasan terbesar"),
            value=lambda risk: written(risk.reasons),
            render=lambda risk: sentences(risk.reasons[:MOST_REASONS]),
        ),
        Column("visited_on", _("Kunjungan terakhir"), sort="visited_on"),
        Column("due_on", _("Paling lambat"), sort="due_on", render=_due),
    ],
    filters=FILTERS,
    default_sort="-score",
    empty=_("Risiko belum dihitung, atau belum ada LSP berlisensi."),
)


@page
def risks(request: PageRequest) -> HttpResponseBase:
    """List the bodies that are watched, the riskiest first."""
    check_watches(request.person)
    on = timezone.localdate()
    signals = [(one, one.weight.on(on), one.half.on(on)) for one in SIGNALS]
    return RISKS.respond(
        request,
        queries.risks(request.person),
        title=_("Peringkat risiko"),
        template="surveillance/risks.html",
        context=tabs_of("risks") | {"signals": signals},
    )


@page
def risk(request: PageRequest, pk: int) -> HttpResponse:
    """Show how the score of a body comes about."""
    check_watches(request.person)
    found = get_object_or_404(queries.risks(request.person), pk=pk)
    context = {"title": found.licence.organisation.name, "risk": found}
    return render(request, "surveillance/risk.html", context)


@page
def ask_outlook(request: PageRequest) -> HttpResponse:
    """Show what so many visits a year would cover: `?visits=150`."""
    check_watches(request.person)
    seen = outlook.outlook(request.person, timezone.localdate())
    visits = _asked(request, seen)
    chart = charts.line(
        _("Bagian risiko yang terjangkau (%)"),
        _("Kunjungan setahun"),
        _("Persen risiko"),
        [(str(count), share) for count, share in seen.curve()],
    )
    context = tabs_of("outlook") | {
        "title": _("Andaikan ada sekian kunjungan"),
        "seen": seen,
        "visits": visits,
        "covered": round(seen.covered(visits), 1),
        "cycle": None if (years := seen.cycle_years(visits)) is None else round(years, 1),
        "late": seen.late(),
        "still_late": seen.late(visits),
        "chart": chart if seen.bodies else None,
    }
    return render(request, "surveillance/outlook.html", context)


def _asked(request: PageRequest, seen: outlook.Outlook) -> int:
    """Return the visits asked for, within what there are bodies; else what the cycle takes."""
    text = request.GET.get("visits", "")
    wanted = int(text) if text.isdecimal() and len(text) < 10 else seen.needed_for_cycle  # noqa: PLR2004 - what a number box holds
    return min(wanted, seen.bodies)


@page
def show_provinces(request: PageRequest) -> HttpResponse:
    """Show where the bodies are, on a map and in a table."""
    check_watches(request.person)
    found = provinces.provinces(request.person, timezone.localdate())
    context = tabs_of("provinces") | {
        "title": _("Peta risiko"),
        "provinces": found,
        "with_bodies": [one for one in found if one.bodies],
        "without": ", ".join(one.name for one in found if not one.bodies),
        "width": provinces.WIDTH,
        "height": provinces.HEIGHT,
    }
    return render(request, "surveillance/provinces.html", context)
