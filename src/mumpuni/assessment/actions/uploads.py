"""Many candidates at once: all of them with a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mumpuni.access.models import Individual
from mumpuni.access.person import Person
from mumpuni.assessment.actions.enrolment import Identity
from mumpuni.assessment.models import Candidate, Outcome, SelfAssessment, Session
from mumpuni.assessment.rules import candidates as rules
from mumpuni.assessment.rules.identity import same_person
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Attempt


@dataclass(frozen=True)
class Entry:
    """A candidate as one row tells them; `claims_all` stands for a K on each element."""

    row: int
    identity: Identity
    values: Mapping[str, Any]
    claims_all: bool = False


@dataclass(frozen=True)
class Unfit:
    """A row that was not taken, with the column and the reason."""

    row: int
    column: str
    message: str
    code: str = ""


@transaction.atomic
def enrol_all(
    session: Session, entries: Sequence[Entry], person: Person, *, at: datetime, all_or_none: bool
) -> tuple[list[Candidate], list[Unfit]]:
    """Begin a candidate for each row that fits; with `all_or_none`, none where one does not.

    `session` comes with its candidates; no query is made per row.
    """
    fitting, unfit = _sift(session, entries, Attempt(person, at))
    if unfit and all_or_none:
        return [], unfit
    new = [one.individual for _entry, one in fitting if one.individual.pk is None]
    Individual.objects.bulk_create(new)
    for _entry, candidate in fitting:
        candidate.individual = candidate.individual  # takes over the key it has now
    for claims_all, note in ((False, _("Diunggah.")), (True, _("Diunggah dengan APL.02."))):
        begun = [one for entry, one in fitting if entry.claims_all == claims_all]
        workflow.begin_all(begun, person, at=at, note=note)
        if claims_all:
            _claim_all(session, begun)
    return [candidate for _entry, candidate in fitting], unfit


def _sift(
    session: Session, entries: Sequence[Entry], attempt: Attempt
) -> tuple[list[tuple[Entry, Candidate]], list[Unfit]]:
    individuals = [entry.identity.individual() for entry in entries]
    known = {
        one.document_index: one
        for one in Individual.objects.filter(
            document_index__in=[one.document_index for one in individuals]
        )
    }
    fitting: list[tuple[Entry, Candidate]] = []
    unfit: list[Unfit] = []
    seen: dict[str, int] = {}
    for entry, made in zip(entries, individuals, strict=True):
        try:
            _once(seen, made.document_index, entry.row)
            individual = known.get(made.document_index, made)
            same_person(individual, entry.identity.name)
            candidate = Candidate(session=session, individual=individual, **entry.values)
            _check(candidate, len(fitting), attempt)
        except Refused as refused:
            unfit.append(Unfit(entry.row, "", refused.message, refused.code))
        else:
            fitting.append((entry, candidate))
    return fitting, unfit


def _once(seen: dict[str, int], index: str, row: int) -> None:
    if index in seen:
        raise Refused(
            _("Nomor identitas ini sudah ada pada baris %(row)d.") % {"row": seen[index]},
            code="A-16",
        )
    seen[index] = row


def _check(candidate: Candidate, before: int, attempt: Attempt) -> None:
    for rule in candidate.workflow.begin_rules:
        rule(candidate, attempt)
    session = candidate.session
    standing = sum(one.state not in Candidate.AWAY for one in session.candidates.all())
    rules.within_quota(session, standing + before + 1)


def _claim_all(session: Session, candidates: Sequence[Candidate]) -> None:
    elements = [
        element
        for part in session.scheme_version.scheme_units.prefetch_related("unit__elements")
        for element in part.unit.elements.all()
    ]
    SelfAssessment.objects.bulk_create(
        [
            SelfAssessment(candidate=candidate, element=element, outcome=Outcome.COMPETENT)
            for candidate in candidates
            for element in elements
        ],
        batch_size=5000,
    )
