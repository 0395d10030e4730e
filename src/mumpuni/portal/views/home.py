"""The front page for everybody, and the desk of those who are signed in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.portal.desk import coming_for, desk_of, doors_of
from mumpuni.portal.figures import totals
from mumpuni.web.page import PageRequest, PublicRequest, page, public_page
from mumpuni.web.tables import Column, Table, badge

COMING = Table(
    columns=[
        Column("held_on", gettext_lazy("Tanggal")),
        Column("number", gettext_lazy("Nomor"), link=True, whole=True),
        Column("scheme_version.title", gettext_lazy("Skema")),
        Column("venue.name", gettext_lazy("TUK")),
        Column("candidate_count", gettext_lazy("Asesi"), numeric=True),
        Column("state", gettext_lazy("Status"), render=badge),
    ],
    default_sort="held_on",
    empty="",
)


@public_page
def home(request: PublicRequest) -> HttpResponse:
    context = {"title": _("Periksa sertifikat kompetensi"), "totals": totals()}
    return render(request, "portal/home.html", context)


@page
def desk(request: PageRequest) -> HttpResponse:
    person = request.person
    context = {
        "title": _("Meja kerja"),
        "work": desk_of(person),
        "coming": coming_for(person),
        "sessions": COMING,
        "doors": doors_of(person),
    }
    return render(request, "portal/desk.html", context)
