"""Schemes as everybody reads them, and the record of each for those whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission
from mumpuni.schemes import queries, rules
from mumpuni.schemes.models import Scheme, SchemeVersion
from mumpuni.schemes.models.schemes import HIGHEST_KKNI_LEVEL
from mumpuni.web.page import PageRequest, PublicRequest, page, public_page
from mumpuni.web.records import record_page
from mumpuni.web.steps import bulk_steps
from mumpuni.web.tables import Choice, Column, Filter, SearchBy, Table, badge
from mumpuni.web.tones import badge_html

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from mumpuni.access.person import Person

NUMBER = Column("number", _("Nomor"), sort="scheme__number")
TITLE = Column("title", _("Skema"), sort="title", link=True)
KIND = Column("scheme.kind", _("Jenis"), sort="scheme__kind")
OWNER = Column("scheme.organisation.name", _("Pemilik"), sort="scheme__organisation__name")
LEVEL = Column("kkni_level", _("Jenjang dalam KKNI"), sort="kkni_level", numeric=True)
UNITS = Column("unit_count", _("Unit"), sort="unit_count", numeric=True)
STATE = Column("state", _("Status"), sort="state", render=badge)
SEARCH = SearchBy("q", queries.search_versions, hint=_("Judul, nomor, pemilik, atau kode unit"))
OF_KIND = Choice("kind", _("Jenis"), choices=Scheme.Kind.choices, field="scheme__kind")
OF_LEVEL = Choice(
    "level",
    _("Jenjang dalam KKNI"),
    choices=[(level, str(level)) for level in range(1, HIGHEST_KKNI_LEVEL + 1)],
    field="kkni_level",
)


def _volume(version: SchemeVersion) -> str:
    unusual = rules.is_unusual(version)
    return badge_html(version.count_in_year, tone="warn") if unusual else str(version.count_in_year)


def _unusual() -> list[tuple[int, _StrOrPromise]]:
    return [(rules.UNUSUAL_VOLUME.on(timezone.localdate()), _("Tak lazim"))]


SCHEMES = Table(
    columns=[NUMBER, TITLE, KIND, OWNER, LEVEL, UNITS, STATE],
    filters=[
        SEARCH,
        OF_KIND,
        OF_LEVEL,
        Choice(
            "state",
            _("Status"),
            choices=[(state.value, state.label) for state in SchemeVersion.PUBLISHED],
        ),
    ],
    default_sort="title",
    empty=_("Belum ada skema yang terverifikasi."),
)
QUEUE = Table(
    columns=[
        TITLE,
        Column("version", _("Versi"), sort="version", numeric=True),
        KIND,
        OWNER,
        UNITS,
        Column("submitted_on", _("Diajukan"), sort="submitted_on"),
        Column(
            "count_in_year",
            _("Pengajuan ke-"),
            sort="count_in_year",
            numeric=True,
            render=_volume,
        ),
    ],
    filters=[SEARCH, OF_KIND, Choice("volume", _("Volume"), _unusual, "count_in_year__gt")],
    default_sort="submitted_on",
    empty=_("Tidak ada skema yang menunggu verifikasi."),
)


def _workspace(person: Person) -> Table:
    filters: list[Filter] = [
        SEARCH,
        Choice("state", _("Status"), choices=SchemeVersion.State.choices),
        OF_KIND,
        OF_LEVEL,
    ]
    version = Column("version", _("Versi"), sort="version", numeric=True)
    return Table(
        columns=[NUMBER, TITLE, version, KIND, OWNER, LEVEL, UNITS, STATE],
        filters=filters,
        default_sort="title",
        empty=_("Belum ada skema. Susun yang pertama."),
        empty_action=("schemes:new", _("Susun skema")) if _may_write(person) else None,
    )


def _may_write(person: Person) -> bool:
    return person.organisation_id is not None and person.holds(Permission.SCHEME_AUTHOR)


def _action(person: Person) -> dict[str, object]:
    """Return what people come to the list for: to write or to verify."""
    if _may_write(person):
        return {"action": reverse("schemes:new"), "action_label": _("Susun skema")}
    if person.holds(Permission.SCHEME_VERIFY):
        return {"action": reverse("schemes:queue"), "action_label": _("Menunggu verifikasi")}
    return {}


@public_page
def schemes(request: PublicRequest) -> HttpResponseBase:
    """List the published schemes."""
    return SCHEMES.respond(
        request,
        queries.published_versions(),
        title=_("Skema sertifikasi"),
        template="schemes/schemes.html",
    )


@page
def workspace(request: PageRequest) -> HttpResponseBase:
    """List the schemes one may see at work, drafts too."""
    return _workspace(request.person).respond(
        request,
        queries.scheme_versions(request.person),
        title=_("Penyusunan skema"),
        context=_action(request.person),
    )


@page
def queue(request: PageRequest) -> HttpResponseBase:
    """List what waits for verification, the longest wait first."""
    if not request.person.holds(Permission.SCHEME_VERIFY):
        raise Http404
    return QUEUE.respond(
        request,
        queries.awaiting_verification(request.person),
        title=_("Skema menunggu verifikasi"),
        bulk=bulk_steps(
            SchemeVersion, ["verify", "return"], request.person, reverse("schemes:scheme-steps")
        ),
    )


@public_page
def scheme(request: PublicRequest, pk: int) -> HttpResponseBase:
    """Show the record to those whose it is, and to everybody else what is published."""
    if request.person is not None:
        own = queries.version_in_full(request.person, pk)
        if own is not None:
            return _record(cast("PageRequest", request), own)
    version = queries.in_full(queries.published_versions()).filter(pk=pk).first()
    if version is not None:
        versions = [one for one in queries.versions_of(version.scheme) if one.is_published]
        context = {"title": version.title, "version": version, "versions": versions}
        return render(request, "schemes/published.html", context)
    if request.person is None:
        return redirect_to_login(request.get_full_path())
    raise Http404


def _record(request: PageRequest, version: SchemeVersion) -> HttpResponse:
    context = record_page(
        request,
        version,
        version=version,
        versions=queries.versions_of(version.scheme),
        unusual=rules.is_unusual(version),
        may_continue=version.is_published and request.person.can(Permission.SCHEME_AUTHOR, version),
    )
    return render(request, "schemes/scheme.html", context)
