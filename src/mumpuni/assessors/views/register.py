"""The register as a list, and one's own entry in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission
from mumpuni.assessors import queries
from mumpuni.assessors.models import Assessor
from mumpuni.assessors.queries import Standing
from mumpuni.web.page import PageRequest, page
from mumpuni.web.steps import bulk_steps
from mumpuni.web.tables import Choice, Column, Filter, SearchBy, Table, badge
from mumpuni.web.tones import badge_html

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mumpuni.access.person import Person

WARNINGS = (180, 90, 30)


@dataclass(frozen=True)
class Expiring:
    """Keeps those whose term ends within so many days."""

    name: str

    def inputs(self) -> Mapping[str, forms.Field]:
        """Return one select of days."""
        days = [(str(days), gettext("%d hari") % days) for days in WARNINGS]
        choices = [("", _("Semua")), *days]
        return {self.name: forms.ChoiceField(label=_("Berakhir dalam"), choices=choices)}

    def narrow(self, rows: QuerySet[Any], given: Mapping[str, Any]) -> QuerySet[Any]:
        """Ask the query."""
        days = given.get(self.name)
        return queries.expiring(rows, timezone.localdate(), int(days)) if days else rows


def standing_badge(assessor: Assessor) -> str:
    """Show the state, or that the term has ended where it has."""
    last_day = getattr(assessor, "last_day", None)
    ended = last_day is not None and last_day < timezone.localdate()
    if ended and assessor.state == Assessor.State.REGISTERED:
        return badge_html(Standing.EXPIRED.label, Standing.EXPIRED)
    return badge(assessor)


COLUMNS = [
    Column("individual.name", _("Nama"), sort="individual__name", link=True),
    Column("number", _("Nomor registrasi"), sort="number", whole=True),
    Column("state", _("Status"), sort="state", render=standing_badge),
    Column("last_day", _("Berlaku sampai"), sort="last_day"),
    Column("proposed_by.name", _("Diusulkan oleh"), sort="proposed_by__name"),
]
FILTERS: list[Filter] = [
    SearchBy("q", queries.search_assessors, hint=_("Nama, nomor registrasi, atau LSP")),
    Choice("state", _("Status"), choices=Assessor.State.choices),
    Expiring("expiring"),
]
REGISTER = Table(
    columns=COLUMNS,
    filters=FILTERS,
    default_sort="individual__name",
    empty=_("Belum ada asesor."),
)


def may_propose(person: Person) -> bool:
    """Tell whether somebody acts for a body that proposes assessors."""
    return person.organisation_id is not None and person.holds(Permission.ASSESSOR_PROPOSE)


@page
def register(request: PageRequest) -> HttpResponseBase:
    """List the assessors one may see; the registrar registers several at once."""
    person = request.person
    proposing = {"action": reverse("assessors:propose"), "action_label": _("Usulkan asesor")}
    return REGISTER.respond(
        request,
        queries.assessors(person),
        title=_("Register asesor"),
        context=proposing if may_propose(person) else {},
        bulk=bulk_steps(Assessor, ["register"], person, reverse("assessors:assessor-steps")),
    )


@page
def own(request: PageRequest) -> HttpResponseBase:
    """Go to one's own entry, or say that there is none."""
    entry = queries.own_entry(request.person)
    if entry is not None:
        return redirect(entry)
    return render(request, "assessors/no_entry.html", {"title": _("Asesor: data saya")})
