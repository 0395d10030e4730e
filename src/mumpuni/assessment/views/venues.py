"""Pages of venues (TUK)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access.roles import Permission
from mumpuni.assessment import actions, queries
from mumpuni.assessment.forms import VenueForm, VerificationForm
from mumpuni.assessment.models import Venue, VenueVerification
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted
from mumpuni.web.forms import answer_form
from mumpuni.web.page import PageRequest, page
from mumpuni.web.records import record_page
from mumpuni.web.tables import Choice, Column, Search, Table, badge

VENUES = Table(
    columns=[
        Column("name", gettext_lazy("Nama"), sort="name", link=True),
        Column("code", gettext_lazy("Nomor TUK"), sort="code"),
        Column("kind", gettext_lazy("Jenis"), sort="kind"),
        Column("region.name", gettext_lazy("Wilayah"), sort="region__name"),
        Column("organisation.name", gettext_lazy("LSP"), sort="organisation__name"),
        Column(
            "verification_count",
            gettext_lazy("Skema terverifikasi"),
            sort="verification_count",
            numeric=True,
        ),
        Column("state", gettext_lazy("Status"), sort="state", render=badge),
    ],
    filters=[
        Search("q", ["name", "code", "address"], hint=gettext_lazy("Nama, nomor, atau alamat")),
        Choice("kind", gettext_lazy("Jenis"), choices=Venue.Kind.choices),
        Choice("state", gettext_lazy("Status"), choices=Venue.State.choices),
    ],
    default_sort="name",
    empty=gettext_lazy("Belum ada TUK. Tambahkan tempat, lalu verifikasi untuk setiap skema."),
)

VERIFICATIONS = Table(
    columns=[
        Column("scheme", gettext_lazy("Skema")),
        Column("letter_number", gettext_lazy("Surat tugas")),
        Column("verified_on", gettext_lazy("Diverifikasi")),
        Column("first_verifier", gettext_lazy("Verifikator pertama")),
        Column("second_verifier", gettext_lazy("Verifikator kedua")),
    ],
    default_sort="verified_on",
    empty=gettext_lazy("Belum diverifikasi untuk skema apa pun."),
)


@page
def venues(request: PageRequest) -> HttpResponseBase:
    """List the venues."""
    context: dict[str, Any] = {}
    if request.person.holds(Permission.VENUE_MANAGE):
        context = {"action": reverse("assessment:venue-new"), "action_label": _("Tambah TUK")}
    return VENUES.respond(
        request,
        queries.venues_counted(request.person),
        title=_("Tempat uji kompetensi (TUK)"),
        template="assessment/list.html",
        context=context,
    )


@page
def venue_new(request: PageRequest) -> HttpResponse:
    """Add a venue to one's own body."""
    person = request.person
    if person.organisation_id is None or not person.holds(Permission.VENUE_MANAGE):
        raise NotPermitted(_("Anda tidak berwenang membuat ini."))
    venue = Venue(organisation_id=person.organisation_id)
    form = VenueForm(request.POST or None, instance=venue)

    def save(given: dict[str, Any]) -> str:
        workflow.begin(venue, request.person, at=timezone.now())
        return venue.get_absolute_url()

    return answer_form(
        request, form, save, title=_("Tambah TUK"), back=reverse("assessment:venues")
    )


@page
def venue(request: PageRequest, pk: int) -> HttpResponse:
    """Show a venue with what it is verified for."""
    found = get_object_or_404(queries.venues_in_full(request.person), pk=pk)
    context = record_page(request, found, verifications=VERIFICATIONS)
    return render(request, "assessment/venue.html", context)


@page
def venue_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Mend a venue's particulars."""
    found = get_object_or_404(queries.venues(request.person), pk=pk)
    workflow.check_edit(found, "particulars", request.person, at=timezone.now())
    form = VenueForm(request.POST or None, instance=found)

    def save(given: dict[str, Any]) -> str:
        workflow.amend(found, given, request.person, at=timezone.now())
        return found.get_absolute_url()

    return answer_form(request, form, save, title=_("Ubah TUK"), back=found.get_absolute_url())


@page
def venue_verify(request: PageRequest, pk: int) -> HttpResponse:
    """Enter the verification of a venue for a scheme."""
    found = get_object_or_404(queries.venues(request.person), pk=pk)
    workflow.check_edit(found, "verifications", request.person, at=timezone.now())
    form = VerificationForm(
        request.POST or None, organisation_id=found.organisation_id, today=timezone.localdate()
    )

    def save(given: dict[str, Any]) -> str:
        change = actions.verify_venue(VenueVerification(**given))
        workflow.amend_parts(found, "verifications", change, request.person, at=timezone.now())
        return found.get_absolute_url()

    return answer_form(
        request,
        form,
        save,
        title=_("Verifikasi TUK untuk skema"),
        back=found.get_absolute_url(),
    )
