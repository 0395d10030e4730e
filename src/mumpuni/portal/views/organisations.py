"""The organisations one looks after: their profile and who belongs to them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access import queries
from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission
from mumpuni.kernel.workflow import amend, begin
from mumpuni.portal.forms import OrganisationForm, ProfileForm
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.tables import Choice, Column, Search, Table

ORGANISATIONS = Table(
    columns=[
        Column("name", gettext_lazy("Nama"), sort="name", link=True),
        Column("kind", gettext_lazy("Jenis"), sort="kind"),
        Column("code", gettext_lazy("Kode penerbit"), sort="code"),
        Column("region", gettext_lazy("Wilayah"), sort="region__name"),
        Column("email", gettext_lazy("Surel")),
    ],
    filters=[
        Search("q", fields=["name", "code", "email"]),
        Choice("kind", gettext_lazy("Jenis"), choices=Organisation.Kind.choices),
    ],
    default_sort="name",
    empty=gettext_lazy("Belum ada lembaga yang Anda kelola."),
)
MEMBERS = Table(
    columns=[
        Column("user", gettext_lazy("Nama"), link=True),
        Column("role", gettext_lazy("Peran")),
        Column("valid_until", gettext_lazy("Sampai")),
    ],
    default_sort="user__name",
    empty=gettext_lazy("Belum ada anggota."),
)


@page
def organisations(request: PageRequest) -> HttpResponseBase:
    context = {}
    if request.person.holds(Permission.ACCESS_MANAGE):
        context = {
            "action": reverse("access:organisation-register"),
            "action_label": _("Daftarkan lembaga"),
        }
    rows = queries.registered(request.person)
    return ORGANISATIONS.respond(request, rows, title=_("Lembaga"), context=context)


@page
def organisation(request: PageRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(queries.registered(request.person), pk=pk)
    context = record_page(
        request,
        record,
        member_table=MEMBERS,
        members=queries.members_of(record, timezone.localdate()),
    )
    return render(request, "access/organisation.html", context)


@page
def edit(request: PageRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(queries.registered(request.person), pk=pk)
    form = ProfileForm(request.POST or None, instance=record)

    def save(given: dict[str, Any]) -> str:
        amend(record, given, request.person, at=timezone.now())
        return record.get_absolute_url()

    return answer_form(
        request, form, save, title=_("Ubah profil lembaga"), back=record.get_absolute_url()
    )


@page
def register(request: PageRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)

    def save(given: dict[str, Any]) -> str:
        begin(form.instance, request.person, at=timezone.now())
        return form.instance.get_absolute_url()

    return answer_form(
        request, form, save, title=_("Daftarkan lembaga"), back=reverse("access:organisations")
    )
