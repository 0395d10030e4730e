"""Classifications: activities, occupations, levels of qualification."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from mumpuni.reference import queries
from mumpuni.reference.models import ClassificationCode
from mumpuni.web.page import PublicRequest, public_page
from mumpuni.web.tables import Choice, Column, SearchBy, Table

COLUMNS = [
    Column("code", _("Kode"), sort="code"),
    Column("title", _("Judul"), sort="title", link=True),
    Column("level_name", _("Tingkat"), sort="level"),
]
EMPTY = _("Belum ada kode yang dimuat.")
PARTS = Table(columns=COLUMNS, default_sort="code", empty=EMPTY)


def _codes(system: str, version: str) -> Table:
    """Return the table of one version: the levels one may choose from are its own."""
    return Table(
        columns=COLUMNS,
        filters=[
            SearchBy("q", queries.search_codes, hint=_("Judul atau awal kode")),
            Choice("level", _("Tingkat"), choices=lambda: queries.levels(system, version)),
        ],
        default_sort="code",
        empty=EMPTY,
    )


@public_page
def codes(request: PublicRequest, system: str, version: str) -> HttpResponseBase:
    """List the codes of one version of a classification."""
    if (system, version) not in queries.versions():
        raise Http404
    return _codes(system, version).respond(
        request,
        queries.codes(system, version).filter(current=True),
        title=f"{ClassificationCode.System(system).label} {version}",
        template="reference/list.html",
        context={"release": queries.release(system)},
    )


@public_page
def code(request: PublicRequest, system: str, version: str, code: str) -> HttpResponseBase:
    """Show a code, the groups above it and what it is divided into."""
    found = queries.find_code(system, version, code)
    if found is None:
        raise Http404
    return PARTS.respond(
        request,
        queries.parts_of(found),
        title=found.title,
        template="reference/code.html",
        context={
            "code": found,
            "groups": queries.path_to(found),
            "release": queries.release(system),
        },
    )
