"""What is true of the country's codes and lists."""

from mumpuni.reference.models.calendar import Holiday
from mumpuni.reference.models.catalogue import (
    InstrumentForm,
    NumberPattern,
    Regulation,
    SatisfactionBand,
    SatisfactionElement,
)
from mumpuni.reference.models.classifications import ClassificationCode
from mumpuni.reference.models.offices import OfficeHolding, Post
from mumpuni.reference.models.places import Region
from mumpuni.reference.models.rows import DatasetRelease, ReferenceRow

__all__ = [
    "ClassificationCode",
    "DatasetRelease",
    "Holiday",
    "InstrumentForm",
    "NumberPattern",
    "OfficeHolding",
    "Post",
    "ReferenceRow",
    "Region",
    "Regulation",
    "SatisfactionBand",
    "SatisfactionElement",
]
