"""Many certificates at once, for employers: paste or upload, read, take the signed receipt along."""

from __future__ import annotations

import hmac

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.certificates import queries
from mumpuni.certificates.actions import keep_receipt
from mumpuni.certificates.models import LookupCount, numbers
from mumpuni.certificates.verification.batch import BATCH_LIMIT, Asked, verify_many
from mumpuni.credentials.errors import NotVerified
from mumpuni.kernel.errors import Invalid
from mumpuni.portal.batch import paper, proofs, sheet
from mumpuni.portal.batch.answered import WORDS, Answered, answered
from mumpuni.portal.batch.form import BatchForm, ReceiptForm
from mumpuni.portal.lookups import count_lookup, count_rows, tally
from mumpuni.portal.views.verification import kept_private
from mumpuni.web.page import PublicRequest, public_page
from mumpuni.web.tables import Column, Table
from mumpuni.web.tables.columns import text
from mumpuni.web.tones import badge_html

PDF_BEGINS = b"%PDF-"
LARGEST_SHOWN = 10 * 1024 * 1024


def _two(first: str, second: str) -> str:
    below = format_html("<br><small>{}</small>", second) if second else ""
    return format_html("<div>{}{}</div>", text(first), below)


LINES = Table(
    columns=[
        Column("number", gettext_lazy("Baris ke"), numeric=True),
        Column(
            "", gettext_lazy("Yang ditanyakan"), render=lambda line: _two(line.typed, line.name)
        ),
        Column(
            "", gettext_lazy("Putusan"), render=lambda line: badge_html(line.word, tone=line.tone)
        ),
        Column("", gettext_lazy("Alasan"), render=lambda line: _two(line.reason, line.again)),
        Column("", gettext_lazy("Pemegang"), render=lambda line: _two(line.holder, line.scheme)),
        Column("body", gettext_lazy("LSP")),
        Column("last_day", gettext_lazy("Berlaku sampai")),
    ],
    default_sort="number",
    empty="",
)


@kept_private
@public_page
def ask(request: PublicRequest) -> HttpResponse:
    """Take numbers, and answer for all of them on one page."""
    form = BatchForm(request.POST or None, request.FILES or None)
    sent = request.method == "POST"
    if sent and form.is_valid():
        count_rows(request, len(form.rows))
        return _shown(request, _answer(form.rows))
    context = {
        "title": _("Periksa banyak sertifikat"),
        "form": form,
        "limit": BATCH_LIMIT.on(timezone.localdate()),
    }
    return render(request, "portal/batch.html", context, status=422 if sent else 200)


def _answer(rows: list[Asked]) -> Answered:
    now = timezone.now()
    answers = verify_many(rows, now)
    tally(LookupCount.Channel.BATCH, [answer.verification for answer in answers])
    batch = answered(answers, now)
    digest = sheet.digest_of(sheet.rows_file(batch))
    keep_receipt(batch.code, batch.given_at, batch.by_verdict, digest)
    return batch


@kept_private
@public_page
def result(request: PublicRequest) -> HttpResponse:
    """Show a part of an answered batch, or hand out one of its files."""
    if request.method != "POST":  # by a change of language, or a bookmark
        return redirect("portal:batch")
    count_lookup(request)
    batch = _carried(request)
    form = request.POST.get("berkas")
    if form not in FILES:
        return _shown(request, batch, request.POST.get("putusan", ""))
    content_type, content = FILES[form](batch)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="tanda-terima-{batch.code}.{form}"'
    return response


def _carried(request: PublicRequest) -> Answered:
    try:
        return Answered.from_carried(request.POST.get("hasil", ""))
    except signing.BadSignature as error:
        raise Invalid(
            _("Jawaban ini tidak lengkap atau diubah di jalan. Periksa sekali lagi."), code="V-11"
        ) from error


def _shown(request: PublicRequest, batch: Answered, verdict: str = "") -> HttpResponse:
    lines = batch.with_verdict(verdict)
    choices = [(one, WORDS[one], many, one == verdict) for one, many in batch.by_verdict.items()]
    context = {
        "title": _("Hasil pemeriksaan"),
        "batch": batch,
        "carried": batch.carried(),
        "choices": choices,
        "all_shown": len(lines) == len(batch.lines),
        "table": LINES,
        "lines": lines,
        "receipt": reverse("portal:receipt", args=[batch.code]),
    }
    return render(request, "portal/batch_answer.html", context)


def _as_csv(batch: Answered) -> tuple[str, bytes]:
    return "text/csv; charset=utf-8", _signed_rows(batch)


def _as_pdf(batch: Answered) -> tuple[str, bytes]:
    return "application/pdf", proofs.sealed(paper.paper(batch, _signed_rows(batch)), timezone.now())


def _signed_rows(batch: Answered) -> bytes:
    rows = sheet.rows_file(batch)
    return sheet.signed(rows, proofs.signature_of(rows, timezone.now()))


FILES = {"csv": _as_csv, "pdf": _as_pdf}


@kept_private
@public_page
def receipt(request: PublicRequest, code: str) -> HttpResponse:
    """Tell what a receipt was given for, and whether a file is the one it was given for."""
    public_id = numbers.as_public_id(code)
    found = queries.receipt(public_id) if public_id else None
    if found is None:
        raise Http404
    form = ReceiptForm(request.POST or None, request.FILES or None)
    matches: bool | None = None
    if request.method == "POST" and form.is_valid():
        count_lookup(request)
        matches = _is_of(found.digest, form.cleaned_data["file"].read(LARGEST_SHOWN + 1))
    context = {
        "title": _("Tanda terima pemeriksaan"),
        "receipt": found,
        "summary": [(WORDS.get(one, one), many) for one, many in found.summary.items()],
        "form": form,
        "matches": matches,
    }
    return render(request, "portal/batch_receipt.html", context)


def _is_of(digest: str, content: bytes) -> bool:
    try:
        rows = proofs.rows_in(content) if content.startswith(PDF_BEGINS) else content
    except NotVerified:
        return False
    return hmac.compare_digest(sheet.digest_of(rows), digest)
