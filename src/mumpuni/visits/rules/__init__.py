"""What the law asks of visits, their teams and findings; docs/rules/visits.md has the texts."""

from mumpuni.visits.rules.assessors import (
    check_one_account,
    is_oneself,
    same_person,
    term_in_force,
)
from mumpuni.visits.rules.files import KINDS, check_file, check_size
from mumpuni.visits.rules.findings import (
    answer_complete,
    due_after_return,
    is_observation,
    last_day_for,
    overdue,
    verifier_untied,
    visit_running,
)
from mumpuni.visits.rules.gates import UNSETTLED, check_findings_settled, check_visited, took_part
from mumpuni.visits.rules.teams import (
    available,
    check_appointable,
    check_waivable,
    current_members,
    is_body,
    of_the_team,
    of_the_visiting_team,
    part_of,
    team_has_lead,
    team_leader,
    untied,
)
from mumpuni.visits.rules.ties import SOURCES, FoundTie, found_ties
from mumpuni.visits.rules.visits import (
    all_impartial,
    has_begun,
    report_complete,
    report_due,
)

__all__ = [
    "KINDS",
    "SOURCES",
    "UNSETTLED",
    "FoundTie",
    "all_impartial",
    "answer_complete",
    "available",
    "check_appointable",
    "check_file",
    "check_findings_settled",
    "check_one_account",
    "check_size",
    "check_visited",
    "check_waivable",
    "current_members",
    "due_after_return",
    "found_ties",
    "has_begun",
    "is_body",
    "is_observation",
    "is_oneself",
    "last_day_for",
    "of_the_team",
    "of_the_visiting_team",
    "overdue",
    "part_of",
    "report_complete",
    "report_due",
    "same_person",
    "team_has_lead",
    "team_leader",
    "term_in_force",
    "took_part",
    "untied",
    "verifier_untied",
    "visit_running",
]
