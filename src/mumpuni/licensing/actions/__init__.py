"""What the steps and edits of applications and licences do."""

from mumpuni.licensing.actions.applications import (
    Judgement,
    attaching,
    date_decision,
    date_submission,
    exchanging,
    judging,
    propose_course,
    proposing,
    withdrawing,
)
from mumpuni.licensing.actions.beginning import (
    Opening,
    begin_application,
    openings,
    prefilled,
)
from mumpuni.licensing.actions.decisions import issue_decisions, number_decrees
from mumpuni.licensing.actions.entering import EnteredLicence, enter_licences
from mumpuni.licensing.actions.grants import (
    GRANTS,
    LICENCE_MONTHS,
    LICENSED_FACTS,
    grant_all,
)
from mumpuni.licensing.actions.licences import (
    impose,
    lifting,
    preparing,
)
from mumpuni.licensing.actions.reminders import REMINDERS, remind, to_remind

__all__ = [
    "GRANTS",
    "LICENCE_MONTHS",
    "LICENSED_FACTS",
    "REMINDERS",
    "EnteredLicence",
    "Judgement",
    "Opening",
    "attaching",
    "begin_application",
    "date_decision",
    "date_submission",
    "enter_licences",
    "exchanging",
    "grant_all",
    "impose",
    "issue_decisions",
    "judging",
    "lifting",
    "number_decrees",
    "openings",
    "prefilled",
    "preparing",
    "propose_course",
    "proposing",
    "remind",
    "to_remind",
    "withdrawing",
]
