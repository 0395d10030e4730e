"""What the steps and edits of applications and licences do."""

from mumpuni.licensing.actions.applications import (
    Judgement,
    attaching,
    date_decision,
    date_submission,
    exchanging,
    judging,
    withdrawing,
)
from mumpuni.licensing.actions.licences import (
    discarding,
    impose,
    license_all,
    lift,
    preparing,
)

__all__ = [
    "Judgement",
    "attaching",
    "date_decision",
    "date_submission",
    "discarding",
    "exchanging",
    "impose",
    "judging",
    "license_all",
    "lift",
    "preparing",
    "withdrawing",
]
