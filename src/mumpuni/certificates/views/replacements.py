"""Pages of replacements."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.certificates import queries
from mumpuni.certificates.forms import ReplacementForm
from mumpuni.certificates.models import Replacement
from mumpuni.certificates.views.parts import parts
from mumpuni.kernel import workflow
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.tables import Choice, Column, Search, Table, badge

REPLACEMENTS = Table(
    columns=[
        Column("certificate.number", gettext_lazy("Nomor sertifikat"), link=True),
        Column("certificate.holder_name", gettext_lazy("Nama pemegang")),
        Column("corrected_name", gettext_lazy("Nama yang benar")),
        Column(
            "certificate.body_name",
            gettext_lazy("LSP"),
            sort="certificate__body_name",
        ),
        Column("reason", gettext_lazy("Alasan"), sort="reason"),
        Column("created_at", gettext_lazy("Dibuat"), sort="created_at"),
        Column("state", gettext_lazy("Status"), sort="state", render=badge),
    ],
    filters=[
        Search("q", ["certificate__number", "certificate__holder_name", "corrected_name"]),
        Choice("state", gettext_lazy("Status"), choices=Replacement.State.choices),
        Choice("reason", gettext_lazy("Alasan"), choices=Replacement.Reason.choices),
    ],
    default_sort="-created_at",
    empty=gettext_lazy("Belum ada penggantian. Mulailah dari halaman sertifikatnya."),
)


@page
def replacements(request: PageRequest) -> HttpResponseBase:
    """List the replacements one may see."""
    rows = queries.replacements(request.person)
    return REPLACEMENTS.respond(
        request,
        rows,
        title=_("Penggantian sertifikat"),
        template="certificates/list.html",
        context=parts(request),
    )


@page
def replacement_new(request: PageRequest, pk: int) -> HttpResponse:
    """Begin the replacement of a certificate."""
    certificate = get_object_or_404(queries.certificates(request.person), pk=pk)
    wanted = Replacement(certificate=certificate, corrected_name=certificate.holder_name)
    workflow.check_begin(wanted, request.person, at=timezone.now())
    form = ReplacementForm(request.POST or None, instance=wanted)

    def save(given: dict[str, Any]) -> str:
        record = Replacement(certificate=certificate, **given)
        workflow.begin(record, request.person, at=timezone.now())
        return record.get_absolute_url()

    title = _("Ganti sertifikat %s") % certificate.number
    return answer_form(request, form, save, title=title, back=certificate.get_absolute_url())


@page
def replacement(request: PageRequest, pk: int) -> HttpResponse:
    """Show a replacement: what was, what shall be, and why."""
    found = get_object_or_404(queries.replacement_in_full(request.person), pk=pk)
    successor = getattr(found.certificate, "replaced_by", None)
    context = record_page(request, found, successor=successor)
    return render(request, "certificates/replacement.html", context)


@page
def replacement_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Correct a replacement before it is submitted."""
    found = get_object_or_404(queries.replacements(request.person), pk=pk)
    workflow.check_edit(found, "facts", request.person, at=timezone.now())
    form = ReplacementForm(request.POST or None, instance=found)

    def save(given: dict[str, Any]) -> str:
        workflow.amend(found, given, request.person, at=timezone.now())
        return found.get_absolute_url()

    return answer_form(
        request, form, save, title=_("Ubah penggantian"), back=found.get_absolute_url()
    )
