"""What is true of standards and schemes."""

from mumpuni.schemes.models.changes import SchemeTransition, StandardChange
from mumpuni.schemes.models.remarks import VerificationRemark
from mumpuni.schemes.models.schemes import Scheme, SchemeUnit, SchemeVersion
from mumpuni.schemes.models.standards import (
    CompetencyStandard,
    CompetencyUnit,
    PerformanceCriterion,
    UnitElement,
)

__all__ = [
    "CompetencyStandard",
    "CompetencyUnit",
    "PerformanceCriterion",
    "Scheme",
    "SchemeTransition",
    "SchemeUnit",
    "SchemeVersion",
    "StandardChange",
    "UnitElement",
    "VerificationRemark",
]
