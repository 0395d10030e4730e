"""What waits to be done, and who does it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from mumpuni.kernel.jobs import SILENT_SECONDS

UNFINISHED = ("todo", "doing", "failed")
SILENCE = timedelta(seconds=SILENT_SECONDS)


def unfinished() -> dict[str, int]:
    """Return how many jobs wait, are being done and have failed; one query."""
    jobs = ProcrastinateJob.objects.filter(status__in=UNFINISHED).order_by()
    counted = dict(jobs.values_list("status").annotate(Count("pk")))
    return {status: counted.get(status, 0) for status in UNFINISHED}


def workers(at: datetime) -> int:
    """Return how many workers have lately said that they live; one query."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=at - SILENCE).count()
