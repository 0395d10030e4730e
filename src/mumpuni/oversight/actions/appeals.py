"""Filing an appeal, and what follows when it is upheld."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from mumpuni.access.scope import OwnedRecord
from mumpuni.kernel.models import LONGEST_TITLE
from mumpuni.kernel.time import legal_day
from mumpuni.kernel.workflow import Actor, Attempt, begin
from mumpuni.oversight.actions.cases import end
from mumpuni.oversight.models import Appeal, SanctionCase


def file_appeal(
    decision: OwnedRecord, organisation_id: int, grounds: str, actor: Actor, *, at: datetime
) -> Appeal:
    """Appeal for a body against a decision."""
    appeal = Appeal(
        case_kind=decision.subject,
        case_id=decision.pk,
        organisation_id=organisation_id,
        title=str(decision)[:LONGEST_TITLE],
        grounds=grounds,
        filed_on=legal_day(at),
    )
    begin(appeal, actor, at=at)
    return appeal


def date_decision(appeal: Appeal, attempt: Attempt) -> None:
    appeal.decided_on = attempt.on


def undo_sanction(appeal: Appeal, attempt: Attempt) -> None:
    """End the sanction from the day of the decision; a refused body may apply again anyway."""
    case = appeal.decision
    if isinstance(case, SanctionCase) and case.sanction and case.sanction.lifted_on is None:
        with translation.override("id"):
            note = _("Banding dikabulkan.")
        end(case.licence, case.sanction, attempt.on, note, at=attempt.at)
