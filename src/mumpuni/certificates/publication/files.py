"""A published file: where it is, what it is, and how to tell whether it changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

CREDENTIAL: Final = "application/vc"
JSON: Final = "application/json"
JSON_LD: Final = "application/ld+json"
TOKEN: Final = "application/vc+jwt"  # noqa: S105 - a type of content
TEXT: Final = "text/plain; charset=utf-8"
BYTES: Final = "application/octet-stream"


class NotPublished(LookupError):
    """There is no such thing, or not yet."""


class File(NamedTuple):
    """A file of the static tree, at its path below the public address."""

    path: str
    data: bytes
    kind: str


class Renewed(NamedTuple):
    """A file that changes from time to time: read only where `version` is another one."""

    path: str
    version: str
    read: Callable[[], bytes]
    kind: str
