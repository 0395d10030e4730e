"""Who acts: made once per request or token, and all that views, queries and verbs accept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mumpuni.access.roles import GRANTS, Permission, Reach, Role, reach

if TYPE_CHECKING:
    from mumpuni.kernel.models import Record


@dataclass(frozen=True)
class Person:
    """A user acting for one organisation (or for themselves), with the roles held there today.

    `scopes` narrows a program's token to some permissions; None leaves all.
    """

    user_id: int | None
    name: str
    roles: frozenset[Role]
    organisation_id: int | None = None
    organisation_name: str = ""
    scopes: frozenset[Permission] | None = None
    needs_mfa: bool = False

    @property
    def key(self) -> str:
        """What the audit trail calls the actor."""
        return "system" if self.user_id is None else f"user:{self.user_id}"

    @cached_property
    def _reaches(self) -> dict[Reach, frozenset[Permission]]:
        found: dict[Reach, frozenset[Permission]] = dict.fromkeys(Reach, frozenset())
        for role in self.roles:
            granted = GRANTS[role]
            found[reach(role)] |= granted if self.scopes is None else granted & self.scopes
        return found

    def reaches(self, permission: str) -> tuple[Reach, ...]:
        """Return how far the actor's permission goes, farthest first; empty where there is none."""
        return tuple(far for far, granted in self._reaches.items() if permission in granted)

    def holds(self, permission: str) -> bool:
        """Tell whether the actor has the permission at all, for a menu or a list."""
        return bool(self.reaches(permission))

    def can(self, permission: str, record: Record) -> bool:
        """Tell whether the actor may do this to the record: the one question of the verbs."""
        from mumpuni.access.scope import concerns  # noqa: PLC0415 - scope builds on models

        return any(concerns(record, permission, far, self) for far in self.reaches(permission))


SYSTEM = Person(user_id=None, name="Sistem", roles=frozenset({Role.SYSTEM}))
