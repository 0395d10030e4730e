"""Writing a finding, answering it, giving it time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from mumpuni.kernel.workflow import Actor, Attempt, Changes, amend_parts, begin
from mumpuni.visits import rules
from mumpuni.visits.actions.files import Upload, kept, told
from mumpuni.visits.models import Finding, FindingEvidence, Visit

EVIDENCE: Final = "evidence"


def draft_finding(
    visit: Visit, values: Mapping[str, Any], actor: Actor, *, at: datetime
) -> Finding:
    """Write down what a visit found; the body is told when the visit is reported."""
    finding = Finding(visit=visit, **values)
    begin(finding, actor, at=at)
    return finding


def set_due_day(finding: Finding, attempt: Attempt) -> None:
    finding.due_on = rules.last_day_for(finding.grade, attempt.on)


def give_more_time(finding: Finding, attempt: Attempt) -> None:
    finding.due_on = rules.due_after_return(finding.due_on, attempt.on)


def attach_evidence(finding: Finding, upload: Upload, actor: Actor, *, at: datetime) -> None:
    """Keep a file that shows what was done; the same one again changes nothing."""
    attempt = Attempt(actor, at)

    def change(locked: Finding) -> Changes:
        facts = kept("evidence", upload, rules.KINDS, attempt)
        if locked.evidence.filter(sha256=facts["sha256"], withdrawn_at=None).exists():
            return {}
        made = FindingEvidence.objects.create(finding=locked, uploaded_at=at, **facts)
        return {EVIDENCE: ["", told(made)]}

    amend_parts(finding, EVIDENCE, change, actor, at=at)


def withdraw_evidence(
    finding: Finding, evidence: FindingEvidence, actor: Actor, *, at: datetime
) -> None:
    """Take a file back; it stays on record."""

    def change(_locked: Finding) -> Changes:
        if evidence.withdrawn_at is not None:
            return {}
        evidence.withdrawn_at = at
        evidence.save()
        return {EVIDENCE: [told(evidence), ""]}

    amend_parts(finding, EVIDENCE, change, actor, at=at)
