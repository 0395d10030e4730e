"""What follows an approval: numbers and records, then proofs, then what the world is shown."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from django.conf import settings
from django.core.files.storage import storages
from django.utils import timezone

from mumpuni.certificates import actions
from mumpuni.certificates.publication.publishing import AheadOfUs, Busy, publish
from mumpuni.kernel.jobs import enqueue, job
from mumpuni.kernel.models import Event

log = structlog.get_logger("mumpuni.certificates")


@job()
def issue(event_id: int) -> None:
    """Issue what a request asks for, dated on the approval; run again, it issues nothing.

    Each chunk's proofs are a job of their own, for as many workers as there are.
    """
    event = Event.objects.get(pk=event_id)

    def queue_proofs(keys: Sequence[int]) -> None:
        enqueue(prove, request_id=event.subject_id, first=min(keys), last=max(keys))

    if not actions.issue(event.subject_id, at=event.at, then=queue_proofs):
        actions.conclude(event.subject_id, at=timezone.now())


@job(first=True)
def prove(request_id: int, first: int, last: int) -> None:
    """Prove the certificates of a chunk; those that are proven are passed over."""
    actions.prove_request(request_id, at=timezone.now(), between=(first, last))


@job()
def prove_replacement(event_id: int) -> None:
    """Prove the certificate that took another's place, and show what became of that one."""
    event = Event.objects.get(pk=event_id)
    actions.prove_replacement(event.subject_id, at=timezone.now())
    actions.sign_status_lists(timezone.now())


@job()
def show_status(event_id: int) -> None:
    """Sign the status lists in which a step changed something."""
    actions.sign_status_lists(timezone.now())


@job()
def sign_status_lists(timestamp: int) -> None:
    """Sign the status lists that changed or were signed an hour ago."""
    actions.sign_status_lists(timezone.now())


@job()
def tell_of_key(event_id: int) -> None:
    """Let the log tell that the keys of a body changed."""
    event = Event.objects.get(pk=event_id)
    actions.tell_of_key(event.subject_id)


@job()
def count_issued(timestamp: int) -> None:
    """Count the certificates of every year anew, for the open statistics."""
    actions.count_issued()


@job()
def publish_tree(timestamp: int) -> None:
    """Write what changed into folder and store of the settings; one that is at it goes on alone."""
    for name in {"tree", "published"} & settings.STORAGES.keys():
        try:
            done = publish(storages[name], timezone.now(), log.debug, wait=False)
        except Busy:
            return
        except AheadOfUs as error:
            log.exception("tree_ahead_of_log", place=name, reason=str(error))
        else:
            for finding in done.damage:
                log.error("tree_finding", place=name, what=finding)


@job()
def archive_documents(timestamp: int, after: int = 0) -> None:
    """Give the documents that are due proofs for decades, a batch for each job."""
    if last := actions.archive_documents(timezone.now(), after=after):
        enqueue(archive_documents, timestamp=timestamp, after=last)


@job()
def check_certificates(timestamp: int) -> None:
    """Compare every certificate with what was signed and told to the log."""
    actions.check_certificates(timezone.now())
