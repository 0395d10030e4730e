"""The toolkit in use, on a record of no consequence: pages about parcels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import include, path
from django.utils import timezone

from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.kernel.models import Record
from mumpuni.kernel.tests.parcel import Parcel
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.steps import bulk_page, bulk_steps, step_page
from mumpuni.web.tables import Choice, Column, DateRange, Search, Table, Year, badge

HIDDEN_WEIGHT = 13


class Sender(Person):
    """Somebody who may do everything with parcels."""

    def holds(self, permission: str) -> bool:
        return True

    def can(self, permission: str, record: Record) -> bool:
        return True


SENDER = Sender(user_id=1, name="Pengirim", roles=frozenset({Role.INDIVIDUAL}))


class AsSender:
    """Stands where the middleware that finds the person stands."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.person = SENDER  # type: ignore[attr-defined] # as PersonMiddleware does
        return self.get_response(request)


class Box(Parcel):
    """A parcel with an address of its own."""

    class Meta:
        proxy = True
        app_label = "kernel"
        verbose_name = "paket"

    def __str__(self) -> str:
        return f"Paket {self.secret or self.pk}"

    def get_absolute_url(self) -> str:
        return f"/paket/{self.pk}/"


def visible(person: Person) -> QuerySet[Any]:
    return Box._default_manager.exclude(weight=HIDDEN_WEIGHT)


TABLE = Table(
    columns=[
        Column("secret", "Nama", sort="secret", link=True),
        Column("weight", "Berat", sort="weight", numeric=True),
        Column("state", "Status", render=badge),
        Column("created_at", "Dibuat"),
    ],
    filters=[
        Search("q", ["secret", "label"]),
        Choice("state", "Status", choices=lambda: Parcel.State.choices),
        Year("created_at", "Tahun"),
        DateRange("created_at", "Dibuat", instants=True),
    ],
    default_sort="weight",
    empty="Belum ada paket.",
    empty_action=("healthz", "Kirim paket"),
)


@page
def parcels(request: PageRequest) -> HttpResponseBase:
    bulk = bulk_steps(Box, ["pack", "reopen"], request.person, "/paket/langkah")
    return TABLE.respond(request, visible(request.person), title="Paket", bulk=bulk)


@page
def parcel(request: PageRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(visible(request.person), pk=pk)
    return render(request, "web/record.html", record_page(request, record))


class BoxForm(forms.Form):
    """What a box is filled with."""

    weight = forms.IntegerField(label="Berat")
    secret = forms.CharField(label="Nama", required=False)


@page
def edit(request: PageRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(visible(request.person), pk=pk)
    form = BoxForm(request.POST or None, initial={"weight": record.weight})

    def save(given: dict[str, Any]) -> str:
        if given["secret"] == "bom":
            raise Refused("Barang ini dilarang.", code="K-98")
        if given["secret"] == "ular":
            raise Invalid("", fields={"secret": ["Hewan hidup tidak diterima."], "x": ["Umum."]})
        workflow.amend(record, given, request.person, at=timezone.now())
        if given["weight"] > 1000:
            raise Refused("Terlalu berat.", code="K-97")
        return str(record.get_absolute_url())

    return answer_form(request, form, save, title="Ubah paket", back=record.get_absolute_url())


BoxRows = forms.formset_factory(BoxForm, extra=1, can_delete=True)


@page
def many(request: PageRequest) -> HttpResponse:
    rows = BoxRows(request.POST or None)

    def save(given: list[dict[str, Any]]) -> str:
        if not given:
            raise Refused("Tidak ada paket.", code="K-96")
        for row in given:
            row.pop("DELETE", None)
            workflow.begin(Box(**row), request.person, at=timezone.now())
        return "/paket/"

    return answer_form(request, rows, save, title="Banyak paket")


@page
def refusing(request: PageRequest) -> HttpResponse:
    raise Refused("Hari ini libur.", code="K-95")


urlpatterns = [
    path("paket/", parcels),
    path("paket/banyak", many),
    path("paket/libur", refusing),
    path("paket/langkah", bulk_page(visible)),
    path("paket/<int:pk>/", parcel),
    path("paket/<int:pk>/ubah", edit),
    path("paket/<int:pk>/langkah/<slug:name>", step_page(visible)),
    path("", include("mumpuni.config.urls")),
]
