"""What is true of sanction cases, obligations and appeals."""

from mumpuni.oversight.models.appeals import Appeal
from mumpuni.oversight.models.blast import Affected, Group, affected
from mumpuni.oversight.models.obligations import Obligation, ObligationFile
from mumpuni.oversight.models.sanctions import Ruling, SanctionCase

__all__ = [
    "Affected",
    "Appeal",
    "Group",
    "Obligation",
    "ObligationFile",
    "Ruling",
    "SanctionCase",
    "affected",
]
