"""The documents issued about a record, on that record's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from mumpuni.casework import queries

if TYPE_CHECKING:
    from mumpuni.access.models import Organisation
    from mumpuni.kernel.models import Record

register = template.Library()


@register.inclusion_tag("casework/documents.html")
def documents(record: Record) -> dict[str, Any]:
    """The documents about a record that is shown to whoever may see it; one query."""
    return {"documents": queries.documents_of(record)}


@register.inclusion_tag("casework/documents.html")
def decisions(body: Organisation) -> dict[str, Any]:
    """What was decided about a body and all may read; one query."""
    return {"documents": queries.decisions_on(body)}
