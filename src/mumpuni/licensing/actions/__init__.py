"""What the steps and edits of applications and licences do."""

from mumpuni.licensing.actions.applications import (
    Judgement,
    attaching,
    choosing,
    date_decision,
    date_submission,
    dropping,
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
    "choosing",
    "date_decision",
    "date_submission",
    "discarding",
    "dropping",
    "impose",
    "judging",
    "license_all",
    "lift",
    "preparing",
    "withdrawing",
]
