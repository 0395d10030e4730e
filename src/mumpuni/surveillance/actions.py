"""Ranking the bodies, filling a programme, planning its visits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from mumpuni.access.person import SYSTEM
from mumpuni.casework.actions import issue_document
from mumpuni.casework.models import IssuedDocument
from mumpuni.kernel.errors import Invalid
from mumpuni.kernel.numbering import take_one
from mumpuni.kernel.time import legal_day
from mumpuni.kernel.workflow import Actor, Attempt, Changes, amend_parts, begin
from mumpuni.licensing.models import Licence, LicenceApplication
from mumpuni.reference.queries.calendar import is_working_day
from mumpuni.surveillance import documents, rules
from mumpuni.surveillance.models import Dossier, PlannedVisit, Programme, RiskScore, digest
from mumpuni.surveillance.queries import dossiers, risk
from mumpuni.surveillance.queries.risk import Risk
from mumpuni.visits.actions import Plan, plan_visit, plan_visits
from mumpuni.visits.models import Kind, Visit

ENTRIES: Final = "entries"
BATCH: Final = 1_000


@transaction.atomic
def assess(on: date, bodies: Collection[int] | None = None) -> int:
    """Work out and keep how bodies stand on a day, all of them unless some are named."""
    risks = risk.assessed(on, bodies)
    rows = [
        RiskScore(
            licence=one.licence,
            assessed_on=on,
            score=one.score,
            visited_on=one.visited_on,
            due_on=one.due_on,
            parts=[part.kept for part in one.parts],
        )
        for one in risks
    ]
    columns = [one.name for one in RiskScore._meta.concrete_fields if not one.primary_key]
    RiskScore.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["licence"],
        update_fields=columns,
    )
    # who is watched no longer has no score
    old = RiskScore.objects.exclude(licence__in=[row.licence_id for row in rows])
    if bodies is not None:
        old = old.filter(licence__organisation__in=bodies)
    old.delete()
    return len(rows)


def freeze_ranking(programme: Programme, attempt: Attempt) -> None:
    """U-02: keep the bodies that the budget reaches, with rank, score and reasons of this day."""
    programme.approved_on = attempt.on
    riskiest = risk.assessed(attempt.on)[: programme.budget]
    PlannedVisit.objects.bulk_create(
        (_entry(programme, one, rank) for rank, one in enumerate(riskiest, 1)), batch_size=BATCH
    )


def _entry(programme: Programme, stands: Risk, rank: int) -> PlannedVisit:
    return PlannedVisit(
        programme=programme,
        licence=stands.licence,
        rank=rank,
        score=stands.score,
        reasons=[part.kept for part in stands.parts],
    )


def add(
    programme: Programme, licence: Licence, reason: str, actor: Actor, *, at: datetime
) -> PlannedVisit:
    """Put a body into a programme that its rank alone would not, with a reason."""
    given = rules.check_reason(reason)
    added: list[PlannedVisit] = []

    def change(locked: Programme) -> Changes:
        rules.check_room(locked)
        if any(one.licence_id == licence.pk for one in locked.entries.all()):
            raise _wrong("licence", _("LSP ini sudah ada dalam program."))
        stands = risk.assessed(Attempt(actor, at).on, [licence.organisation_id])
        if not stands:
            raise _wrong("licence", _("Lisensi LSP ini tidak berlaku."))
        rank = max((one.rank for one in locked.entries.all()), default=0) + 1
        entry = _entry(locked, stands[0], rank)
        entry.added_because = given
        entry.save()
        added.append(entry)
        return {ENTRIES: ["", f"{entry}: {given}"]}

    amend_parts(programme, ENTRIES, change, actor, at=at)
    return added[0]


def drop(entry: PlannedVisit, reason: str, actor: Actor, *, at: datetime) -> None:
    """Give a body up this year, with a reason."""
    given = rules.check_reason(reason)

    def change(locked: Programme) -> Changes:
        held = _held(entry, locked)
        rules.check_open(held)
        held.dropped_because = given
        held.save(update_fields=["dropped_because"])
        return {ENTRIES: [str(held), given]}

    amend_parts(entry.programme, ENTRIES, change, actor, at=at)


def plan(entry: PlannedVisit, values: Mapping[str, Any], actor: Actor, *, at: datetime) -> Visit:
    """Plan the visit of an entry."""
    planned: list[Visit] = []

    def change(locked: Programme) -> Changes:
        held = _held(entry, locked)
        rules.check_open(held)
        rules.check_days(locked, values["starts_on"], values["ends_on"])
        licence = held.licence
        visit = plan_visit(
            licence, Kind.SURVEILLANCE, licence.organisation_id, values, actor, at=at
        )
        held.visit = visit
        held.save(update_fields=["visit"])
        planned.append(visit)
        return {ENTRIES: ["", f"{held}: {visit.starts_on}"]}

    amend_parts(entry.programme, ENTRIES, change, actor, at=at)
    return planned[0]


def _held(entry: PlannedVisit, locked: Programme) -> PlannedVisit:
    """Return an entry as it stands under the programme's lock."""
    return next(one for one in locked.entries.all() if one.pk == entry.pk)


