"""The lists: cases, obligations, appeals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission
from mumpuni.oversight import queries, rules
from mumpuni.oversight.models import Appeal, Obligation, SanctionCase
from mumpuni.web.page import PageRequest, page
from mumpuni.web.tables import Choice, Column, DateRange, Filter, Search, Table, Year, badge

if TYPE_CHECKING:
    from mumpuni.access.person import Person

CASE_FILTERS: list[Filter] = [
    Search("q", fields=["organisation__name", "licence__number", "decree_number"]),
    Choice("kind", _("Jenis perkara"), choices=SanctionCase.Kind.choices),
    Choice("state", _("Status"), choices=SanctionCase.State.choices),
    Year("year", field="effective_on"),
]
CASES = Table(
    columns=[
        Column("organisation.name", _("LSP"), sort="organisation__name", link=True),
        Column("licence.number", _("Nomor lisensi"), sort="licence__number", whole=True),
        Column("kind", _("Jenis perkara"), sort="kind"),
        Column("ground", _("Dasar sanksi"), sort="ground"),
        Column("state", _("Status"), sort="state", render=badge),
        Column("decree_number", _("Nomor SK"), sort="decree_number", whole=True),
        Column("effective_on", _("Berlaku mulai"), sort="effective_on"),
    ],
    filters=CASE_FILTERS,
    default_sort="-created_at",
    empty=_("Belum ada perkara sanksi."),
)

OBLIGATION_FILTERS: list[Filter] = [
    Search("q", fields=["organisation__name", "text"]),
    Choice("kind", _("Jenis kewajiban"), choices=Obligation.Kind.choices),
    Choice("state", _("Status"), choices=Obligation.State.choices),
    DateRange("due_on", _("Tenggat")),
]
OBLIGATIONS = Table(
    columns=[
        Column("organisation.name", _("LSP"), sort="organisation__name", link=True),
        Column("kind", _("Jenis kewajiban"), sort="kind"),
        Column("text", _("Isi kewajiban")),
        Column("due_on", _("Tenggat"), sort="due_on"),
        Column("state", _("Status"), sort="state", render=badge),
    ],
    filters=OBLIGATION_FILTERS,
    default_sort="due_on",
    empty=_("Belum ada kewajiban."),
)

APPEAL_FILTERS: list[Filter] = [
    Search("q", fields=["title"]),
    Choice("state", _("Status"), choices=Appeal.State.choices),
    Year("year", field="filed_on"),
]
APPEALS = Table(
    columns=[
        Column("title", _("Keputusan yang dibanding"), sort="title", link=True),
        Column("filed_on", _("Diajukan pada"), sort="filed_on"),
        Column("decided_on", _("Diputus pada"), sort="decided_on"),
        Column("state", _("Status"), sort="state", render=badge),
    ],
    filters=APPEAL_FILTERS,
    default_sort="-filed_on",
    empty=_("Belum ada banding."),
)


@page
def cases(request: PageRequest) -> HttpResponseBase:
    """List the cases."""
    person = request.person
    proposing = {"action": reverse("oversight:propose"), "action_label": _("Usulkan")}
    return CASES.respond(
        request,
        queries.cases(person),
        title=_("Perkara sanksi"),
        template="oversight/list.html",
        context=_parts(person, "cases")
        | (proposing if person.holds(Permission.SANCTION_PROPOSE) else {}),
    )


@page
def obligations(request: PageRequest) -> HttpResponseBase:
    """List what bodies are obliged to."""
    return OBLIGATIONS.respond(
        request,
        queries.obligations(request.person),
        title=_("Kewajiban"),
        template="oversight/list.html",
        context=_parts(request.person, "obligations"),
    )


@page
def appeals(request: PageRequest) -> HttpResponseBase:
    """List the appeals, and what a body may still appeal against."""
    person, today = request.person, timezone.localdate()
    open_decisions = []
    if person.holds(Permission.APPEAL_FILE):
        for decision in queries.decisions(person):
            until = rules.last_day_to_appeal(decision)
            if until is not None and today <= until:
                open_decisions.append((decision, until))
    return APPEALS.respond(
        request,
        queries.appeals(person),
        title=_("Banding"),
        template="oversight/appeals.html",
        context=_parts(person, "appeals") | {"decisions": open_decisions},
    )


def _parts(person: Person, here: str) -> dict[str, object]:
    return {"sees_appeals": person.holds(Permission.APPEAL_VIEW), "here": {here: True}}
