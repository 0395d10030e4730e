"""A batch of certificates whose workers are killed again and again: nothing is lost or done twice.

`MUMPUNI_TEST_CANDIDATES` and `MUMPUNI_TEST_KILLS` make it larger than the usual check has time for.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import SystemRandom

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from mumpuni.access.models import Individual
from mumpuni.assessment.models import Candidate, Session
from mumpuni.certificates import checks
from mumpuni.certificates.models import CertificateRequest
from mumpuni.certificates.tests import make
from mumpuni.config.children import Child, running
from mumpuni.kernel import jobs
from mumpuni.kernel.queries import progress_of
from mumpuni.kernel.workflow import perform
from mumpuni.simulation.names import people
from mumpuni.transparency.actions import self_check
from mumpuni.transparency.models import Leaf

pytestmark = pytest.mark.django_db(transaction=True)

CANDIDATES = int(os.environ.get("MUMPUNI_TEST_CANDIDATES", "1000"))
KILLS = int(os.environ.get("MUMPUNI_TEST_KILLS", "4"))
# in seconds; a worker alone would need longer to issue them all
LONGEST_LIFE = CANDIDATES / 2000
PATIENCE, PAUSE = 600, 0.02
LONG_SILENT = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"


@pytest.mark.usefixtures("programs_use_the_database_of_the_test")
def test_whenever_workers_are_killed_every_certificate_is_issued_once(tmp_path: Path) -> None:
    request = make.submitted_request(decided_session())
    perform(request, "approve", make.officer(), at=make.ISSUED_AT)
    lives, interrupted = SystemRandom(), 0

    for nth in range(KILLS):
        with worker(tmp_path / str(nth)) as child:
            wait_until(lambda: in_hand() > 0 or all_is_done(request))
            # the first is killed at work for certain, the others at any moment
            time.sleep(lives.uniform(0, LONGEST_LIFE) if nth else 0)
            child.process.kill()
        interrupted += in_hand()
        time_passes()
    with worker(tmp_path / "last"):
        wait_until(lambda: all_is_done(request))

    assert interrupted
    assert_nothing_is_lost_or_doubled(request)


def assert_nothing_is_lost_or_doubled(request: CertificateRequest) -> None:
    certificates = list(request.certificates.select_related("credential"))
    assert len({one.candidate_id for one in certificates}) == len(certificates) == CANDIDATES
    for numbers in (
        sorted(int(one.number.split()[3]) for one in certificates),
        sorted(int(one.registration_number.split(".")[2]) for one in certificates),
    ):
        assert numbers == list(range(1, CANDIDATES + 1))
    assert Leaf.objects.filter(action=Leaf.Action.ISSUE).count() == CANDIDATES
    assert not list(checks.findings())
    assert not self_check(timezone.now()).findings
    progress = progress_of(request)
    assert progress is not None
    assert (progress.state, progress.done, progress.failed) == ("done", CANDIDATES, 0)
    assert not ProcrastinateJob.objects.filter(status="failed").exists()


def decided_session() -> Session:
    """Copy the candidate of a session, for to enter each by itself would take too long."""
    session = make.decided_session(candidates=1, not_yet=0)
    first = session.candidates.get()
    individuals = [Individual(name=one.name) for one in people(CANDIDATES - 1, seed=1)]
    for place, one in enumerate(individuals):
        one.identify("nik", f"{place:016}")
    Individual.objects.bulk_create(individuals)
    columns = [column.attname for column in Candidate._meta.concrete_fields]
    same = {name: getattr(first, name) for name in columns if name not in {"id", "individual_id"}}
    Candidate.objects.bulk_create(Candidate(**same, individual=one) for one in individuals)
    return session


@contextmanager
def worker(logs: Path) -> Iterator[Child]:
    """Run a worker, and begin when it looks for work."""
    before = set(ProcrastinateWorker.objects.values_list("pk", flat=True))
    with running({"worker": ()}, logs) as [child]:
        wait_until(lambda: ProcrastinateWorker.objects.exclude(pk__in=before).exists())
        yield child


def in_hand() -> int:
    """Count the jobs that some worker does, or did when it was killed."""
    return ProcrastinateJob.objects.filter(status="doing").count()


def time_passes() -> None:
    """Let the worker that was killed have been silent for long, and the minute's job come."""
    with connection.cursor() as cursor:
        cursor.execute(LONG_SILENT)
    jobs.take_up_abandoned(int(timezone.now().timestamp()))


def all_is_done(request: CertificateRequest) -> bool:
    request.refresh_from_db()
    return request.state == "issued" and not Leaf.objects.filter(index=None).exists()


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(PAUSE)
