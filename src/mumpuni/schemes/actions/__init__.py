"""What becomes of schemes, and of what verifiers remark on them."""

from mumpuni.schemes.actions.changes import begin_transitions, revoke_standards
from mumpuni.schemes.actions.remarks import (
    ANSWERS,
    REMARKS,
    answer_remark,
    withdraw_remark,
    write_remark,
)
from mumpuni.schemes.actions.schemes import (
    UNITS,
    add_units,
    arrange_units,
    begin_next_version,
    begin_scheme,
    count_in_year,
    date_retirement,
    date_submission,
    date_verification,
    file_under_category,
    number_schemes,
    scheme_number,
)

__all__ = [
    "ANSWERS",
    "REMARKS",
    "UNITS",
    "add_units",
    "answer_remark",
    "arrange_units",
    "begin_next_version",
    "begin_scheme",
    "begin_transitions",
    "count_in_year",
    "date_retirement",
    "date_submission",
    "date_verification",
    "file_under_category",
    "number_schemes",
    "revoke_standards",
    "scheme_number",
    "withdraw_remark",
    "write_remark",
]
