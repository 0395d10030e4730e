"""Is this certificate real? For everybody, without an account and without script."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mumpuni.access.person import SYSTEM
from mumpuni.certificates.models import LookupCount
from mumpuni.certificates.verification import (
    Verdict,
    Verification,
    verify_any,
    verify_public_id,
)
from mumpuni.certificates.verification.files import Unreadable, verify_file
from mumpuni.kernel.workflow import begin
from mumpuni.portal.forms import FileForm, MisuseReportForm
from mumpuni.portal.lookups import count_lookup, tally
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PublicRequest, public_page
from mumpuni.web.tones import tone_of

LONGEST_ASKED = 200


def kept_private[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Keep an answer about a person out of caches, search engines and other sites' logs."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        # with `no-referrer` a browser would not say where a form comes from, and be refused
        response["Referrer-Policy"] = "same-origin"
        return response

    return answered


@kept_private
@require_safe
@public_page
def by_public_id(request: PublicRequest, public_id: str) -> HttpResponse:
    """Answer for the address in a QR code."""
    count_lookup(request)
    return _answer(request, verify_public_id(public_id), public_id)


@kept_private
@require_safe
@public_page
def search(request: PublicRequest) -> HttpResponse:
    """Ask for a number, and answer for the one that was typed."""
    typed = request.GET.get("q", "").strip()[:LONGEST_ASKED]
    name = request.GET.get("nama", "").strip()[:LONGEST_ASKED]
    if not typed:
        return render(request, "portal/verify.html", {"title": _("Periksa sertifikat")})
    count_lookup(request)
    return _answer(request, verify_any(typed, name), typed, name)


@kept_private
@public_page
def file(request: PublicRequest) -> HttpResponse:
    """Take a file or a pasted credential, and say whether it is what was issued."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        count_lookup(request)
        try:
            return _answer(request, verify_file(form.content, at=timezone.now()), "")
        except Unreadable as error:
            form.add_error(None, str(error))
    context = {"title": _("Periksa berkas sertifikat"), "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/verify_file.html", context, status=status)


def _answer(
    request: PublicRequest, answer: Verification, typed: str, name: str = ""
) -> HttpResponse:
    tally(LookupCount.Channel.PAGE, [answer])
    context = {
        "answer": answer,
        "word": _("Nama tidak cocok") if answer.name_differs else answer.verdict.label,
        "tone": "bad" if answer.name_differs else tone_of(answer.verdict),
        "typed": typed,
        "name": name,
        "ask_name": answer.name_differs or _lacks_a_name(answer),
        "public_address": _public_address(request, answer),
        "report_address": reverse("portal:report", query={"nomor": typed, "nama": name}),
    }
    status = 404 if answer.verdict == Verdict.NOT_FOUND else 200
    return render(request, "portal/verification.html", context, status=status)


def _lacks_a_name(answer: Verification) -> bool:
    return answer.verdict == Verdict.UNCERTAIN and answer.certificate is None


def _public_address(request: PublicRequest, answer: Verification) -> str:
    if answer.certificate is None:
        return ""
    path = reverse("portal:verification", args=[answer.certificate.public_id])
    return request.build_absolute_uri(path)


@kept_private
@public_page
def report(request: PublicRequest) -> HttpResponse:
    """Take what somebody finds wrong with a certificate, with an account or without."""
    asked = {
        "claimed_number": request.GET.get("nomor", "")[:LONGEST_ASKED],
        "claimed_name": request.GET.get("nama", "")[:LONGEST_ASKED],
    }
    form = MisuseReportForm(request.POST or None, initial=asked)

    def save(given: dict[str, Any]) -> str:
        count_lookup(request)
        begin(form.instance, SYSTEM, at=timezone.now())
        return reverse("portal:report-received")

    return answer_form(
        request,
        form,
        save,
        title=_("Laporkan kejanggalan"),
        template="portal/report.html",
        submit=_("Kirim laporan"),
        back=reverse("portal:verify"),
    )


@public_page
def report_received(request: PublicRequest) -> HttpResponse:
    return render(request, "portal/report_received.html", {"title": _("Laporan diterima")})
