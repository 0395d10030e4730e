"""What pages, endpoints and other packages read of standards and schemes."""

from mumpuni.schemes.queries.standards import (
    search_units,
    similar_unit_codes,
    standard_by_key,
    standards,
    unit_by_code,
    unit_in_full,
    units,
    units_by_code,
    units_in_full,
    units_of,
)

__all__ = [
    "search_units",
    "similar_unit_codes",
    "standard_by_key",
    "standards",
    "unit_by_code",
    "unit_in_full",
    "units",
    "units_by_code",
    "units_in_full",
    "units_of",
]
