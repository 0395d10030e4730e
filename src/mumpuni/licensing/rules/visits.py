"""What the visits made for an application ask of its phases."""

from __future__ import annotations

from typing import Final

from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.models import LicenceApplication
from mumpuni.visits.models import Kind, Visit
from mumpuni.visits.rules import check_findings_settled, check_visited

State = LicenceApplication.State
VISIT_OF: Final = {State.FULL_ASSESSMENT: Kind.ASSESSMENT, State.WITNESS: Kind.WITNESS}


def visit_reported(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-26: a phase for which a visit was planned ends after its report (N-20)."""
    kind = VISIT_OF[State(application.state)]
    planned = Visit.objects.about(application).filter(kind=kind)
    if planned.exclude(state=Visit.State.CANCELLED).exists():
        check_visited(application, kind)


def findings_settled(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-27: a phase does not end while a finding about the applicant is unsettled (N-21)."""
    check_findings_settled(application)
