"""A visit: its page, its instrument, its papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Refused
from mumpuni.visits import actions, queries, rules
from mumpuni.visits.documents import hand_out
from mumpuni.visits.forms.visits import ConclusionForm, ItemForm, PhotoForm, item_form
from mumpuni.visits.models import Answer, Finding, Item, Photo, TeamMember, Visit
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict


BEGUN = (Visit.State.RUNNING, Visit.State.REPORTED)


@dataclass(frozen=True)
class Line:
    """One item with what was answered and photographed."""

    item: Item
    answer: Answer | None
    photos: Sequence[Photo]
    form: ItemForm | None = None


@dataclass(frozen=True)
class Part:
    """A member of the team, with what ties them to the body."""

    member: TeamMember
    ties: Sequence[Any]


@page
def visit(request: PageRequest, pk: int) -> HttpResponse:
    """Show a visit: plan, team, what was found."""
    record = get_object_or_404(queries.visits(request.person), pk=pk)
    queries.gather(record)
    all_seen = queries.sees_all(request.person)
    told = queries.sees_content(request.person, record)
    begun = record.state in BEGUN
    context = record_page(
        request,
        record,
        case=record.case,
        team=_team(record, with_ties=all_seen),
        lines=_lines(record) if told and begun and record.answers.all() else [],
        findings=_findings(record, all_seen=all_seen) if begun else [],
        all_seen=all_seen,
        told=told,
    )
    if not all_seen:  # what was written meanwhile is told by the report
        context["history"] = [line for line in context["history"] if line.moved]
    return render(request, "visits/visit.html", context)


def _team(record: Visit, *, with_ties: bool) -> list[Part]:
    shown = with_ties and record.state == Visit.State.PLANNED
    return [
        Part(
            one,
            rules.found_ties(one.assessor, record.organisation_id, record.starts_on)
            if shown
            else (),
        )
        for one in record.team.all()
    ]


def _findings(record: Visit, *, all_seen: bool) -> list[Finding]:
    hidden = () if all_seen else (Finding.State.DRAFT, Finding.State.WITHDRAWN)
    return [one for one in record.findings.all() if one.state not in hidden]


def _lines(record: Visit, sent: QueryDict | None = None, *, forms: bool = False) -> list[Line]:
    held = {one.item: one for one in record.answers.all()}
    return [
        Line(
            item,
            held.get(item.code),
            [photo for photo in record.photos.all() if photo.item == item.code],
            item_form(item, held, sent, alone=False) if forms else None,
        )
        for item in record.instrument.items
    ]


@page
def instrument(request: PageRequest, pk: int) -> HttpResponse:
    """Answer the instrument: each item is saved as it changes, or all at once without script."""
    record = get_object_or_404(queries.visit_in_full(request.person), pk=pk)
    workflow.check_edit(record, "answers", request.person, at=timezone.now())
    sent = request.POST if request.method == "POST" else None
    lines = _lines(record, sent, forms=True)
    forms = {line.item.code: line.form for line in lines if line.form is not None}
    if sent is not None:
        right = {code: form for code, form in forms.items() if form.is_valid()}
        actions.answer_items(record, _changed(right), request.person, at=timezone.now())
        if len(right) == len(forms):
            messages.success(request, _("Instrumen tersimpan."))
            return redirect("visits:instrument", pk=pk)
    context = {
        "title": gettext("Instrumen: %s") % record,
        "visit": record,
        "lines": lines,
        "photo_form": PhotoForm(visit=record),
        "back": record.get_absolute_url(),
    }
    return render(request, "visits/instrument.html", context, status=200 if sent is None else 422)


def _changed(forms: dict[str, ItemForm]) -> dict[str, dict[str, str]]:
    return {code: form.cleaned_data for code, form in forms.items() if form.has_changed()}


@require_POST
@page
def save_item(request: PageRequest, pk: int, item: str) -> HttpResponse:
    """Save one item and say so in a line; a refusal is a line, too, for htmx shows no other status."""
    record = get_object_or_404(queries.visit_in_full(request.person), pk=pk)
    found = record.instrument.item(item)
    if found is None:
        raise Http404
    form = item_form(found, {}, request.POST, alone=True)
    line = {"ok": False, "message": gettext("Belum tersimpan: pilih hasilnya.")}
    if form.is_valid():
        now = timezone.now()
        try:
            actions.answer_items(record, {item: form.cleaned_data}, request.person, at=now)
        except Refused as refused:
            line["message"] = f"{refused.message} ({refused.code})"
        else:
            line = {"ok": True, "message": gettext("Tersimpan.")}
    return render(request, "visits/saved.html", line)


@page
def add_photo(request: PageRequest, pk: int) -> HttpResponse:
    """Keep a picture for one item."""
    record = get_object_or_404(queries.visits(request.person), pk=pk)
    workflow.check_edit(record, "photos", request.person, at=timezone.now())

    def save(given: dict[str, Any]) -> str:
        actions.add_photo(record, given["item"], given["photo"], request.person, at=timezone.now())
        return f"{record.get_absolute_url()}instrumen"

    form = PhotoForm(request.POST or None, request.FILES or None, visit=record)
    return answer_form(request, form, save, title=_("Tambah foto"), back=record.get_absolute_url())


@page
def photo(request: PageRequest, pk: int, photo: int) -> FileResponse:
    """Hand out a picture."""
    return hand_out(get_object_or_404(queries.photos(request.person, pk), pk=photo))


@page
def conclude(request: PageRequest, pk: int) -> HttpResponse:
    """Write summary and recommendation."""
    record = get_object_or_404(queries.visit_in_full(request.person), pk=pk)
    workflow.check_edit(record, "conclusion", request.person, at=timezone.now())
    back = record.get_absolute_url()

    def save(given: dict[str, Any]) -> str:
        workflow.amend(record, given, request.person, at=timezone.now())
        return back

    form = ConclusionForm(request.POST or None, instance=record)
    return answer_form(request, form, save, title=_("Kesimpulan"), back=back)


@page
def letter(request: PageRequest, pk: int) -> HttpResponseBase:
    """Show the letter of assignment, to be printed."""
    record = get_object_or_404(queries.letters(request.person), pk=pk)
    return render(request, "visits/letter.html", {"visit": record, "title": _("Surat tugas")})


@page
def report(request: PageRequest, pk: int) -> HttpResponseBase:
    """Show the report, to be printed."""
    reported = queries.visit_in_full(request.person).filter(state=Visit.State.REPORTED)
    record = get_object_or_404(reported, pk=pk)
    context = {
        "visit": record,
        "title": _("Laporan kunjungan"),
        "lines": _lines(record),
        "findings": _findings(record, all_seen=False),
    }
    return render(request, "visits/report.html", context)
