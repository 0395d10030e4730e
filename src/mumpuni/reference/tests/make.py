"""The published data, loaded once for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from mumpuni.reference.loading import load_all


@contextmanager
def loaded(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the data folder in a transaction around the tests' own, and take it back after them.

    Use it in a fixture of module scope that asks for `django_db_setup` and `django_db_blocker`.
    """
    with blocker.unblock(), transaction.atomic():
        load_all(settings.DATA)
        with blocker.block():
            yield
        transaction.set_rollback(True)
