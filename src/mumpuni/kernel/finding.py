"""Finding a name by its parts, in an index that keeps three letters at a time."""

from __future__ import annotations

from django.db.models import Q

SHORTEST_PART = 3


def having(field: str, text: str) -> Q:
    """Match every word of a text in a name; one of few letters only where a word begins."""
    found = Q()
    for word in text.split():
        if len(word) >= SHORTEST_PART:
            found &= Q(**{f"{field}__icontains": word})
        else:
            begins = Q(**{f"{field}__istartswith": word})
            found &= begins | Q(**{f"{field}__icontains": f" {word}"})
    return found
