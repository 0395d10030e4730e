"""Candidates: all of them, one in full, one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from mumpuni.access.person import Person
from mumpuni.assessment.models import Candidate, Outcome, SelfAssessment, Session, UnitResult
from mumpuni.schemes.models import SchemeUnit, UnitElement

NOBODY = 0  # the key of no account: a program without one has no candidacies of its own


@dataclass(frozen=True)
class AnsweredElement:
    """An element of the scheme with what the candidate says of it."""

    element: UnitElement
    answer: SelfAssessment | None


@dataclass(frozen=True)
class AnsweredUnit:
    """A unit of the scheme with its elements, the candidate's answers and the result."""

    part: SchemeUnit
    elements: list[AnsweredElement]
    result: UnitResult | None

    @property
    def answered(self) -> int:
        """How many elements the candidate has answered."""
        return sum(element.answer is not None for element in self.elements)

    @property
    def self_assessed(self) -> str:
        """The answers in short: how many of the elements are K."""
        competent = sum(
            element.answer is not None and element.answer.outcome == Outcome.COMPETENT
            for element in self.elements
        )
        return f"{competent}/{len(self.elements)} K"


def candidates(person: Person) -> QuerySet[Candidate]:
    """Return the candidates a person may see: of the body, or assessed by them, or they themselves."""
    return Candidate.objects.visible_to(person).select_related(
        "individual",
        "session__organisation__licence",
        "session__scheme_version",
        "assignment__assessor__individual",
    )


def candidates_in_full(person: Person) -> QuerySet[Candidate]:
    """Return the candidates with all that their rules follow."""
    parts = SchemeUnit.objects.select_related("unit").order_by("position")
    return candidates(person).prefetch_related(
        Prefetch("session__scheme_version__scheme_units", parts),
        *Candidate.workflow.prefetches,
    )


def candidates_with_criteria(person: Person) -> QuerySet[Candidate]:
    """Return the candidates with the criteria of each element too, for the self-assessment."""
    return candidates_in_full(person).prefetch_related(
        "session__scheme_version__scheme_units__unit__elements__criteria"
    )


def candidates_judged(person: Person) -> QuerySet[Candidate]:
    """Return the candidates with `judged_count` and `competent_count` of units."""
    return candidates(person).annotate(
        judged_count=Count("unit_results"),
        competent_count=Count("unit_results", filter=Q(unit_results__outcome=Outcome.COMPETENT)),
    )


def competent(session: Session) -> QuerySet[Candidate]:
    """Return whom the plenary decided competent in a session, by name."""
    return (
        Candidate.objects.filter(session=session, state=Candidate.State.COMPETENT)
        .select_related("individual", "session__scheme_version__scheme", "session__organisation")
        .order_by("individual__name", "pk")
    )


def assessor_users(candidate: Candidate) -> frozenset[int]:
    """Return the accounts of whoever assessed a candidate; they take no part in later decisions."""
    if candidate.assignment is None:
        return frozenset()
    user_id = candidate.assignment.assessor.individual.user_id
    return frozenset() if user_id is None else frozenset({user_id})


def my_applications(person: Person) -> QuerySet[Candidate]:
    """Return a person's own candidacies."""
    return candidates(person).filter(individual__user_id=person.user_id or NOBODY)


def last_application(person: Person) -> dict[str, Any]:
    """Return what a person told in their newest application, so that it is not typed again."""
    newest = my_applications(person).order_by("-pk").values("education", "occupation", "evidence")
    return dict(newest.first() or {})


def my_assessments(person: Person) -> QuerySet[Candidate]:
    """Return the candidates placed with the assessor who asks."""
    return candidates(person).filter(
        assignment__assessor__individual__user_id=person.user_id or NOBODY
    )


def answered_units(candidate: Candidate) -> list[AnsweredUnit]:
    """Lay the candidate's answers and results beside the scheme; no query where all is loaded."""
    answers = {one.element_id: one for one in candidate.self_assessments.all()}
    results = {one.scheme_unit_id: one for one in candidate.unit_results.all()}
    return [
        AnsweredUnit(
            part,
            [
                AnsweredElement(element, answers.get(element.pk))
                for element in part.unit.elements.all()
            ],
            results.get(part.pk),
        )
        for part in candidate.session.scheme_version.scheme_units.all()
    ]
