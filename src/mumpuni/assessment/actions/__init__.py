"""What steps and edits change."""

from mumpuni.assessment.actions.enrolment import Identity, apply, enrol
from mumpuni.assessment.actions.evidence import (
    Answer,
    answer_elements,
    compute_recommendation,
    date_decision,
    declare_tie,
    record_results,
    take_back_recommendation,
)
from mumpuni.assessment.actions.sessions import (
    assign_assessor,
    declare_impartial,
    distribute,
    place,
    plan_session,
    release_assessor,
)
from mumpuni.assessment.actions.uploads import Entry, Unfit, enrol_all
from mumpuni.assessment.actions.venues import verify_venue

__all__ = [
    "Answer",
    "Entry",
    "Identity",
    "Unfit",
    "answer_elements",
    "apply",
    "assign_assessor",
    "compute_recommendation",
    "date_decision",
    "declare_impartial",
    "declare_tie",
    "distribute",
    "enrol",
    "enrol_all",
    "place",
    "plan_session",
    "record_results",
    "release_assessor",
    "take_back_recommendation",
    "verify_venue",
]
