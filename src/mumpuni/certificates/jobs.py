"""What follows an approval: numbers and records, then documents."""

from __future__ import annotations

from mumpuni.certificates import actions
from mumpuni.kernel.jobs import enqueue, job
from mumpuni.kernel.models import Event


@job()
def issue(event_id: int) -> None:
    """Issue what a request asks for, dated on the approval; run again, it issues nothing."""
    event = Event.objects.get(pk=event_id)
    if actions.issue(event.subject_id, at=event.at):
        enqueue(make_documents, request_id=event.subject_id)


@job()
def make_documents(request_id: int) -> None:
    """Make the documents a request still lacks, then finish the request."""
    actions.make_documents(request_id)


@job()
def count_issued(timestamp: int) -> None:
    """Count the certificates of every year anew, for the open statistics."""
    actions.count_issued()


@job()
def print_replacement(event_id: int) -> None:
    """Make the document of the certificate that took another's place, if it has none yet."""
    event = Event.objects.get(pk=event_id)
    actions.print_replacement(event.subject_id, at=event.at)
