"""`mumpuni worker`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from mumpuni.config.schedule import SCHEDULE
from mumpuni.kernel.jobs import repeat

CONCURRENCY = 2
GRACE_SECONDS = 20


class Command(BaseCommand):
    help = "Do the queued jobs; asked to stop, it finishes those in hand first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--concurrency", type=int, default=CONCURRENCY, help="jobs done at the same time"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for job, cron in SCHEDULE.items():
            repeat(job, cron)
        call_command(
            "procrastinate",
            "worker",
            f"--concurrency={options['concurrency']}",
            f"--shutdown-graceful-timeout={GRACE_SECONDS}",
        )
