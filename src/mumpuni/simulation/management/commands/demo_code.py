"""`mumpuni demo-code`."""

from typing import Any

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management.base import BaseCommand

from mumpuni.simulation.demo.cast import SECOND_FACTOR


class Command(BaseCommand):
    help = "Tell the six digits that the demonstration's BNSP accounts are asked for now."

    def handle(self, *args: Any, **options: Any) -> None:
        counters = list(yield_hotp_counters_from_time())
        now = counters[len(counters) // 2]  # between those that a slow clock may still have
        self.stdout.write(format_hotp_value(hotp_value(SECOND_FACTOR, now)))
