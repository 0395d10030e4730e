"""What is done for the log: published within seconds, witnessed, and looked after."""

from __future__ import annotations

from contextlib import suppress

import structlog
from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from mumpuni.kernel.jobs import QUEUE, job
from mumpuni.transparency import actions, queries

log = structlog.get_logger("mumpuni.transparency")


@job()
def publish_log(timestamp: int) -> None:
    """Publish what waits. Where the log is damaged find out where; it refuses until mended."""
    try:
        actions.publish(timezone.now())
    except actions.LogDamaged:
        if not queries.is_known_to_be_damaged():
            actions.self_check(timezone.now())
        raise


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
