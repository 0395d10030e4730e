"""What pages, endpoints and other packages read; public, so nobody is asked who asks."""

from mumpuni.reference.queries.catalogue import (
    instrument_forms,
    number_patterns,
    posts,
    regulations,
    releases,
    satisfaction_bands,
    satisfaction_elements,
)
from mumpuni.reference.queries.classifications import (
    codes,
    find_code,
    kbji_codes,
    kbli_codes,
    kkni_level,
    path_to,
    search_codes,
    versions,
)
from mumpuni.reference.queries.places import (
    provinces,
    region,
    regions,
    regions_within,
    search_regions,
)

__all__ = [
    "codes",
    "find_code",
    "instrument_forms",
    "kbji_codes",
    "kbli_codes",
    "kkni_level",
    "number_patterns",
    "path_to",
    "posts",
    "provinces",
    "region",
    "regions",
    "regions_within",
    "regulations",
    "releases",
    "satisfaction_bands",
    "satisfaction_elements",
    "search_codes",
    "search_regions",
    "versions",
]
