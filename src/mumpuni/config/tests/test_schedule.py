"""What is done by the clock is known to the worker."""

import pytest
from procrastinate.contrib.django import procrastinate_app
from procrastinate.periodic import PeriodicRegistry

from mumpuni.config.schedule import SCHEDULE
from mumpuni.kernel.jobs import repeat


def test_every_job_of_the_schedule_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = PeriodicRegistry()  # type: ignore[no-untyped-call] # it has no types
    monkeypatch.setattr(procrastinate_app.current_app, "periodic_registry", registry)

    for job, cron in SCHEDULE.items():
        repeat(job, cron)

    known = {one.task.name: one.cron for one in registry.periodic_tasks.values()}
    assert known == {job.name: cron for job, cron in SCHEDULE.items()}
