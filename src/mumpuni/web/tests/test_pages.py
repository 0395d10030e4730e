"""Pages of the toolkit itself."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_style_guide_shows_every_component(client: Client) -> None:
    response = client.get("/styleguide/")

    assert response.status_code == 200
