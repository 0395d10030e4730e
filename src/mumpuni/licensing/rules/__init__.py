"""What is required of applications, their documents, and licences; one function per rule."""

from mumpuni.licensing.rules.applications import (
    all_accepted,
    asks_for_data,
    asks_for_facts,
    asks_for_schemes,
    check_type,
    data_differ,
    may_go_without_assessment,
    no_other_open,
    not_the_assessor,
    outside_the_applicant,
)
from mumpuni.licensing.rules.deadlines import (
    APPRECIATION_DAYS,
    ASSESSMENT_DAYS,
    CORRECTION_DAYS,
    PLENARY_DAYS,
    VERIFICATION_DAYS,
    WITNESS_DAYS,
    correction_time_over,
)
from mumpuni.licensing.rules.documents import (
    check_asked_for,
    check_judgement,
    check_pdf,
    check_size,
)
from mumpuni.licensing.rules.licences import (
    check_active,
    check_in_scope,
    check_term,
    freeze_lifted,
    freeze_prepared,
    origin_told,
    outside_the_body,
    revocation_lifted,
    revocation_prepared,
    sanction_within_licence,
)
from mumpuni.licensing.rules.readiness import (
    REQUIREMENTS,
    Finding,
    Readiness,
    Requirement,
    readiness,
)
from mumpuni.licensing.rules.schemes import (
    SCOPE_ASSESSMENT_SCHEMES,
    check_adding,
    schemes_verified,
    scope_changes,
)
from mumpuni.licensing.rules.standing import (
    licence_permits,
    only_reduced_while_frozen,
    renewal_not_early,
)
from mumpuni.licensing.rules.ties import check_outside
from mumpuni.licensing.rules.visits import findings_settled, visit_reported
from mumpuni.licensing.rules.votes import vote_carried, vote_rejected

__all__ = [
    "APPRECIATION_DAYS",
    "ASSESSMENT_DAYS",
    "CORRECTION_DAYS",
    "PLENARY_DAYS",
    "REQUIREMENTS",
    "SCOPE_ASSESSMENT_SCHEMES",
    "VERIFICATION_DAYS",
    "WITNESS_DAYS",
    "Finding",
    "Readiness",
    "Requirement",
    "all_accepted",
    "asks_for_data",
    "asks_for_facts",
    "asks_for_schemes",
    "check_active",
    "check_adding",
    "check_asked_for",
    "check_in_scope",
    "check_judgement",
    "check_outside",
    "check_pdf",
    "check_size",
    "check_term",
    "check_type",
    "correction_time_over",
    "data_differ",
    "findings_settled",
    "freeze_lifted",
    "freeze_prepared",
    "licence_permits",
    "may_go_without_assessment",
    "no_other_open",
    "not_the_assessor",
    "only_reduced_while_frozen",
    "origin_told",
    "outside_the_applicant",
    "outside_the_body",
    "readiness",
    "renewal_not_early",
    "revocation_lifted",
    "revocation_prepared",
    "sanction_within_licence",
    "schemes_verified",
    "scope_changes",
    "visit_reported",
    "vote_carried",
    "vote_rejected",
]
