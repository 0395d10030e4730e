"""The applicant's pages: begin an application, fill it in, follow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BoundField, Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing import actions, queries, rules
from mumpuni.licensing.documents import download
from mumpuni.licensing.forms import BodyForm, DataForm, DocumentsForm
from mumpuni.licensing.models import (
    ApplicationDocument,
    LicenceApplication,
    checklist_on,
    items_of,
)
from mumpuni.web.forms import answer_form, show_refusal
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page


@page
def apply(request: PageRequest) -> HttpResponse:
    """Ask what one applies for; what is closed says why and by which rule."""
    body = queries.applicant(request.person)
    context = {
        "title": _("Ajukan permohonan"),
        "openings": actions.openings(body, request.person, at=timezone.now()),
    }
    return render(request, "licensing/apply.html", context)


@page
def begin(request: PageRequest, kind: str) -> HttpResponse:
    """Begin an application for the organisation one acts for, with all that is known already."""
    if kind not in LicenceApplication.Kind:
        raise Http404
    record = actions.prefilled(kind, queries.applicant(request.person), timezone.localdate())
    is_new = kind == LicenceApplication.Kind.NEW
    form = BodyForm(request.POST or None, instance=record) if is_new else Form(request.POST)

    def save(given: dict[str, Any]) -> str:
        actions.begin_application(record, request.person, at=timezone.now())
        return record.get_absolute_url()

    return answer_form(
        request,
        form,
        save,
        title=LicenceApplication.Kind(kind).label,
        submit=_("Simpan dan lanjutkan"),
        back=reverse("licensing:apply"),
    )


@page
def application(request: PageRequest, pk: int) -> HttpResponse:
    """Show an application: what it says, where it is on its way, what may be done."""
    record = get_object_or_404(queries.application_in_full(request.person), pk=pk)
    context = record_page(
        request,
        record,
        way=queries.route(record),
        turn=queries.turn(record),
    )
    if "documents" in context["edits"]:
        context["readiness"] = rules.readiness(record, Attempt(request.person, timezone.now()))
    return render(request, "licensing/application.html", context)


@page
def data(request: PageRequest, pk: int) -> HttpResponse:
    """Propose what shall be on record of the body."""
    record = get_object_or_404(queries.application_in_full(request.person), pk=pk)
    back = record.get_absolute_url()
    form = DataForm(request.POST or None, application=record)

    def save(given: dict[str, Any]) -> str:
        change = actions.proposing(form.proposed())
        workflow.amend_parts(record, "data", change, request.person, at=timezone.now())
        return back

    return answer_form(request, form, save, title=_("Data yang berubah"), back=back)


@page
def body(request: PageRequest, pk: int) -> HttpResponse:
    """Change the facts about the body."""
    record = get_object_or_404(queries.applications(request.person), pk=pk)
    back = record.get_absolute_url()
    form = BodyForm(request.POST or None, instance=record)

    def save(given: dict[str, Any]) -> str:
        workflow.amend(record, given, request.person, at=timezone.now())
        return back

    return answer_form(request, form, save, title=_("Jenis LSP dan pembentuk"), back=back)


@page
def documents(request: PageRequest, pk: int) -> HttpResponse:
    """Upload documents; what is right is kept even where another file is refused."""
    record = get_object_or_404(queries.application_in_full(request.person), pk=pk)
    form = DocumentsForm(items_of(record), request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        _attach_each(request, record, form)
        if not form.errors:
            messages.success(request, _("Dokumen tersimpan."))
            return redirect("licensing:application-documents", pk=pk)
        record = get_object_or_404(queries.application_in_full(request.person), pk=pk)
    context = {
        "title": _("Dokumen persyaratan"),
        "form": form,
        "application": record,
        "kinds": _by_kind(record, form),
        "checklist": checklist_on(record.begun_on),
        "back": record.get_absolute_url(),
    }
    return render(request, "licensing/documents.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class KindOfDocument:
    """One kind of document: where to upload it, what is there, whether it is required."""

    field: BoundField
    documents: list[ApplicationDocument]
    required: bool


def _by_kind(record: LicenceApplication, form: DocumentsForm) -> list[KindOfDocument]:
    there = record.current_documents
    return [
        KindOfDocument(
            form[item.document.value],
            [document for document in there if document.kind == item.document],
            item.is_required(record),
        )
        for item in items_of(record)
    ]


def _attach_each(request: PageRequest, record: LicenceApplication, form: DocumentsForm) -> None:
    attempt = Attempt(request.person, timezone.now())
    for kind, upload in form.cleaned_data.copy().items():
        if upload is None:
            continue
        try:
            workflow.amend_parts(
                record,
                "documents",
                actions.attaching({kind: upload}, attempt),
                request.person,
                at=attempt.at,
            )
        except Refused as refused:
            if show_refusal(form, refused) is not None:
                form.add_error(kind, refused.message)


@page
def document(request: PageRequest, pk: int, document_pk: int) -> HttpResponseBase:
    """Hand out a document."""
    found = get_object_or_404(queries.documents(request.person, pk), pk=document_pk)
    return download(found)


@require_POST
@page
def withdraw_document(request: PageRequest, pk: int, document_pk: int) -> HttpResponse:
    """Take a document back."""
    record = get_object_or_404(queries.applications(request.person), pk=pk)
    attempt = Attempt(request.person, timezone.now())
    change = actions.withdrawing(document_pk, attempt)
    workflow.amend_parts(record, "documents", change, request.person, at=attempt.at)
    return redirect("licensing:application-documents", pk=pk)
