"""Changes to a candidate: self-assessment, ties, results, recommendation, decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mumpuni.assessment.models import Candidate, Outcome, SelfAssessment, Tie, UnitResult
from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.kernel.workflow import Attempt, Changes


@dataclass(frozen=True)
class Answer:
    """K or BK, or nothing yet, with what it rests on."""

    outcome: str
    evidence: str = ""


def answer_elements(answers: Mapping[int, Answer]) -> Callable[[Candidate], Changes]:
    """Enter self-assessments by the element's key; what has no answer is left or taken away."""

    def change(candidate: Candidate) -> Changes:
        elements = {
            element.pk
            for part in candidate.session.scheme_version.scheme_units.all()
            for element in part.unit.elements.all()
        }
        before = {
            one.element_id: Answer(one.outcome, one.evidence)
            for one in candidate.self_assessments.all()
        }
        after = before | {key: one for key, one in answers.items() if key in elements}
        after = {key: one for key, one in after.items() if one.outcome}
        if after == before:
            return {}
        _write_answers(candidate, before, after)
        return {_("Asesmen mandiri"): [_count(before, elements), _count(after, elements)]}

    return change


def _write_answers(
    candidate: Candidate, before: Mapping[int, Answer], after: Mapping[int, Answer]
) -> None:
    candidate.self_assessments.filter(element__in=before.keys() - after.keys()).delete()
    SelfAssessment.objects.bulk_create(
        [
            SelfAssessment(
                candidate=candidate, element_id=key, outcome=one.outcome, evidence=one.evidence
            )
            for key, one in after.items()
            if before.get(key) != one
        ],
        update_conflicts=True,
        unique_fields=["candidate", "element"],
        update_fields=["outcome", "evidence"],
    )


def _count(answers: Mapping[int, Answer], elements: set[int]) -> str:
    competent = sum(one.outcome == Outcome.COMPETENT for one in answers.values())
    return f"{len(answers)}/{len(elements)} ({competent} K)"


def record_results(results: Mapping[int, Answer]) -> Callable[[Candidate], Changes]:
    """Enter results by the scheme unit's key; the trail tells each K and BK, not the notes."""

    def change(candidate: Candidate) -> Changes:
        parts = {part.pk: part for part in candidate.session.scheme_version.scheme_units.all()}
        before = {
            one.scheme_unit_id: Answer(one.outcome, one.evidence)
            for one in candidate.unit_results.all()
        }
        changed = {
            key: one
            for key, one in results.items()
            if key in parts and one.outcome and before.get(key) != one
        }
        UnitResult.objects.bulk_create(
            [
                UnitResult(
                    candidate=candidate,
                    scheme_unit_id=key,
                    outcome=one.outcome,
                    evidence=one.evidence,
                )
                for key, one in changed.items()
            ],
            update_conflicts=True,
            unique_fields=["candidate", "scheme_unit"],
            update_fields=["outcome", "evidence", "recorded_at"],
        )
        nothing = Answer("")
        return {
            parts[key].unit.code: [before.get(key, nothing).outcome, one.outcome]
            for key, one in changed.items()
        }

    return change


def declare_tie(kind: Tie.Kind, ended_on: date | None) -> Callable[[Candidate], Changes]:
    """Declare what ties the candidate and the assessor they are placed with."""

    def change(candidate: Candidate) -> Changes:
        if candidate.assignment is None:
            raise Refused(_("Tentukan asesornya lebih dahulu."), code="A-19")
        if kind == Tie.Kind.TRAINER and ended_on is None:
            missing = _("Tuliskan kapan pelatihan berakhir.")
            raise Invalid(missing, fields={"ended_on": [missing]})
        assessor = candidate.assignment.assessor
        Tie.objects.update_or_create(
            assessor=assessor,
            individual=candidate.individual,
            kind=kind,
            defaults={"ended_on": ended_on},
        )
        return {_("Hubungan dengan asesor"): ["", f"{assessor}: {kind.label}"]}

    return change


def compute_recommendation(candidate: Candidate, attempt: Attempt) -> None:
    """Recommend K where each unit is K, else BK: computed, never typed."""
    competent = all(result.outcome == Outcome.COMPETENT for result in candidate.unit_results.all())
    candidate.recommendation = Outcome.COMPETENT if competent else Outcome.NOT_YET_COMPETENT
    candidate.recommended_at = attempt.at


def take_back_recommendation(candidate: Candidate, attempt: Attempt) -> None:
    """Leave the assessor free to judge anew."""
    candidate.recommendation, candidate.recommended_at = "", None


def date_decision(candidate: Candidate, attempt: Attempt) -> None:
    """Keep when the plenary decided, and what it said."""
    candidate.decided_at, candidate.decision_note = attempt.at, attempt.note.strip()
