"""Pages of certificates: the register, one certificate, one's own, its document and blank."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access.roles import Permission, Reach
from mumpuni.certificates import actions, queries
from mumpuni.certificates.documents import verification_address
from mumpuni.certificates.forms import BlankForm
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.views.parts import parts
from mumpuni.kernel import workflow
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.tables import Choice, Column, DateRange, SearchBy, Table, badge

COLUMNS = [
    Column("number", gettext_lazy("Nomor sertifikat"), sort="number", link=True),
    Column("registration_number", gettext_lazy("Nomor registrasi")),
    Column("holder_name", gettext_lazy("Nama pemegang"), sort="holder_name"),
    Column("scheme_title", gettext_lazy("Skema")),
    Column("body_name", gettext_lazy("LSP")),
    Column("issued_on", gettext_lazy("Terbit"), sort="issued_on"),
    Column("valid_until", gettext_lazy("Berlaku sampai"), sort="valid_until"),
    Column("state", gettext_lazy("Status"), render=badge),
]
CERTIFICATES = Table(
    columns=COLUMNS,
    filters=[
        SearchBy("q", queries.search, hint=gettext_lazy("Nama, nomor, atau nomor blangko")),
        Choice("state", gettext_lazy("Status"), choices=Certificate.State.choices),
        DateRange("issued_on", gettext_lazy("Terbit")),
        DateRange("valid_until", gettext_lazy("Berlaku sampai")),
    ],
    default_sort="-issued_on",
    empty=gettext_lazy("Belum ada sertifikat. Sertifikat terbit dari permohonan yang disetujui."),
)
ISSUED = Table(
    columns=[COLUMNS[0], COLUMNS[2], COLUMNS[6], COLUMNS[7]],
    default_sort="pk",
    empty=gettext_lazy("Belum ada sertifikat dari permohonan ini."),
)


@page
def certificates(request: PageRequest) -> HttpResponseBase:
    """List the certificates one may see."""
    rows = queries.certificates(request.person)
    of_one_body = request.person.reaches(Permission.CERTIFICATE_VIEW) == (Reach.ORGANISATION,)
    table = CERTIFICATES.without("body_name") if of_one_body else CERTIFICATES
    return table.respond(
        request,
        rows,
        title=_("Sertifikat"),
        template="certificates/list.html",
        context=parts(request),
    )


@page
def own(request: PageRequest) -> HttpResponse:
    """Show the certificates one holds, with their documents."""
    held = queries.own_certificates(request.person)
    context = {"title": _("Sertifikat saya"), "certificates": held, **parts(request)}
    return render(request, "certificates/own.html", context)


@page
def certificate(request: PageRequest, pk: int) -> HttpResponse:
    """Show a certificate with its units, document, and what replaced it."""
    found = get_object_or_404(queries.certificate_in_full(request.person), pk=pk)
    may_request = request.person.can(Permission.CERTIFICATE_REQUEST, found)
    context = record_page(
        request,
        found,
        address=verification_address(found),
        may_replace=may_request and found.state == Certificate.State.VALID,
        # a holder may see the certificate, and not how the body came to issue it
        sees_request=may_request or request.person.holds(Permission.CERTIFICATE_APPROVE),
    )
    return render(request, "certificates/certificate.html", context)


@page
def document(request: PageRequest, pk: int) -> HttpResponseBase:
    """Hand out the document to the holder, the body and the authority."""
    found = get_object_or_404(queries.certificates(request.person), pk=pk)
    content = actions.document_of(found, at=timezone.now())
    return FileResponse(
        content.open(),
        as_attachment=True,
        filename=f"{found.number}.pdf",
        content_type="application/pdf",
    )


@page
def blank(request: PageRequest, pk: int) -> HttpResponse:
    """Register the blank a certificate was printed on."""
    found = get_object_or_404(queries.certificates(request.person), pk=pk)
    workflow.check_edit(found, "blank", request.person, at=timezone.now())
    form = BlankForm(request.POST or None, instance=found)

    def save(given: dict[str, Any]) -> str:
        workflow.amend(found, given, request.person, at=timezone.now())
        return found.get_absolute_url()

    return answer_form(
        request, form, save, title=_("Daftarkan nomor blangko"), back=found.get_absolute_url()
    )
