"""What is true of standards and schemes."""

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
    "SchemeUnit",
    "SchemeVersion",
    "UnitElement",
    "VerificationRemark",
]
