"""Finding a name by its parts, in an index that keeps three letters at a time."""

from __future__ import annotations

from unicodedata import normalize

from django.db.models import Q

SHORTEST_PART = 3


def having(field: str, text: str) -> Q:
    """Match every word of a text in a name; one of few letters only where a word begins.

    A letter and its mark are one character or two, as the name was typed and as it is looked for.
    """
    found = Q()
    for word in text.split():
        writings = Q()
        for written in dict.fromkeys([word, normalize("NFC", word), normalize("NFD", word)]):
            writings |= _written(field, written)
        found &= writings
    return found


def _written(field: str, word: str) -> Q:
    if len(normalize("NFC", word)) >= SHORTEST_PART:
        return Q(**{f"{field}__icontains": word})
    return Q(**{f"{field}__istartswith": word}) | Q(**{f"{field}__icontains": f" {word}"})
