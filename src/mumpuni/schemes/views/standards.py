"""Public pages of standards and of their units, elements and criteria."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from mumpuni.reference.queries import release
from mumpuni.schemes import queries
from mumpuni.schemes.models import CompetencyStandard
from mumpuni.web.page import PublicRequest, public_page
from mumpuni.web.tables import Choice, Column, SearchBy, Table
from mumpuni.web.tones import badge_html


def _badge(standard: CompetencyStandard) -> str:
    return badge_html(standard.get_status_display(), standard.status)


def _cited(standard: CompetencyStandard) -> str:
    return standard.label if standard.number else standard.get_kind_display()


def _years() -> Iterator[tuple[int, str]]:
    return ((year, str(year)) for year in queries.years_of_standards())


CODE = Column("code", _("Kode"), sort="code", link=True, whole=True)
TITLE = Column("title", _("Judul"), sort="title")
ELEMENTS = Column("element_count", _("Elemen"), sort="element_count", numeric=True)
STANDARDS = Table(
    columns=[
        Column("label", _("Standar"), sort="key", link=True, value=_cited, whole=True),
        TITLE,
        Column("year", _("Tahun"), sort="decreed", value=lambda standard: str(standard.year or "")),
        Column("category_name", _("Kategori"), sort="category_name"),
        Column("status", _("Status"), sort="status", render=_badge),
        Column("unit_count", _("Unit"), sort="unit_count", numeric=True),
    ],
    filters=[
        SearchBy("q", queries.search_standards, hint=_("Judul atau nomor, seperti 321/2016")),
        Choice("kind", _("Jenis"), choices=CompetencyStandard.Kind.choices),
        Choice("status", _("Status"), choices=CompetencyStandard.Status.choices),
        Choice("year", _("Tahun"), choices=_years),
    ],
    default_sort="-decreed",
    empty=_("Belum ada standar yang dimuat."),
)
UNITS = Table(
    columns=[
        CODE,
        TITLE,
        Column("standard.label", _("Standar"), sort="standard__key", whole=True),
        Column(
            "standard.status",
            _("Status standar"),
            render=lambda unit: _badge(unit.standard),
        ),
        ELEMENTS,
    ],
    filters=[SearchBy("q", queries.search_units, hint=_("Kode dalam tulisan apa pun, atau judul"))],
    default_sort="code",
    empty=_("Belum ada unit yang dimuat."),
)
UNITS_OF_STANDARD = Table(
    columns=[Column("position", _("Nomor"), sort="position", numeric=True), CODE, TITLE, ELEMENTS],
    filters=[SearchBy("q", queries.search_units)],
    default_sort="position",
    empty=_("Unit standar ini belum dimuat."),
)


@public_page
def standards(request: PublicRequest) -> HttpResponseBase:
    """List the standards."""
    return STANDARDS.respond(
        request,
        queries.standards(),
        title=_("Standar kompetensi"),
        template="schemes/standards.html",
        context={"release": release("skkni")},
    )


@public_page
def standard(request: PublicRequest, key: str) -> HttpResponseBase:
    """Show a standard and its units."""
    found = queries.standard_by_key(key)
    if found is None:
        raise Http404
    return UNITS_OF_STANDARD.respond(
        request,
        queries.units_of_standard(found),
        title=found.label,
        template="schemes/standard.html",
        context={"standard": found},
    )


@public_page
def units(request: PublicRequest) -> HttpResponseBase:
    """List the units; a text that finds none is taken for a mistyped code."""
    typed = request.GET.get("q", "").replace("\0", "")
    return UNITS.respond(
        request,
        queries.units(),
        title=_("Unit kompetensi"),
        template="schemes/units.html",
        context={
            "release": release("skkni"),
            "similar": partial(queries.similar_unit_codes, typed),
        },
    )


@public_page
def unit(request: PublicRequest, key: str, code: str) -> HttpResponseBase:
    """Show a unit with its elements and criteria, and the schemes that use it."""
    found = queries.unit_in_full(key, code)
    if found is None:
        raise Http404
    if found.code != code:
        return redirect(found)
    context = {
        "title": found.title,
        "unit": found,
        "others": queries.same_code_elsewhere(found),
        "schemes": queries.schemes_with(found),
    }
    return render(request, "schemes/unit.html", context)


@public_page
def unit_by_code(request: PublicRequest, code: str) -> HttpResponseBase:
    """Go to the unit of a code, of the standard surest to be in force."""
    found = queries.unit_by_code(code)
    if found is not None:
        return redirect(found)
    context = {
        "title": _("Unit tidak ditemukan"),
        "code": code,
        "similar": queries.similar_unit_codes(code),
    }
    return render(request, "schemes/unit_not_found.html", context, status=404)
