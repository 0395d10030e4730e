"""How a body fared over five years: as of today, or as it was kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from mumpuni.surveillance.models import Dossier, Shown
from mumpuni.surveillance.models.dossiers import BY_YEAR, Performance
from mumpuni.surveillance.queries import dossiers
from mumpuni.web.page import PageRequest, page


@page
def kept(request: PageRequest, pk: int) -> HttpResponse:
    """Show a dossier as it was kept, to be read and printed."""
    found = get_object_or_404(dossiers.dossiers(request.person), pk=pk)
    context = _context(found.licence, found.facts, found.first, found.last) | {"dossier": found}
    return render(request, "surveillance/dossier.html", context)


@page
def of_application(request: PageRequest, application_id: int) -> HttpResponse:
    """Lead to the dossier kept for a renewal, to that of today where none was kept yet."""
    found = dossiers.dossiers(request.person).filter(application=application_id).first()
    if found is not None:
        return redirect(found)
    licence = get_object_or_404(
        dossiers.licences(request.person), organisation__licence_applications=application_id
    )
    return redirect("surveillance:dossier", licence.pk)


@page
def today(request: PageRequest, licence_id: int) -> HttpResponse:
    """Show how a body fared until today, and what was kept before."""
    licence = get_object_or_404(dossiers.licences(request.person), pk=licence_id)
    first, last = dossiers.period(timezone.localdate())
    facts = dossiers.performance(licence.organisation_id, first, last)
    earlier = list(dossiers.dossiers(request.person).filter(licence=licence).order_by("-last"))
    context = _context(licence, facts, first, last) | {"earlier": earlier}
    return render(request, "surveillance/dossier.html", context)


def _context(licence: Any, facts: Performance, first: Any, last: Any) -> dict[str, Any]:
    return {
        "title": Dossier._meta.verbose_name,
        "licence": licence,
        "shown": Shown(facts),
        "headings": BY_YEAR.values(),
        "first": first,
        "last": last,
    }
