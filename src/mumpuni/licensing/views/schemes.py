"""The page on which an applicant chooses schemes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mumpuni.kernel import workflow
from mumpuni.licensing import actions, queries
from mumpuni.licensing.forms import SearchForm, VersionsForm
from mumpuni.licensing.models import ApplicationScheme, LicenceApplication, LicenceScope
from mumpuni.web.page import PageRequest, page

MOST_SHOWN = 50


@page
def schemes(request: PageRequest, pk: int) -> HttpResponse:
    """Choose among the verified schemes, found by a search; drop what was chosen."""
    record = get_object_or_404(queries.application_in_full(request.person), pk=pk)
    form = _sent(request, record)
    if form is not None and form.is_valid():
        chosen = [version.pk for version in form.cleaned_data["versions"]]
        change = actions.exchanging(**{"drop" if form.drops else "add": chosen})
        workflow.amend_parts(record, "schemes", change, request.person, at=timezone.now())
        return redirect(request.get_full_path())
    search = SearchForm(request.GET)
    wanted = search.cleaned_data["q"] if search.is_valid() else ""
    found = list(queries.schemes_to_add(record, wanted)[: MOST_SHOWN + 1])
    rows = list(record.schemes.all())
    context = {
        "title": _("Skema yang dimohonkan"),
        "application": record,
        "back": record.get_absolute_url(),
        "added": [row for row in rows if row.action == ApplicationScheme.Action.ADD],
        "dropped": [row for row in rows if row.action == ApplicationScheme.Action.DROP],
        "kept": _kept(record, rows),
        "may_add": record.kind != LicenceApplication.Kind.RENEWAL,
        "form": form,
        "q": wanted,
        "found": found[:MOST_SHOWN],
        "more": len(found) > MOST_SHOWN,
    }
    return render(request, "licensing/schemes.html", context, status=422 if form else 200)


def _kept(record: LicenceApplication, rows: list[ApplicationScheme]) -> list[LicenceScope]:
    """Return the scope of today that stays."""
    named = {row.scheme_version_id for row in rows}
    licence = record.held_licence
    standing = licence.standing_scope if licence else []
    return [row for row in standing if row.scheme_version_id not in named]


def _sent(request: PageRequest, record: LicenceApplication) -> VersionsForm | None:
    if request.method != "POST":
        return None
    return VersionsForm(
        request.POST,
        to_add=queries.schemes_addable(record),
        to_drop=queries.schemes_droppable(record),
    )
