"""What is true of applications and licences."""

from mumpuni.licensing.models.applications import (
    ApplicationDocument,
    ApplicationScheme,
    LicenceApplication,
)
from mumpuni.licensing.models.bodies import Affiliation, BodyType, CandidateGroup, FounderKind
from mumpuni.licensing.models.licences import Licence, LicenceScope, LicenceTerm, Sanction

__all__ = [
    "Affiliation",
    "ApplicationDocument",
    "ApplicationScheme",
    "BodyType",
    "CandidateGroup",
    "FounderKind",
    "Licence",
    "LicenceApplication",
    "LicenceScope",
    "LicenceTerm",
    "Sanction",
]
