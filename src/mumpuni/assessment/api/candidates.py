"""Endpoints of candidates: application, self-assessment, results, ties, steps."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from mumpuni.access.identity import masked
from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Pages, SearchText
from mumpuni.api.steps import step_endpoints
from mumpuni.assessment import actions, queries
from mumpuni.assessment.actions import Answer
from mumpuni.assessment.api.texts import Name, Notes, Words
from mumpuni.assessment.models import Candidate, Outcome, SelfAssessment, Tie, UnitResult
from mumpuni.kernel import workflow
from mumpuni.licensing.models import Affiliation

router = Router()
PATH = "/candidates"


class CandidateOut(Schema):
    """A candidate; of the identity number, the last four characters."""

    id: int
    state: Candidate.State
    session: int
    name: str
    document_number: str
    assignment: int | None
    purpose: Candidate.Purpose
    affiliation: Affiliation
    education: str
    occupation: str
    evidence: str
    recommendation: str
    recommended_at: datetime | None
    decided_at: datetime | None
    decision_note: str

    @staticmethod
    def resolve_session(candidate: Candidate) -> int:
        return candidate.session_id

    @staticmethod
    def resolve_name(candidate: Candidate) -> str:
        return candidate.individual.name

    @staticmethod
    def resolve_document_number(candidate: Candidate) -> str:
        return masked(candidate.individual.document_number)

    @staticmethod
    def resolve_assignment(candidate: Candidate) -> int | None:
        return candidate.assignment_id


class ElementAnswer(Schema):
    """What the candidate says of an element."""

    element: int
    outcome: Outcome
    evidence: str

    @staticmethod
    def resolve_element(answer: SelfAssessment) -> int:
        return answer.element_id


class ResultOut(Schema):
    """What the assessor found on a unit of the scheme."""

    scheme_unit: int
    outcome: Outcome
    evidence: str
    recorded_at: datetime

    @staticmethod
    def resolve_scheme_unit(result: UnitResult) -> int:
        return result.scheme_unit_id


class UnitToAssess(Schema):
    """A unit of the scheme with the keys of its elements."""

    scheme_unit: int
    code: str
    title: str
    elements: list[int]


class CandidateInFull(CandidateOut):
    """A candidate with what there is to assess, the self-assessment and the results."""

    units: list[UnitToAssess]
    self_assessments: list[ElementAnswer]
    unit_results: list[ResultOut]

    @staticmethod
    def resolve_units(candidate: Candidate) -> list[UnitToAssess]:
        return [
            UnitToAssess(
                scheme_unit=unit.part.pk,
                code=unit.part.unit.code,
                title=unit.part.unit.title,
                elements=[one.element.pk for one in unit.elements],
            )
            for unit in queries.answered_units(candidate)
        ]


class CandidateAmendment(Schema):
    """What is to be changed in the application; what is left out stays."""

    purpose: Candidate.Purpose = Candidate.Purpose.OTHER
    affiliation: Affiliation = Affiliation.NONE
    education: Words = ""
    occupation: Name = ""
    evidence: Notes = ""


class ElementIn(Schema):
    """K or BK for an element, or nothing to take an answer away."""

    element: int
    outcome: Outcome | None
    evidence: Words = ""


class ResultIn(Schema):
    """K or BK for a unit of the scheme."""

    scheme_unit: int
    outcome: Outcome
    evidence: Notes = ""


class TieIn(Schema):
    """What ties the candidate to their assessor; a training says when it ended."""

    kind: Tie.Kind
    ended_on: date | None = None


@router.get(PATH, response=list[CandidateOut])
@paginate(Pages)
def candidates(
    request: ApiRequest,
    session: int | None = None,
    state: Candidate.State | None = None,
    q: SearchText = "",
) -> QuerySet[Candidate]:
    """List the candidates you may see; `q` is part of a name."""
    found = queries.candidates(request.auth).filter(individual__name__icontains=q).order_by("pk")
    asked = {"session": session, "state": state}
    return found.filter(**{name: value for name, value in asked.items() if value is not None})


@router.get(PATH + "/{int:pk}", response=CandidateInFull)
def candidate(request: ApiRequest, pk: int) -> Candidate:
    """Show a candidate."""
    return get_object_or_404(queries.candidates_in_full(request.auth), pk=pk)


@router.patch(PATH + "/{int:pk}", response=CandidateOut)
def amend_candidate(request: ApiRequest, pk: int, body: CandidateAmendment) -> Candidate:
    """Change the application while it is in draft or returned."""
    found = _found(request, pk)
    given = body.dict(exclude_unset=True)
    workflow.amend(found, given, request.auth, at=timezone.now())
    return found


@router.put(PATH + "/{int:pk}/self-assessment", response=CandidateInFull)
def assess_self(request: ApiRequest, pk: int, body: list[ElementIn]) -> Candidate:
    """Enter self-assessments (FR.APL.02); elements left out stay as they are."""
    answers = {one.element: Answer(one.outcome or "", one.evidence) for one in body}
    change = actions.answer_elements(answers)
    workflow.amend_parts(
        _found(request, pk), "self_assessment", change, request.auth, at=timezone.now()
    )
    return candidate(request, pk)


@router.put(PATH + "/{int:pk}/results", response=CandidateInFull)
def record_results(request: ApiRequest, pk: int, body: list[ResultIn]) -> Candidate:
    """Record results as the assessor; units left out stay as they are."""
    results = {one.scheme_unit: Answer(one.outcome, one.evidence) for one in body}
    change = actions.record_results(results)
    workflow.amend_parts(_found(request, pk), "results", change, request.auth, at=timezone.now())
    return candidate(request, pk)


@router.post(PATH + "/{int:pk}/ties", response=CandidateOut)
def declare_tie(request: ApiRequest, pk: int, body: TieIn) -> Candidate:
    """Declare what ties the candidate to the assessor they are placed with."""
    found = _found(request, pk)
    change = actions.declare_tie(body.kind, body.ended_on)
    workflow.amend_parts(found, "ties", change, request.auth, at=timezone.now())
    return found


def _found(request: ApiRequest, pk: int) -> Candidate:
    return get_object_or_404(queries.candidates(request.auth), pk=pk)


step_endpoints(router, PATH, Candidate, queries.candidates, CandidateOut)
