"""What a step in one package sets off in another: (record, step) to jobs, all on this page."""

from mumpuni.kernel.jobs import Job

REACTIONS: dict[tuple[str, str], tuple[Job, ...]] = {}
