"""The front page for everybody, and the desk of those who are signed in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mumpuni.portal.desk import desk_of
from mumpuni.portal.figures import totals
from mumpuni.web.page import PageRequest, PublicRequest, page, public_page


@public_page
def home(request: PublicRequest) -> HttpResponse:
    context = {"title": _("Periksa sertifikat kompetensi"), "totals": totals()}
    return render(request, "portal/home.html", context)


@page
def desk(request: PageRequest) -> HttpResponse:
    context = {"title": _("Meja kerja"), "work": desk_of(request.person)}
    return render(request, "portal/desk.html", context)
