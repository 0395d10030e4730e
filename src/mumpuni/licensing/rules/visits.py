"""What the visits made for an application ask of its phases."""

from __future__ import annotations

from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.models import VISITS, LicenceApplication
from mumpuni.visits.rules import check_findings_settled, check_visited


def visit_reported(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-26: a phase ends after the report of its visit (N-20)."""
    check_visited(application, VISITS[application.kind, application.state])


def findings_settled(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-27: a phase does not end while a finding about the applicant is unsettled (N-21)."""
    check_findings_settled(application)
