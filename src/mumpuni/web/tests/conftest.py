"""Pages about parcels, seen by somebody who may send them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from mumpuni.kernel.tests.parcel import Parcel


@pytest.fixture
def parcel_pages(db: None, settings: Settings) -> Iterator[None]:
    settings.ROOT_URLCONF = "mumpuni.web.tests.parcels"
    settings.MIDDLEWARE = [
        "mumpuni.web.tests.parcels.AsSender" if name.endswith("PersonMiddleware") else name
        for name in settings.MIDDLEWARE
    ]
    with connection.schema_editor() as schema:
        schema.create_model(Parcel)
    yield
    with connection.schema_editor() as schema:
        schema.delete_model(Parcel)
