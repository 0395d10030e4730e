"""What the law asks of schemes; docs/rules/schemes.md has the texts."""

from mumpuni.schemes.rules.schemes import (
    UNUSUAL_VOLUME,
    VERIFICATION_DAYS,
    awaits_number,
    classified,
    follows_a_published_version,
    four_eyes,
    has_core_unit,
    is_unusual,
    level_given,
    loaded_with_its_source,
    remarks_answered,
    titled,
    units_stand,
    volume_explained,
)

__all__ = [
    "UNUSUAL_VOLUME",
    "VERIFICATION_DAYS",
    "awaits_number",
    "classified",
    "follows_a_published_version",
    "four_eyes",
    "has_core_unit",
    "is_unusual",
    "level_given",
    "loaded_with_its_source",
    "remarks_answered",
    "titled",
    "units_stand",
    "volume_explained",
]
