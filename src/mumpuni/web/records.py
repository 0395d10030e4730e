"""A record's page: what is true, what may be done next, what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from mumpuni.kernel import queries, workflow

if TYPE_CHECKING:
    from mumpuni.kernel.models import Record
    from mumpuni.web.page import PageRequest


def record_page(request: PageRequest, record: Record, **context: Any) -> dict[str, Any]:
    """Return the context of a template that extends `web/record.html`; one query for the history.

    `record` needs `get_absolute_url`; its steps are posted to that address + `langkah/<name>`.
    """
    now = timezone.now()
    return {
        "record": record,
        "offers": workflow.offers(record, request.person, at=now),
        "edits": workflow.permitted_edits(record, request.person, at=now),
        "history": queries.history(record),
        **context,
    }
