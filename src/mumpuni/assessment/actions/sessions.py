"""Changes to a session: its number, its assessors, who is placed with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mumpuni.access.person import Person
from mumpuni.assessment.models import Candidate, Session, SessionAssignment
from mumpuni.assessment.queries import NOBODY
from mumpuni.assessment.rules import candidates as rules
from mumpuni.assessment.rules import sessions as session_rules
from mumpuni.assessors.models import Assessor
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.numbering import take_one
from mumpuni.kernel.time import legal_day
from mumpuni.kernel.workflow import Changes


@transaction.atomic
def plan_session(session: Session, person: Person, *, at: datetime) -> None:
    """Begin a session under the next number of its body and year."""
    code, year = session.organisation.code or f"{session.organisation_id:08d}", legal_day(at).year
    session.number = f"JA/{code}/{year}/{take_one(f'session:{code}:{year}'):04d}"
    workflow.begin(session, person, at=at)


def assign_assessor(
    assessor: Assessor, letter_number: str, *, impartial: bool
) -> Callable[[Session], Changes]:
    """Assign an assessor by letter, or mend the letter; who does not fit is refused now."""

    def change(session: Session) -> Changes:
        session_rules.check_fit(session, assessor)
        before = session.assignments.filter(assessor=assessor).first()
        session.assignments.update_or_create(
            assessor=assessor,
            defaults={"letter_number": letter_number, "impartial": impartial},
        )
        return {str(assessor): [before.letter_number if before else "", letter_number]}

    return change


def release_assessor(assignment: SessionAssignment) -> Callable[[Session], Changes]:
    """End an assignment; refused while candidates are placed with the assessor."""

    def change(session: Session) -> Changes:
        if any(one.assignment_id == assignment.pk for one in session.candidates.all()):
            raise Refused(
                _("Asesor ini masih punya asesi; pindahkan dahulu kepada asesor lain."),
                code="A-19",
            )
        assignment.delete()
        return {str(assignment.assessor): [assignment.letter_number, ""]}

    return change


def declare_impartial(person: Person) -> Callable[[Session], Changes]:
    """Enter the declaration of the assessor who is acting."""

    def change(session: Session) -> Changes:
        own = session.assignments.filter(
            assessor__individual__user_id=person.user_id or NOBODY, impartial=False
        )
        name = _("Pernyataan ketidakberpihakan")
        return {name: ["", _("diterima")]} if own.update(impartial=True) else {}

    return change


def place(candidates: Iterable[Candidate], assignment_id: int) -> Callable[[Session], Changes]:
    """Place chosen candidates with one assessor of the session."""
    chosen = {candidate.pk for candidate in candidates}

    def change(session: Session) -> Changes:
        return _place(session, dict.fromkeys(chosen, assignment_id))

    return change


def distribute(session: Session) -> Changes:
    """Place all waiting candidates without an assessor evenly, the least loaded first."""
    assignments = list(session.assignments.all())
    if not assignments:
        raise Refused(_("Tugaskan paling sedikit satu asesor."), code="A-05")
    loads = _loads(session)
    wanted: dict[int, int] = {}
    for candidate in _waiting(session):
        if candidate.assignment_id is not None:
            continue
        least = min(_free_of_ties(candidate, assignments), key=lambda one: loads[one.assessor_id])
        loads[least.assessor_id] += 1
        wanted[candidate.pk] = least.pk
    return _place(session, wanted)


def _free_of_ties(
    candidate: Candidate, assignments: list[SessionAssignment]
) -> list[SessionAssignment]:
    free, refusal = [], None
    for assignment in assignments:
        try:
            rules.check_no_tie(candidate, assignment, assignment.assessor.ties.all())
        except Refused as refused:
            refusal = refused
        else:
            free.append(assignment)
    if not free and refusal is not None:
        raise refusal
    return free


def _place(session: Session, wanted: Mapping[int, int]) -> Changes:
    """Move candidates to assignments, by key; ratio, quota and ties hold for the outcome."""
    assignments = {one.pk: one for one in session.assignments.all()}
    moving = [one for one in _waiting(session) if one.pk in wanted]
    before = Counter(one.assignment_id for one in rules.placed(session))
    loads = _loads(session)
    for candidate in moving:
        if candidate.assignment_id is not None:
            loads[assignments[candidate.assignment_id].assessor_id] -= 1
        assignment = assignments[wanted[candidate.pk]]
        rules.check_no_tie(candidate, assignment, assignment.assessor.ties.all())
        loads[assignment.assessor_id] += 1
        rules.within_ratio(assignment, loads[assignment.assessor_id])
        candidate.assignment = assignment
    rules.within_quota(session, len(rules.placed(session)))
    Candidate.objects.bulk_update(moving, ["assignment"])
    after = Counter(one.assignment_id for one in rules.placed(session))
    return {
        str(one.assessor): [str(before[key]), str(after[key])]
        for key, one in assignments.items()
        if before[key] != after[key]
    }


def _waiting(session: Session) -> list[Candidate]:
    return [one for one in session.candidates.all() if one.state in Candidate.PLACEABLE]


def _loads(session: Session) -> Counter[int]:
    """Count each assessor's candidates of the day, all sessions together, under their locks."""
    keys = [one.assessor_id for one in session.assignments.all()]
    list(Assessor.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    return Counter(
        Candidate.objects.exclude(state__in=Candidate.AWAY)
        .filter(session__held_on=session.held_on, assignment__assessor__in=keys)
        .exclude(session__state=Session.State.CANCELLED)
        .values_list("assignment__assessor", flat=True)
    )
