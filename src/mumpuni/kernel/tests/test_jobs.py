"""Jobs are queued in the transaction that asks for them, wherever that runs."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from mumpuni.kernel.jobs import do_queued, enqueue, enqueue_each, job, take_up_abandoned

pytestmark = pytest.mark.django_db(transaction=True)

done: list[int] = []


class Broken(Exception):
    """What a job trips over."""


@job()
def note(key: int) -> None:
    done.append(key)


@job()
def note_twice(key: int) -> None:
    enqueue_each(note, [{"key": key}, {"key": key + 1}])


@job()
def break_off(key: int) -> None:
    with transaction.atomic():
        enqueue(note, key=key)
        raise Broken


@pytest.fixture(autouse=True)
def _empty_queue() -> Iterator[None]:
    done.clear()
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


def test_jobs_and_those_they_queue_are_done() -> None:
    enqueue(note_twice, key=1)

    do_queued()

    assert sorted(done) == [1, 2]


def test_a_step_that_fails_queues_nothing() -> None:
    with pytest.raises(Broken):
        break_off(key=1)

    assert not ProcrastinateJob.objects.exists()


def test_a_job_that_fails_queues_nothing() -> None:
    enqueue(break_off, key=1)

    do_queued()

    assert not done
    assert [row.task_name for row in ProcrastinateJob.objects.all()] == [break_off.name]


def test_what_a_killed_worker_had_in_hand_is_queued_again() -> None:
    enqueue_each(note, [{"key": 1}, {"key": 2}])
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH killed AS (INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 minute') RETURNING id)"
            " SELECT procrastinate_fetch_job_v2(NULL, id) FROM killed"
        )

    take_up_abandoned(timestamp=0)
    do_queued()

    assert sorted(done) == [1, 2]


def test_nothing_to_queue_is_no_question_to_the_database(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator] # a fixture of pytest-django
        enqueue_each(note, [])


def test_all_jobs_of_the_application_are_known_to_the_worker() -> None:
    assert note.name in app.tasks
