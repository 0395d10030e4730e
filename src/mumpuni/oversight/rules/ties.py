"""Who may not act because they belong to the body."""

from __future__ import annotations

from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.rules import check_outside
from mumpuni.oversight.models import Appeal, Obligation, SanctionCase


def outside_the_body(record: SanctionCase | Obligation | Appeal, attempt: Attempt) -> None:
    """L-14: nobody of the authority acts on a body they belong to."""
    check_outside(record.organisation, attempt)
