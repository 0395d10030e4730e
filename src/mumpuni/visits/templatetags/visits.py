"""The visits made for a record and what they found, on that record's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from mumpuni.access.roles import Permission
from mumpuni.visits import queries

if TYPE_CHECKING:
    from django.template.context import Context

    from mumpuni.kernel.models import Record

register = template.Library()


@register.inclusion_tag("visits/about.html", takes_context=True)
def visits(context: Context, record: Record) -> dict[str, Any]:
    """The visits and findings the reader may see, and the way to plan one; at most two queries."""
    person = context["request"].person
    found = list(queries.visits(person).filter(pk__in=queries.visits_about(record)))
    findings = queries.findings(person).filter(visit__in=found).order_by("pk")
    return {
        "record": record,
        "visits": sorted(found, key=lambda visit: (visit.starts_on, visit.pk)),
        "findings": findings if found else [],
        "may_plan": person.holds(Permission.VISIT_PLAN),
    }
