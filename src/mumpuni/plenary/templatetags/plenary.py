"""What meetings decided about a record, on that record's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from mumpuni.access.roles import Permission
from mumpuni.plenary import queries

if TYPE_CHECKING:
    from django.template.context import Context

    from mumpuni.kernel.models import Record

register = template.Library()


@register.inclusion_tag("plenary/votes.html", takes_context=True)
def votes(context: Context, record: Record) -> dict[str, Any]:
    """The votes on a record and the way onto an agenda; one query.

    Outside the authority only what was decided is told.
    """
    person = context["request"].person
    within = person.holds(Permission.MEETING_VIEW)
    found = list(queries.votes_on(record))
    listed = {vote.question for vote in found if vote.state == vote.State.LISTED}
    return {
        "record": record,
        "within": within,
        "votes": [vote for vote in found if within or vote.state == vote.State.DECIDED],
        "asking": [
            question
            for question in queries.questions_about(record)
            if person.holds(Permission.MEETING_MANAGE) and question.name not in listed
        ],
    }
