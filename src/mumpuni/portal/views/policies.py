"""Policies: what each says today, since when and by which text; setting a new value."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mumpuni.access.actions import set_policy
from mumpuni.access.roles import Permission
from mumpuni.kernel.policy import Policy
from mumpuni.portal import readings
from mumpuni.portal.forms import PolicyValueForm
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page


@page
def policies(request: PageRequest) -> HttpResponse:
    _may_see(request)
    lines = readings.policy_lines(request.person, timezone.localdate())
    return render(request, "access/policies.html", {"title": _("Kebijakan"), "lines": lines})


@page
def policy(request: PageRequest, policy: str) -> HttpResponse:
    asked = _declared(request, policy)
    context = {
        "title": asked.label,
        "line": readings.policy_line(request.person, asked, timezone.localdate()),
        "values": readings.policy_values(request.person).filter(name=asked.name),
        "may_set": request.person.holds(Permission.POLICY_SET),
    }
    return render(request, "access/policy.html", context)


@page
def set_value(request: PageRequest, policy: str) -> HttpResponse:
    asked = _declared(request, policy)
    if not request.person.holds(Permission.POLICY_SET):
        raise Http404
    form = PolicyValueForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    back = reverse("access:policy", args=[asked.name])

    def save(given: dict[str, Any]) -> str:
        set_policy(asked.name, **given, by=request.person, at=timezone.now())
        return back

    return answer_form(
        request, form, save, title=_("Nilai baru: %s") % asked.label, back=back, unit=asked.unit
    )


@page
def value(request: PageRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(readings.policy_values(request.person), pk=pk)
    declared = Policy.registered.get(record.name)
    context = record_page(request, record, policy=declared)
    return render(request, "access/policy_value.html", context)


def _declared(request: PageRequest, name: str) -> Policy:
    _may_see(request)
    if name not in Policy.registered:
        raise Http404
    return Policy.registered[name]


def _may_see(request: PageRequest) -> None:
    if not readings.sees_policies(request.person):
        raise Http404
