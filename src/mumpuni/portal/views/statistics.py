"""Open statistics: look, read as a table, or take along."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from mumpuni.portal.figures import FIGURES, Figure, Rows
from mumpuni.web import charts
from mumpuni.web.page import PublicRequest, public_page
from mumpuni.web.tables import Column
from mumpuni.web.tables.downloads import as_csv, as_xlsx

SHAPES = {"bars": charts.bars, "ranking": charts.ranking}
FORMATS = {"csv": as_csv, "xlsx": as_xlsx}


@public_page
def statistics(request: PublicRequest) -> HttpResponse:
    shown = [(figure, _chart(figure)) for figure in FIGURES.values()]
    return render(
        request, "portal/statistics.html", {"title": _("Statistik terbuka"), "figures": shown}
    )


@public_page
def download(request: PublicRequest, name: str, form: str) -> HttpResponseBase:
    if name not in FIGURES or form not in FORMATS:
        raise Http404
    figure = FIGURES[name]
    columns = [
        Column("", figure.heading, value=lambda point: point[0]),
        Column("", figure.unit, value=lambda point: point[1]),
    ]
    rows: Any = Rows(figure.points())  # read as a table's rows are
    return FORMATS[form](columns, rows, str(figure.title))


def _chart(figure: Figure) -> charts.Chart | None:
    points = figure.points()
    if not any(total for _, total in points):
        return None
    return SHAPES[figure.shape](figure.title, figure.heading, figure.unit, points)
