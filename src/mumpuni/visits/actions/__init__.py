"""What is done with visits, findings and the register of licensing assessors."""

from mumpuni.visits.actions.assessors import (
    Entry,
    activate,
    add_term,
    declare_tie,
    end_tie,
    enter,
)
from mumpuni.visits.actions.files import Upload, kept, told
from mumpuni.visits.actions.findings import (
    attach_evidence,
    draft_finding,
    give_more_time,
    set_due_day,
    withdraw_evidence,
)
from mumpuni.visits.actions.papers import (
    issue_letters,
    issue_reports,
    number_letters,
    number_reports,
)
from mumpuni.visits.actions.visits import (
    Plan,
    add_photo,
    answer_items,
    appoint,
    date_report,
    declare_impartial,
    dismiss,
    plan_visit,
    plan_visits,
    raise_findings,
    waive,
)

__all__ = [
    "Entry",
    "Plan",
    "Upload",
    "activate",
    "add_photo",
    "add_term",
    "answer_items",
    "appoint",
    "attach_evidence",
    "date_report",
    "declare_impartial",
    "declare_tie",
    "dismiss",
    "draft_finding",
    "end_tie",
    "enter",
    "give_more_time",
    "issue_letters",
    "issue_reports",
    "kept",
    "number_letters",
    "number_reports",
    "plan_visit",
    "plan_visits",
    "raise_findings",
    "set_due_day",
    "told",
    "waive",
    "withdraw_evidence",
]
