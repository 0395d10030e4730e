"""What becomes of an assessor by the register's steps, and of their scope and places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from mumpuni.access.identity import is_plausible
from mumpuni.access.models import Individual, Organisation
from mumpuni.access.queries import individual_by_document
from mumpuni.assessors import rules
from mumpuni.assessors.models import (
    Appointment,
    Assessor,
    AssessorScope,
    AssessorSuspension,
    AssessorTerm,
)
from mumpuni.kernel.errors import Invalid
from mumpuni.kernel.numbering import take
from mumpuni.kernel.time import legal_day
from mumpuni.kernel.workflow import Actor, Attempt, Changes, amend_parts, begin
from mumpuni.schemes.models import Scheme

SCOPE: Final = "scope"
APPOINTMENTS: Final = "appointments"
OWN_APPOINTMENT: Final = "own_appointment"
SERIES: Final = "assessor"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Whom a body proposes, by which certificate, for which schemes."""

    name: str
    document_kind: str
    document_number: str
    certificate_number: str
    certified_on: date
    schemes: Sequence[Scheme]
    email: str = ""
    phone: str = ""
    simulated: bool = False


@transaction.atomic
def propose(proposal: Proposal, organisation_id: int, actor: Actor, *, at: datetime) -> Assessor:
    """Begin an entry of the register; a person who is known already is not entered twice."""
    individual = _individual(proposal)
    assessor = Assessor(
        individual=individual,
        proposed_by_id=organisation_id,
        certificate_number=proposal.certificate_number,
        certified_on=proposal.certified_on,
        simulated=proposal.simulated,
    )
    begin(assessor, actor, at=at)
    _open_scope(assessor, proposal.schemes, legal_day(at))
    return assessor


def _individual(proposal: Proposal) -> Individual:
    if not is_plausible(proposal.document_kind, proposal.document_number):
        problem = _("Nomor identitas ini tidak mungkin benar. Periksa angkanya.")
        raise Invalid(problem, fields={"document_number": [problem]})
    known = individual_by_document(proposal.document_kind, proposal.document_number)
    if known is not None:
        rules.same_person(known, proposal.name)
        rules.registered_once(known)
        return known
    made = Individual(
        name=proposal.name.strip(),
        email=proposal.email,
        phone=proposal.phone,
        simulated=proposal.simulated,
    )
    made.identify(proposal.document_kind, proposal.document_number)
    made.save()
    return made


def set_scope(assessor: Assessor, schemes: Iterable[Scheme], actor: Actor, *, at: datetime) -> None:
    """Make these schemes the assessor's scope from today; what is left out ends yesterday."""
    wanted = {scheme.pk: scheme for scheme in schemes}
    day = legal_day(at)

    def change(locked: Assessor) -> Changes:
        held = {
            row.scheme_id: row
            for row in locked.scope.filter(valid_until=None).select_related("scheme")
        }
        ending = [row for key, row in held.items() if key not in wanted]
        starting = [scheme for key, scheme in wanted.items() if key not in held]
        _end(AssessorScope, ending, day)
        _open_scope(locked, starting, day)
        if not ending and not starting:
            return {}
        before = ", ".join(str(row.scheme) for row in held.values())
        return {SCOPE: [before, ", ".join(map(str, wanted.values()))]}

    amend_parts(assessor, SCOPE, change, actor, at=at)


def _open_scope(assessor: Assessor, schemes: Sequence[Scheme], day: date) -> None:
    for scheme in schemes:
        rules.scheme_is_verified(scheme)
    AssessorScope.objects.bulk_create(
        AssessorScope(assessor=assessor, scheme=scheme, valid_from=day) for scheme in schemes
    )


def appoint(assessor: Assessor, organisation: Organisation, actor: Actor, *, at: datetime) -> None:
    """Give an assessor a place with a further body from today."""
    rules.is_body(organisation)

    def change(locked: Assessor) -> Changes:
        held = locked.appointments.filter(organisation=organisation, valid_until=None)
        if held.exists():
            return {}
        Appointment.objects.create(
            assessor=locked, organisation=organisation, valid_from=legal_day(at)
        )
        return {APPOINTMENTS: ["", str(organisation)]}

    amend_parts(assessor, APPOINTMENTS, change, actor, at=at)


def end_appointment(
    assessor: Assessor, organisation: Organisation, actor: Actor, *, at: datetime
) -> None:
    """End an assessor's place with a body: yesterday was the last day.

    A body ends its own appointments, the registrar any.
    """
    own = actor.organisation_id == organisation.pk

    def change(locked: Assessor) -> Changes:
        held = list(locked.appointments.filter(organisation=organisation, valid_until=None))
        _end(Appointment, held, legal_day(at))
        return {APPOINTMENTS: [str(organisation), ""]} if held else {}

    amend_parts(assessor, OWN_APPOINTMENT if own else APPOINTMENTS, change, actor, at=at)


def _end[P: (AssessorScope, Appointment)](kind: type[P], rows: Sequence[P], day: date) -> None:
    """End periods yesterday; those that began today never held and are removed."""
    yesterday = day - timedelta(days=1)
    kind.objects.filter(pk__in=[r.pk for r in rows if r.valid_from > yesterday]).delete()
    kind.objects.filter(pk__in=[r.pk for r in rows]).update(valid_until=yesterday)


def enter(assessors: Sequence[Assessor], attempt: Attempt) -> None:
    """Enter assessors: number, day, first term, and the place with whoever proposed them."""
    new = [assessor for assessor in assessors if assessor.number is None]
    serials = take(SERIES, len(new)) if new else ()
    for assessor, serial in zip(new, serials, strict=True):
        assessor.number = f"MET.000.{serial:06d} {attempt.on.year}"
    for assessor in assessors:
        assessor.registered_on = attempt.on
    start_term(assessors, attempt)
    Appointment.objects.bulk_create(
        Appointment(
            assessor=assessor,
            organisation_id=assessor.proposed_by_id,
            valid_from=attempt.on,
        )
        for assessor in assessors
    )


def start_term(assessors: Sequence[Assessor], attempt: Attempt) -> None:
    """Start the term that the certificate on record gives."""
    AssessorTerm.objects.bulk_create(
        AssessorTerm(
            assessor=assessor,
            certificate_number=assessor.certificate_number,
            valid_from=assessor.certified_on,
            valid_until=rules.last_day(assessor.certified_on),
        )
        for assessor in assessors
    )


def suspend(assessors: Sequence[Assessor], attempt: Attempt) -> None:
    AssessorSuspension.objects.bulk_create(
        AssessorSuspension(assessor=assessor, suspended_on=attempt.on) for assessor in assessors
    )


def lift(assessors: Sequence[Assessor], attempt: Attempt) -> None:
    AssessorSuspension.objects.filter(assessor__in=assessors, lifted_on=None).update(
        lifted_on=attempt.on
    )


def date_revocation(assessor: Assessor, attempt: Attempt) -> None:
    assessor.revoked_on = attempt.on
