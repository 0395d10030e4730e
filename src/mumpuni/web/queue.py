"""What Prometheus reads of the queue at /metrics, as the database has it when asked."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from mumpuni.kernel.queue import unfinished, workers


class Queue(Collector):
    """The jobs that are not done and the workers that live."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Count them."""
        jobs = GaugeMetricFamily("mumpuni_jobs", "Jobs that are not done", labels=["status"])
        for status, number in unfinished().items():
            jobs.add_metric([status], number)
        yield jobs
        yield GaugeMetricFamily("mumpuni_workers", "Workers alive", value=workers(timezone.now()))


def figures() -> bytes:
    """Return the figures as Prometheus reads them, none while the database fails."""
    registry = CollectorRegistry()
    registry.register(Queue())
    try:
        return generate_latest(registry)
    except DatabaseError:
        return b""
