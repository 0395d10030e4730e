from collections.abc import Iterator

import pytest
from django.core.cache import caches

from mumpuni.certificates.tests.fixtures import certificate, issued

__all__ = ["certificate", "issued"]


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> Iterator[None]:
    """Count figures anew in each test."""
    caches["process"].clear()
    yield
    caches["process"].clear()
