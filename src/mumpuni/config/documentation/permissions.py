"""Who may do what: the roles in plain words, and what each permission opens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mumpuni.access.roles import GRANTS, Permission, Reach, Role, reach
from mumpuni.config.documentation import markdown, records
from mumpuni.kernel.models import Record

INTRODUCTION = """\
# Who may do what

Read from [`access/roles.py`](../../src/mumpuni/access/roles.py), the policy, and from the workflows
([workflows.md](workflows.md)). A membership gives a person a role in an organisation from a day to
a day; everybody who has an account is an individual (*perseorangan*) as well. What one may not see
answers 404; what one may see but not do is refused with the reason."""
REACHES = {
    Reach.NATIONAL: "every organisation",
    Reach.ORGANISATION: "the own organisation",
    Reach.PERSONAL: "what concerns the person",
}


def page() -> str:
    """Return the whole page."""
    return markdown.document(
        INTRODUCTION,
        "## Roles",
        markdown.table(("Role", "Name in code", "Reaches", "Permissions"), _roles()),
        "## Permissions",
        markdown.table(("Permission", "Held by", "Opens"), _permissions()),
    )


def _roles() -> Iterator[tuple[str, ...]]:
    for role in Role:
        granted = [permission for permission in Permission if permission in GRANTS[role]]
        yield (
            markdown.both_languages(role.label),
            f"`{role.value}`",
            REACHES[reach(role)],
            markdown.code(granted),
        )


def _permissions() -> Iterator[tuple[str, ...]]:
    kinds = list(records.kinds())
    for permission in Permission:
        holders = [role.value for role in Role if permission in GRANTS[role]]
        opened = [
            f"{kind.__name__}: {', '.join(opens)}"
            for kind in kinds
            if (opens := list(_opened(kind, permission)))
        ]
        yield (f"`{permission}`", markdown.code(holders), "; ".join(opened))


def _opened(kind: type[Record], permission: Permission) -> Iterator[str]:
    flow: Any = kind.workflow
    if getattr(kind, "view_permission", None) == permission:
        yield "see"
    if permission in getattr(kind, "personal", {}):
        yield "what concerns oneself"
    if flow.begun_by == permission:
        yield "begin"
    for edit in flow.edits:
        if edit.permission == permission:
            yield f"fill in `{edit.name}`"
    for step in flow.steps:
        if step.permission == permission:
            yield f"`{step.name}`"
