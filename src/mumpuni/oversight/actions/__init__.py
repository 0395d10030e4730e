"""What the steps and edits of cases, obligations and appeals do."""

from mumpuni.oversight.actions.appeals import date_decision, file_appeal, undo_sanction
from mumpuni.oversight.actions.cases import (
    RULINGS,
    ask_the_body,
    date_decree,
    discard_obligations,
    open_case,
    raise_obligations,
    rule_on,
    take_effect,
)
from mumpuni.oversight.actions.obligations import (
    FILES,
    attach_file,
    prepare_obligation,
    set_due_day,
    withdraw_file,
)

__all__ = [
    "FILES",
    "RULINGS",
    "ask_the_body",
    "attach_file",
    "date_decision",
    "date_decree",
    "discard_obligations",
    "file_appeal",
    "open_case",
    "prepare_obligation",
    "raise_obligations",
    "rule_on",
    "set_due_day",
    "take_effect",
    "undo_sanction",
    "withdraw_file",
]
