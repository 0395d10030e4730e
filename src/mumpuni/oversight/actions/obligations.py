"""Laying down obligations, and showing that they were met."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from mumpuni.kernel.workflow import Actor, Attempt, Changes, amend_parts, begin
from mumpuni.oversight.models import Obligation, ObligationFile, SanctionCase
from mumpuni.reference.queries.calendar import next_working_day
from mumpuni.visits.actions import Upload, kept, told
from mumpuni.visits.rules import KINDS

FILES: Final = "files"


def prepare_obligation(
    case: SanctionCase, values: Mapping[str, Any], actor: Actor, *, at: datetime
) -> Obligation:
    """Lay down what the decision on a case shall oblige the body to."""
    obligation = Obligation(
        case_kind=case.subject, case_id=case.pk, organisation_id=case.organisation_id, **values
    )
    begin(obligation, actor, at=at)
    return obligation


def set_due_day(obligation: Obligation, attempt: Attempt) -> None:
    obligation.due_on = next_working_day(attempt.on + timedelta(days=obligation.days))


def attach_file(obligation: Obligation, upload: Upload, actor: Actor, *, at: datetime) -> None:
    """Keep a file that shows what was done; the same one again changes nothing."""
    attempt = Attempt(actor, at)

    def change(locked: Obligation) -> Changes:
        facts = kept("file", upload, KINDS, attempt)
        if locked.files.filter(sha256=facts["sha256"], withdrawn_at=None).exists():
            return {}
        made = ObligationFile.objects.create(obligation=locked, uploaded_at=at, **facts)
        return {FILES: ["", told(made)]}

    amend_parts(obligation, FILES, change, actor, at=at)


def withdraw_file(
    obligation: Obligation, file: ObligationFile, actor: Actor, *, at: datetime
) -> None:
    """Take a file back; it stays on record."""

    def change(_locked: Obligation) -> Changes:
        if file.withdrawn_at is not None:
            return {}
        file.withdrawn_at = at
        file.save()
        return {FILES: [told(file), ""]}

    amend_parts(obligation, FILES, change, actor, at=at)