def plan_first(  # noqa: PLR0913 - how many, between which days
    programme: Programme, count: int, first: date, last: date, actor: Actor, *, at: datetime
) -> int:
    """Plan the visits of the first bodies that have none, spread over the working days between.

    Those of one region follow each other, so that a team travels once. A fixed number of statements.
    """
    rules.check_days(programme, first, last)
    days = _working_days(first, last)
    planned = 0

    def change(locked: Programme) -> Changes:
        nonlocal planned
        waiting = [one for one in locked.entries.all() if one.is_open][:count]
        by_region = sorted(waiting, key=lambda one: (_region(one), one.rank))
        visits = plan_visits(
            [
                _plan(entry, days[place * len(days) // len(by_region)])
                for place, entry in enumerate(by_region)
            ],
            Kind.SURVEILLANCE,
            actor,
            at=at,
        )
        for entry, visit in zip(by_region, visits, strict=True):
            entry.visit = visit
        PlannedVisit.objects.bulk_update(by_region, ["visit"], batch_size=BATCH)
        planned = len(by_region)
        return {ENTRIES: ["", ", ".join(map(str, waiting))]} if waiting else {}

    amend_parts(programme, ENTRIES, change, actor, at=at)
    return planned


def _working_days(first: date, last: date) -> Sequence[date]:
    span = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    days = [day for day in span if is_working_day(day)]
    if not days:
        raise _wrong("last", _("Tidak ada hari kerja di antara kedua hari itu."))
    return days


def _region(entry: PlannedVisit) -> str:
    return entry.licence.organisation.region_id or ""


def _plan(entry: PlannedVisit, day: date) -> Plan:
    body = entry.licence.organisation
    place = " ".join(body.address.split())[:300] or body.name
    values = {"starts_on": day, "ends_on": day, "place": place}
    return Plan(entry.licence, body, values)


@transaction.atomic
def keep_dossier(application: LicenceApplication, *, at: datetime) -> Dossier | None:
    """U-08: keep how a body fared when it asks for a further term; None where that is done.

    Other applications have none.
    """
    held = Licence.objects.filter(organisation=application.organisation_id)
    licence = held.select_related("organisation").first()
    renews = application.kind == LicenceApplication.Kind.RENEWAL
    if not renews or licence is None or Dossier.objects.filter(application=application).exists():
        return None
    first, last = dossiers.period(legal_day(at))
    facts = dossiers.performance(licence.organisation_id, first, last)
    dossier = Dossier(
        licence=licence,
        application=application,
        first=first,
        last=last,
        facts=facts,
        sha256=digest(facts),
    )
    begin(dossier, SYSTEM, at=at)
    issue_document(
        dossier,
        kind=IssuedDocument.Kind.DOSSIER,
        number=f"DK.{take_one(f'dossier-{last.year}'):04d}/BNSP/{last.year}",
        title=str(dossier),
        facts=documents.told(dossier),
        organisation=licence.organisation,
        on=last,
    )
    return dossier


def _wrong(field: str, problem: str) -> Invalid:
    return Invalid(problem, code="U-03", fields={field: [problem]})
