"""Where authors write schemes: facts, units, the next version."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted
from mumpuni.schemes import actions, queries
from mumpuni.schemes.forms.schemes import (
    AddUnitsForm,
    NewSchemeForm,
    SchemeForm,
    UnitRows,
    arranged,
)
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page


@page
def new(request: PageRequest) -> HttpResponse:
    """Begin a scheme of the organisation one acts for."""
    person = request.person
    owner = person.organisation_id
    if owner is None or not person.holds(Permission.SCHEME_AUTHOR):
        raise NotPermitted(gettext("Skema disusun oleh komite skema lembaga."))
    form = NewSchemeForm(request.POST or None)

    def save(given: dict[str, Any]) -> str:
        kind = given.pop("kind")
        version = actions.begin_scheme(owner, kind, given, person, at=timezone.now())
        return reverse("schemes:scheme-units", args=[version.pk])

    return answer_form(
        request,
        form,
        save,
        title=_("Susun skema"),
        submit=_("Simpan dan pilih unit"),
        back=reverse("schemes:workspace"),
    )


@page
def edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change the facts of a draft."""
    version = get_object_or_404(queries.scheme_versions(request.person), pk=pk)
    back = version.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        workflow.amend(version, given, request.person, at=timezone.now())
        return back

    form = SchemeForm(request.POST or None, instance=version)
    return answer_form(request, form, save, title=_("Ubah skema"), back=back)


@page
def units(request: PageRequest, pk: int) -> HttpResponse:
    """Add units by a pasted list of their codes."""
    version = get_object_or_404(queries.scheme_versions(request.person), pk=pk)

    def save(given: dict[str, Any]) -> str:
        actions.add_units(version, given["codes"], given["part"], request.person, at=timezone.now())
        return reverse("schemes:scheme-arrange", args=[version.pk])

    return answer_form(
        request,
        AddUnitsForm(request.POST or None),
        save,
        title=_("Tambah unit"),
        template="schemes/add_units.html",
        version=version,
        submit=_("Tambahkan"),
        back=version.get_absolute_url(),
    )


@page
def arrange(request: PageRequest, pk: int) -> HttpResponse:
    """Order the units of a draft, mark them core or elective, take some out."""
    version = get_object_or_404(queries.scheme_versions(request.person), pk=pk)
    held = list(queries.units_of(version))
    shown = [
        {"unit": row.unit_id, "place": row.position, "part": row.part, "code": row.unit.code}
        for row in held
    ]
    rows = UnitRows(request.POST or None, initial=shown)

    def save(given: list[dict[str, Any]]) -> str:
        actions.arrange_units(version, arranged(given), request.person, at=timezone.now())
        return version.get_absolute_url()

    return answer_form(
        request,
        rows,
        save,
        title=_("Susun unit"),
        template="schemes/arrange.html",
        version=version,
        rows=list(zip(held, rows.forms, strict=False)),
        back=version.get_absolute_url(),
    )


@page
def next_version(request: PageRequest, pk: int) -> HttpResponse:
    """Begin the next version as a copy of a published one."""
    version = get_object_or_404(queries.scheme_versions(request.person), pk=pk)
    if request.method == "POST":
        return redirect(actions.begin_next_version(version, request.person, at=timezone.now()))
    context = {
        "title": _("Susun versi baru"),
        "message": _("Isi dan unit versi ini disalin menjadi draf. Versi ini tetap berlaku."),
        "submit": _("Susun versi baru"),
        "back": version.get_absolute_url(),
    }
    return render(request, "web/confirm.html", context)
