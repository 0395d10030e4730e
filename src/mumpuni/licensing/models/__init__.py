"""What is true of applications and licences."""

from mumpuni.licensing.models.applications import (
    ApplicationDocument,
    ApplicationScheme,
    LicenceApplication,
    ProposedChange,
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
from mumpuni.licensing.models.checklists import (
    Checklist,
    DocumentItem,
    checklist_on,
    items_of,
    required_documents,
)
from mumpuni.licensing.models.licences import (
    EndingReminder,
    History,
    Licence,
    LicenceScope,
    LicenceTerm,
    Status,
)
from mumpuni.licensing.models.routes import (
    EXPLAINED,
    ROUTES,
    VISITS,
    first_phase,
    next_phase,
    route_of,
)
from mumpuni.licensing.models.sanctions import Sanction

__all__ = [
    "ADMITTED",
    "EXPLAINED",
    "FOUNDERS_OF_TYPE",
    "GROUPS_OF_TYPE",
    "ROUTES",
    "VISITS",
    "Affiliation",
    "ApplicationDocument",
    "ApplicationScheme",
    "BodyType",
    "CandidateGroup",
    "Checklist",
    "DocumentItem",
    "EndingReminder",
    "FounderKind",
    "History",
    "Licence",
    "LicenceApplication",
    "LicenceScope",
    "LicenceTerm",
    "ProposedChange",
    "Sanction",
    "Status",
    "checklist_on",
    "first_phase",
    "items_of",
    "next_phase",
    "required_documents",
    "route_of",
]
