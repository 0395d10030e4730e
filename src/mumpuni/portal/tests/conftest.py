from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> Iterator[None]:
    """Count lookups and figures anew in each test."""
    cache.clear()
    yield
    cache.clear()
