"""Whom the change of a standard concerns, as counts and as lists to download."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from mumpuni.assessors.queries import search_assessors
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.queries import search
from mumpuni.licensing.models import LicenceScope
from mumpuni.portal.impact import (
    assessors_of,
    certificates_of,
    impact_of,
    schemes_of,
    scopes_of,
)
from mumpuni.schemes.models import Scheme, SchemeVersion
from mumpuni.schemes.queries import changes, search_versions
from mumpuni.web.page import PageRequest, PublicRequest, page, public_page
from mumpuni.web.steps import bulk_steps
from mumpuni.web.tables import Choice, Column, DateRange, Search, SearchBy, Table, badge

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from mumpuni.schemes.models import StandardChange


def _body(row: LicenceScope) -> str:
    address = reverse("portal:body", args=[row.licence.organisation_id])
    return format_html('<a href="{}">{}</a>', address, row.licence.organisation)


SCHEMES = Table(
    columns=[
        Column("number", _("Nomor skema"), sort="scheme__number", whole=True),
        Column("title", _("Skema"), sort="title", link=True),
        Column("scheme.kind", _("Jenis"), sort="scheme__kind"),
        Column("scheme.organisation.name", _("Pemilik"), sort="scheme__organisation__name"),
        Column("unit_count", _("Unit"), sort="unit_count", numeric=True),
    ],
    filters=[
        SearchBy("q", search_versions),
        Choice("kind", _("Jenis"), choices=Scheme.Kind.choices, field="scheme__kind"),
    ],
    default_sort="title",
    empty=_("Tidak ada skema terverifikasi yang memakai standar ini."),
)
SCOPES = Table(
    columns=[
        Column(
            "licence.organisation.name",
            _("LSP"),
            sort="licence__organisation__name",
            render=_body,
        ),
        Column("licence.number", _("Nomor lisensi"), sort="licence__number", whole=True),
        Column("scheme_version.title", _("Skema"), sort="scheme_version__title"),
        Column("valid_from", _("Sejak"), sort="valid_from"),
    ],
    filters=[Search("q", fields=["licence__organisation__name", "scheme_version__title"])],
    default_sort="licence__organisation__name",
    empty=_("Tidak ada ruang lingkup LSP yang memakai standar ini."),
)
ASSESSORS = Table(
    columns=[
        Column("individual.name", _("Asesor"), sort="individual__name", link=True),
        Column("number", _("Nomor registrasi"), sort="number", whole=True),
        Column("last_day", _("Berlaku sampai"), sort="last_day"),
        Column("state", _("Status"), sort="state", render=badge),
    ],
    filters=[SearchBy("q", search_assessors)],
    default_sort="individual__name",
    empty=_("Tidak ada asesor untuk skema-skema ini."),
)
CERTIFICATES = Table(
    columns=[
        Column("number", _("Nomor sertifikat"), sort="pk", link=True, whole=True),
        Column("holder_name", _("Pemegang"), sort="holder_name"),
        Column("scheme_title", _("Skema"), sort="scheme_title"),
        Column("body_name", _("LSP"), sort="body_name"),
        Column("valid_until", _("Berlaku sampai"), sort="valid_until"),
        Column("state", _("Status"), sort="state", render=badge),
    ],
    filters=[
        SearchBy("q", search),
        Choice("state", _("Status"), choices=Certificate.State.choices),
        DateRange("valid_until", _("Berlaku sampai")),
    ],
    default_sort="valid_until",
    empty=_("Tidak ada sertifikat yang berlaku dari skema-skema ini."),
)


@public_page
def impact(request: PublicRequest, pk: int) -> HttpResponse:
    """Show how many a change concerns."""
    change = _change(request, pk)
    context = {
        "title": _("Siapa yang terkena"),
        "change": change,
        "impact": impact_of(change, request.person, timezone.localdate()),
    }
    return render(request, "portal/impact.html", context)


@public_page
def schemes(request: PublicRequest, pk: int) -> HttpResponseBase:
    """List the schemes; who verifies may retire them together when the transition is over."""
    change = _change(request, pk)
    retire = request.person and bulk_steps(
        SchemeVersion, ["retire"], request.person, reverse("schemes:scheme-steps")
    )
    rows = schemes_of(change)
    return _respond(request, SCHEMES, rows, change, _("Skema yang terkena"), bulk=retire)


@public_page
def scopes(request: PublicRequest, pk: int) -> HttpResponseBase:
    """List the places in scopes of bodies."""
    change = _change(request, pk)
    rows = scopes_of(change, timezone.localdate())
    return _respond(request, SCOPES, rows, change, _("Ruang lingkup yang terkena"))


@page
def assessors(request: PageRequest, pk: int) -> HttpResponseBase:
    """List the assessors one may see."""
    change = _change(request, pk)
    rows = assessors_of(change, request.person, timezone.localdate())
    return _respond(request, ASSESSORS, rows, change, _("Asesor yang terkena"))


@page
def certificates(request: PageRequest, pk: int) -> HttpResponseBase:
    """List the certificates one may see."""
    change = _change(request, pk)
    rows = certificates_of(change, request.person, timezone.localdate())
    return _respond(request, CERTIFICATES, rows, change, _("Sertifikat yang terkena"))


def _change(request: PublicRequest | PageRequest, pk: int) -> StandardChange:
    return get_object_or_404(changes(request.person), pk=pk)


def _respond(  # noqa: PLR0913 - what the lists have in common
    request: PublicRequest | PageRequest,
    table: Table,
    rows: Any,
    change: StandardChange,
    title: _StrOrPromise,
    *,
    bulk: Any = None,
) -> HttpResponseBase:
    return table.respond(
        request,
        rows,
        title=title,
        template="portal/impact_list.html",
        context={"change": change},
        bulk=bulk,
    )
