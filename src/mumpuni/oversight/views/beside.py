"""What oversight shows on the page of a licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mumpuni.access.roles import Permission
from mumpuni.oversight import queries

if TYPE_CHECKING:
    from mumpuni.access.person import Person
    from mumpuni.licensing.models import Licence


def of_licence(licence: Licence, person: Person) -> tuple[str, dict[str, Any]] | None:
    """The cases about it that the person is told of, and the way to open one; one query."""
    if not person.holds(Permission.SANCTION_VIEW):
        return None
    return "oversight/beside_licence.html", {
        "licence": licence,
        "cases": queries.cases(person).filter(licence=licence).order_by("-pk"),
        "may_propose": person.holds(Permission.SANCTION_PROPOSE),
    }
