"""What the package keeps: licensing assessors, visits, findings; instruments are code."""

from mumpuni.visits.models.assessors import (
    DeclaredTie,
    LicensingAssessor,
    LicensingAssessorTerm,
)
from mumpuni.visits.models.findings import Finding, FindingEvidence
from mumpuni.visits.models.instruments import INSTRUMENTS, Instrument, Item
from mumpuni.visits.models.kinds import Kind
from mumpuni.visits.models.visits import Answer, Photo, TeamMember, Visit

__all__ = [
    "INSTRUMENTS",
    "Answer",
    "DeclaredTie",
    "Finding",
    "FindingEvidence",
    "Instrument",
    "Item",
    "Kind",
    "LicensingAssessor",
    "LicensingAssessorTerm",
    "Photo",
    "TeamMember",
    "Visit",
]
