"""What is true of venues, sessions and candidates."""

from mumpuni.assessment.models.candidates import Candidate, Outcome, SelfAssessment, UnitResult
from mumpuni.assessment.models.sessions import Session, SessionAssignment, Tie
from mumpuni.assessment.models.venues import Venue, VenueVerification

__all__ = [
    "Candidate",
    "Outcome",
    "SelfAssessment",
    "Session",
    "SessionAssignment",
    "Tie",
    "UnitResult",
    "Venue",
    "VenueVerification",
]
