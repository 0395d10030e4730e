"""Regions: the country, a province, a regency."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from mumpuni.reference import queries
from mumpuni.reference.models import Region
from mumpuni.web.page import PublicRequest, public_page
from mumpuni.web.tables import Choice, Column, SearchBy, Table


def _provinces() -> Iterator[tuple[str, str]]:
    return ((province.code, province.name) for province in queries.provinces())


CODE = Column("code", _("Kode"), sort="code")
NAME = Column("name", _("Nama"), sort="name", link=True)
LEVEL = Column("level", _("Tingkat"))
EMPTY = _("Belum ada wilayah yang dimuat.")

REGIONS = Table(
    columns=[CODE, NAME, LEVEL, Column("parent.name", _("Bagian dari"), sort="parent__name")],
    filters=[
        SearchBy("q", queries.search_regions, hint=_("Nama atau kode")),
        Choice("level", _("Tingkat"), choices=Region.Level.choices),
        Choice("province", _("Provinsi"), choices=_provinces, field="code__startswith"),
    ],
    default_sort="code",
    empty=EMPTY,
)
PARTS = Table(columns=[CODE, NAME, LEVEL], default_sort="code", empty=EMPTY)


@public_page
def regions(request: PublicRequest) -> HttpResponseBase:
    """List the regions of today."""
    return REGIONS.respond(
        request,
        queries.regions().filter(current=True),
        title=_("Wilayah"),
        template="reference/regions.html",
        context={"release": queries.release("wilayah")},
    )


@public_page
def region(request: PublicRequest, code: str) -> HttpResponseBase:
    """Show a region, also an abolished one, and its parts; a code without dots will do."""
    found = queries.region(code)
    if found is None:
        raise Http404
    if found.code != code:
        return redirect(found)
    return PARTS.respond(
        request,
        queries.regions_within(found),
        title=found.name,
        template="reference/region.html",
        context={"region": found, "release": queries.release("wilayah")},
    )
