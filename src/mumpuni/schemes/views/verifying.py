"""Where verifiers look into a scheme: side by side with others, remarks, unusual volumes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mumpuni.kernel import workflow
from mumpuni.schemes import actions, queries
from mumpuni.schemes.forms.schemes import RemarkAnswerForm, RemarkForm, VolumeReasonForm
from mumpuni.schemes.models import SchemeVersion
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


def _version(request: PageRequest, pk: int) -> SchemeVersion:
    version = queries.version_in_full(request.person, pk)
    if version is None:
        raise Http404
    return version


@page
def comparison(request: PageRequest, pk: int) -> HttpResponse:
    """Show a version beside its earlier one, its standards and schemes like it."""
    version = _version(request, pk)
    context = {
        "title": _("Perbandingan skema"),
        "version": version,
        "compared": queries.comparison_of(version),
    }
    return render(request, "schemes/comparison.html", context)


@page
def remark(request: PageRequest, pk: int) -> HttpResponse:
    """Remark on a version or on one of its units, `?unit=` names it."""
    version = _version(request, pk)
    workflow.check_edit(version, actions.REMARKS, request.person, at=timezone.now())

    def save(given: dict[str, Any]) -> str:
        actions.write_remark(
            version, given["code"], given["text"], request.person, at=timezone.now()
        )
        return version.get_absolute_url()

    initial = {"code": request.GET.get("unit", "")}
    form = RemarkForm(request.POST or None, version=version, initial=initial)
    return _answer(request, form, save, version, _("Tulis catatan"))


@require_POST
@page
def withdraw(request: PageRequest, pk: int, remark: int) -> HttpResponse:
    """Take a remark back."""
    version = _version(request, pk)
    found = get_object_or_404(version.remarks, pk=remark)
    actions.withdraw_remark(version, found, request.person, at=timezone.now())
    return redirect(version)


@page
def answer(request: PageRequest, pk: int, remark: int) -> HttpResponse:
    """Answer a remark."""
    version = _version(request, pk)
    found = get_object_or_404(version.remarks, pk=remark)
    workflow.check_edit(version, actions.ANSWERS, request.person, at=timezone.now())

    def save(given: dict[str, Any]) -> str:
        actions.answer_remark(version, found, given["answer"], request.person, at=timezone.now())
        return version.get_absolute_url()

    form = RemarkAnswerForm(request.POST or None, initial={"answer": found.answer})
    return _answer(request, form, save, version, _("Jawab catatan"), remark=found)


@page
def volume(request: PageRequest, pk: int) -> HttpResponse:
    """Say why a scheme is verified that is one of unusually many."""
    version = _version(request, pk)
    workflow.check_edit(version, "volume", request.person, at=timezone.now())

    def save(given: dict[str, Any]) -> str:
        workflow.amend(version, given, request.person, at=timezone.now())
        return version.get_absolute_url()

    form = VolumeReasonForm(request.POST or None, initial={"volume_reason": version.volume_reason})
    return _answer(request, form, save, version, _("Dasar verifikasi"))


def _answer(
    request: PageRequest,
    form: BaseForm,
    save: Callable[[dict[str, Any]], str],
    version: SchemeVersion,
    title: _StrOrPromise,
    **context: Any,
) -> HttpResponse:
    return answer_form(
        request,
        form,
        save,
        title=title,
        template="schemes/remark.html",
        version=version,
        back=version.get_absolute_url(),
        **context,
    )
