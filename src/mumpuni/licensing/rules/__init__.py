"""What is required of applications, their documents, and licences; one function per rule."""

from mumpuni.licensing.rules.applications import (
    REQUIREMENTS,
    Finding,
    Requirement,
    all_accepted,
    body_without_licence,
    check_type,
    checklist,
    decree_named,
    no_other_open,
    not_the_assessor,
    outside_the_applicant,
    rejected_replaced,
    schemes_verified,
)
from mumpuni.licensing.rules.documents import check_judgement, check_pdf, check_size
from mumpuni.licensing.rules.licences import (
    check_active,
    check_in_scope,
    check_term,
    freeze_prepared,
    outside_the_body,
    revocation_prepared,
    sanction_within_licence,
)
from mumpuni.licensing.rules.votes import vote_carried, vote_rejected

__all__ = [
    "REQUIREMENTS",
    "Finding",
    "Requirement",
    "all_accepted",
    "body_without_licence",
    "check_active",
    "check_in_scope",
    "check_judgement",
    "check_pdf",
    "check_size",
    "check_term",
    "check_type",
    "checklist",
    "decree_named",
    "freeze_prepared",
    "no_other_open",
    "not_the_assessor",
    "outside_the_applicant",
    "outside_the_body",
    "rejected_replaced",
    "revocation_prepared",
    "sanction_within_licence",
    "schemes_verified",
    "vote_carried",
    "vote_rejected",
]
