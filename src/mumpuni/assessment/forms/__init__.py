"""What people fill in."""

from mumpuni.assessment.forms.candidates import (
    ApplicationForm,
    EnrolmentForm,
    IdentityForm,
    ResultForm,
    TieForm,
)
from mumpuni.assessment.forms.elements import SelfAssessmentForm
from mumpuni.assessment.forms.sessions import (
    AssignmentForm,
    PlacementForm,
    SessionForm,
    VenueForm,
    VerificationForm,
)
from mumpuni.assessment.forms.uploads import COLUMNS, UploadForm, read_entries, template

__all__ = [
    "COLUMNS",
    "ApplicationForm",
    "AssignmentForm",
    "EnrolmentForm",
    "IdentityForm",
    "PlacementForm",
    "ResultForm",
    "SelfAssessmentForm",
    "SessionForm",
    "TieForm",
    "UploadForm",
    "VenueForm",
    "VerificationForm",
    "read_entries",
    "template",
]
