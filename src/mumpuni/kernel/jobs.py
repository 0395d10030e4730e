"""Jobs: work after the step, queued in its transaction, done by any number of workers.

A job takes `event_id` (or one key), is safe to run twice and calls one function. Declare it with
`@job` in a package's `jobs.py`; a step or `config/reactions.py` names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils import timezone
from procrastinate import RetryStrategy, sql
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import Task

type Job = Task[Any, Any, Any]

RETRIES = 5
# a worker speaks every ten seconds
SILENT_SECONDS = 30
# within a worker, too, jobs are queued over the connection that holds the transaction
OVER_DJANGO = DjangoConnector(alias=DEFAULT_DB_ALIAS)
QUEUE = JobManager(OVER_DJANGO)


def job(*, queue: str = "default", first: bool = False) -> Callable[[Callable[..., None]], Job]:
    """Make a function a job that is retried up to five times, waiting longer each time.

    What is to be done `first` finishes something that is begun, before more is begun.
    """
    strategy = RetryStrategy(max_attempts=RETRIES, exponential_wait=4)
    return app.task(queue=queue, retry=strategy, pass_context=False, priority=int(first))


def enqueue(job_to_do: Job, **key: int | str) -> None:
    """Queue one job in the current transaction."""
    enqueue_each(job_to_do, [key])


def enqueue_each(job_to_do: Job, keys: Iterable[dict[str, Any]]) -> None:
    """Queue one job per key with a single statement, in the current transaction."""
    if rows := list(keys):
        deferrer = job_to_do.configure()
        deferrer.job_manager = QUEUE
        deferrer.batch_defer(*rows)


def repeat(job_to_do: Job, cron: str) -> None:
    """Let the worker of this process queue a job whenever `cron` says; it gets the `timestamp`."""
    app.periodic(cron=cron)(job_to_do)


@job()
def take_up_abandoned(timestamp: int) -> None:
    """Queue again what workers had in hand that were killed, or whose host went away."""
    with transaction.atomic():
        abandoned = OVER_DJANGO.execute_query_all(
            sql.queries["select_stalled_jobs_by_heartbeat"],
            queue=None,
            task_name=None,
            seconds_since_heartbeat=SILENT_SECONDS,
        )
        for row in abandoned:
            QUEUE.retry_job_by_id(row["id"], retry_at=timezone.now())


def do_queued() -> None:
    """Do the jobs that wait, and those they queue, and return: a worker for once."""
    with ThreadPoolExecutor(1) as thread:  # whoever calls may have an event loop of their own
        thread.submit(_work_once).result()


def _work_once() -> None:
    with app.replace_connector(OVER_DJANGO.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
