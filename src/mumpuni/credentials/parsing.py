"""JSON from anybody: read so that no two programs can see different things in the same bytes."""

from __future__ import annotations

import json
from typing import Any

from mumpuni.credentials.errors import NotVerified

LONGEST = 1_000_000


def parse_object(content: bytes) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        NotVerified: too long, no JSON, no object, a name twice, a number that JSON does not know.
    """
    if len(content) > LONGEST:
        raise NotVerified("too-long")
    try:
        parsed = json.loads(
            content.decode(), object_pairs_hook=_distinct, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError) as error:
        raise NotVerified("json-malformed") from error
    if not isinstance(parsed, dict):
        raise NotVerified("json-not-an-object")
    return parsed


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise NotVerified("json-name-twice")
    return result


def _refuse_constant(name: str) -> None:
    raise NotVerified("json-malformed", name)
