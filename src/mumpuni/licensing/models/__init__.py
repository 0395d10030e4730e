"""What is true of applications and licences."""

from mumpuni.licensing.models.applications import (
    REQUIRED_DOCUMENTS,
    ApplicationDocument,
    ApplicationScheme,
    LicenceApplication,
)
from mumpuni.licensing.models.bodies import (
    ADMITTED,
    FOUNDERS_OF_TYPE,
    GROUPS_OF_TYPE,
    Affiliation,
    BodyType,
    CandidateGroup,
    FounderKind,
)
from mumpuni.licensing.models.licences import (
    History,
    Licence,
    LicenceScope,
    LicenceTerm,
    Status,
)
from mumpuni.licensing.models.sanctions import Sanction

__all__ = [
    "ADMITTED",
    "FOUNDERS_OF_TYPE",
    "GROUPS_OF_TYPE",
    "REQUIRED_DOCUMENTS",
    "Affiliation",
    "ApplicationDocument",
    "ApplicationScheme",
    "BodyType",
    "CandidateGroup",
    "FounderKind",
    "History",
    "Licence",
    "LicenceApplication",
    "LicenceScope",
    "LicenceTerm",
    "Sanction",
    "Status",
]
