"""Jobs: work after the step, queued in its transaction, done by any number of workers.

A job takes `event_id` (or one key), is safe to run twice and calls one function. Declare it with
`@job` in a package's `jobs.py`; a step or `config/reactions.py` names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

type Job = Task[Any, Any, Any]

RETRIES = 5


def job(*, queue: str = "default") -> Callable[[Callable[..., None]], Job]:
    """Make a function a job that is retried up to five times, waiting longer each time."""
    strategy = RetryStrategy(max_attempts=RETRIES, exponential_wait=4)
    return app.task(queue=queue, retry=strategy, pass_context=False)


def enqueue(job_to_do: Job, **key: int | str) -> None:
    """Queue one job in the current transaction."""
    job_to_do.defer(**key)


def enqueue_each(job_to_do: Job, keys: Iterable[dict[str, Any]]) -> None:
    """Queue one job per key with a single statement."""
    if rows := list(keys):
        job_to_do.batch_defer(*rows)
