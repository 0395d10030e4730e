"""Records that many tests read, made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def around_tests[T](blocker: DjangoDbBlocker, make: Callable[[], T]) -> Iterator[T]:
    """Make records in a transaction around the tests' own, and take them back after them.

    For a fixture of module scope that asks for `django_db_setup` and `django_db_blocker`; what a test
    changes is undone as ever. A module whose tests commit cannot have one.
    """
    with blocker.unblock(), transaction.atomic():
        made = make()
        with blocker.block():
            yield made
        transaction.set_rollback(True)
