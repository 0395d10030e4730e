"""What is true of standards and schemes."""

from mumpuni.schemes.models.standards import (
    CompetencyStandard,
    CompetencyUnit,
    PerformanceCriterion,
    UnitElement,
)

__all__ = ["CompetencyStandard", "CompetencyUnit", "PerformanceCriterion", "UnitElement"]
