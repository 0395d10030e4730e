"""What packages above a record's own show on its page: they are named in `config/apps.py`.

Each tells, for a record and whoever reads it, a template and what to put into it; nothing where it
has nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mumpuni.access.person import Person

type Shows = Callable[[Any, Person], tuple[str, dict[str, Any]] | None]

BESIDE: Final[dict[str, tuple[Shows, ...]]] = {}
