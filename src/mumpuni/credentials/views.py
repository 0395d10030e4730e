"""Pages of keys: which there are, what each is, and what to do when one is lost."""

from __future__ import annotations

from typing import Any

from cryptography import x509
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.credentials import actions, publishing, queries
from mumpuni.credentials.forms import CertificateForm, CompromiseForm
from mumpuni.credentials.models import SigningKey
from mumpuni.kernel import workflow
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.tables import Choice, Column, Search, Table, badge

KEYS = Table(
    columns=[
        Column("key_id", gettext_lazy("Kunci"), sort="key_id", link=True, whole=True),
        Column("organisation.name", gettext_lazy("Lembaga"), sort="organisation__name"),
        Column("kind", gettext_lazy("Jenis"), sort="kind"),
        Column("year", gettext_lazy("Tahun"), sort="year", value=lambda key: str(key.year)),
        Column("created_at", gettext_lazy("Dibuat"), sort="created_at"),
        Column("compromised_at", gettext_lazy("Bocor sejak"), sort="compromised_at"),
        Column("state", gettext_lazy("Status"), sort="state", render=badge),
    ],
    filters=[
        Search("q", ["organisation__name", "organisation__code", "key_id"]),
        Choice("kind", gettext_lazy("Jenis"), choices=SigningKey.Kind.choices),
        Choice("year", gettext_lazy("Tahun"), choices=queries.years_of_keys),
        Choice("state", gettext_lazy("Status"), choices=SigningKey.State.choices),
    ],
    default_sort="-year",
    empty=gettext_lazy("Belum ada kunci. Kunci dibuat ketika LSP pertama kali menandatangani."),
)


@page
def keys(request: PageRequest) -> HttpResponseBase:
    """List the keys one may see."""
    return KEYS.respond(request, queries.keys(request.person), title=_("Kunci penanda tangan"))


@page
def key(request: PageRequest, pk: int) -> HttpResponse:
    """Show a key as the world knows it."""
    found = get_object_or_404(queries.keys(request.person), pk=pk)
    certificate = bytes(found.certificate)
    context = record_page(
        request,
        found,
        public_half=publishing.public_half(found),
        fingerprint=publishing.fingerprint(bytes(found.public_key)),
        address=publishing.address_of(found),
        certificate=x509.load_der_x509_certificate(certificate) if certificate else None,
        certificate_fingerprint=publishing.fingerprint(certificate),
    )
    return render(request, "credentials/key.html", context)


@page
def compromise(request: PageRequest, pk: int) -> HttpResponse:
    """Say since when a key is compromised, before it is declared to be."""
    found = get_object_or_404(queries.keys(request.person), pk=pk)
    workflow.check_edit(found, "compromised-at", request.person, at=timezone.now())

    def save(given: dict[str, Any]) -> str:
        workflow.amend(found, given, request.person, at=timezone.now())
        return found.get_absolute_url()

    return answer_form(
        request,
        CompromiseForm(request.POST or None, instance=found),
        save,
        title=_("Saat kunci bocor"),
        back=found.get_absolute_url(),
    )


@page
def certificate(request: PageRequest, pk: int) -> HttpResponse:
    """Enter the certificate that an authority made for a seal."""
    found = get_object_or_404(queries.keys(request.person), pk=pk)
    workflow.check_edit(found, actions.CERTIFICATE, request.person, at=timezone.now())

    def save(given: dict[str, Any]) -> str:
        actions.certify(found, given["certificate"], request.person, at=timezone.now())
        return found.get_absolute_url()

    return answer_form(
        request,
        CertificateForm(request.POST or None, request.FILES or None),
        save,
        title=_("Sertifikat segel"),
        back=found.get_absolute_url(),
    )
