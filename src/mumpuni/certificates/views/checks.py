"""The page of the nightly comparison of all certificates with the log (C-15)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.certificates import queries
from mumpuni.certificates.models import FindingKind
from mumpuni.web.page import PageRequest, page
from mumpuni.web.tables import Column, Table

type Told = dict[str, Any]


def _certificate(finding: Told) -> str:
    """Link to the certificate; one that was deleted has no page to go to."""
    if not finding["number"]:
        return "\N{EN DASH}"
    address = reverse("certificates:certificate", args=[finding["certificate"]])
    return format_html('<a href="{}">{}</a>', address, finding["number"])


FINDINGS = Table(
    columns=[
        Column("kind", gettext_lazy("Temuan"), value=lambda one: FindingKind(one["kind"]).label),
        Column("number", gettext_lazy("Nomor sertifikat"), render=_certificate, whole=True),
        Column("leaf", gettext_lazy("Catatan log"), numeric=True),
        Column(
            "what",
            gettext_lazy("Rincian"),
            render=lambda one: format_html('<span lang="en">{}</span>', one["what"]),
        ),
    ],
    default_sort="",
    empty=gettext_lazy("Semua sertifikat masih seperti yang ditandatangani dan dicatat."),
)


@page
def last_check(request: PageRequest) -> HttpResponse:
    """Show what the last comparison found."""
    context = {
        "title": _("Pemeriksaan sertifikat"),
        "check": queries.latest_check(request.person),
        "findings": FINDINGS,
    }
    return render(request, "certificates/check.html", context)
