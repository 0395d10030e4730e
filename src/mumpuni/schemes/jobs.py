"""What is done after a step."""

from __future__ import annotations

from django.utils import timezone

from mumpuni.access.person import SYSTEM
from mumpuni.kernel.jobs import job
from mumpuni.kernel.workflow import perform_all
from mumpuni.schemes import queries


@job()
def number_waiting_schemes(event_id: int) -> None:
    """Number the schemes that were verified before their owner had a code."""
    perform_all(queries.versions_to_number(), "number", SYSTEM, at=timezone.now())
