"""Who belongs to which organisation, and the invitation of others."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access import invitations, queries
from mumpuni.access.models import Membership
from mumpuni.access.roles import Permission, Role
from mumpuni.portal.forms import InvitationForm
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.tables import Choice, Column, Search, Table, badge

MEMBERS = Table(
    columns=[
        Column("user", gettext_lazy("Nama"), sort="user__name", link=True),
        Column("user.email", gettext_lazy("Surel"), sort="user__email"),
        Column("role", gettext_lazy("Peran"), sort="role"),
        Column("organisation.name", gettext_lazy("Lembaga"), sort="organisation__name"),
        Column("valid_from", gettext_lazy("Mulai"), sort="valid_from"),
        Column("valid_until", gettext_lazy("Sampai"), sort="valid_until"),
        Column("state", gettext_lazy("Status"), render=badge),
    ],
    filters=[
        Search("q", fields=["user__name", "user__email", "organisation__name"]),
        Choice("role", gettext_lazy("Peran"), choices=Role.choices),
        Choice("state", gettext_lazy("Status"), choices=Membership.State.choices),
    ],
    default_sort="user__name",
    empty=gettext_lazy("Belum ada anggota. Undang orang pertama dari halaman lembaga."),
)


@page
def members(request: PageRequest) -> HttpResponseBase:
    person = request.person
    context: dict[str, Any] = {}
    if person.holds(Permission.MEMBER_MANAGE) and person.organisation_id is not None:
        context["action"] = reverse("access:invite", args=[person.organisation_id])
        context["action_label"] = _("Undang anggota")
    return MEMBERS.respond(request, queries.members(person), title=_("Anggota"), context=context)


@page
def member(request: PageRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(queries.members(request.person), pk=pk)
    return render(request, "access/member.html", record_page(request, membership))


@page
def invite(request: PageRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(queries.registered(request.person), pk=pk)
    form = InvitationForm(request.POST or None, organisation=organisation)

    def save(given: dict[str, Any]) -> str:
        membership = invitations.invite(organisation, **given, by=request.person, at=timezone.now())
        messages.success(request, _("Undangan dikirim ke %s.") % membership.user.email)
        return membership.get_absolute_url()

    return answer_form(
        request,
        form,
        save,
        title=_("Undang anggota %s") % organisation,
        submit=_("Kirim undangan"),
        back=organisation.get_absolute_url(),
    )
