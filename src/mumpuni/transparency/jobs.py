"""What is done for the log: published within seconds, witnessed, and looked after."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from mumpuni.kernel.jobs import QUEUE, enqueue, job
from mumpuni.transparency import actions, queries, witnesses
from mumpuni.transparency.models import Checkpoint


@job(first=True)
def publish_log(timestamp: int) -> None:
    """Publish what waits. A damaged log is not signed, and no second attempt would mend it."""
    try:
        head = actions.publish(timezone.now())
    except actions.LogDamaged:
        if not queries.is_known_to_be_damaged():
            actions.self_check(timezone.now())
        return
    if head and witnesses.missing(head):
        enqueue(witness_log, size=head.size)


@job()
def witness_log(size: int) -> None:
    """Have a head signed by the witnesses that have not; the next minute asks again."""
    witnesses.collect(Checkpoint.objects.get(size=size))


@job()
def check_log(timestamp: int) -> None:
    """Compare all that is kept with all that was published."""
    actions.self_check(timezone.now())


def publish_soon() -> None:
    """Publish once this transaction has committed; however many ask, one job waits at a time.

    Queued after the commit, for a lock on the waiting job would let one transaction wait for the
    other. What a crash in between leaves behind is published within a minute, by the schedule.
    """
    transaction.on_commit(_queue_publication)


def _queue_publication() -> None:
    deferrer = publish_log.configure(queueing_lock="transparency.publish")
    deferrer.job_manager = QUEUE
    with suppress(AlreadyEnqueued):
        deferrer.defer(timestamp=int(timezone.now().timestamp()))
