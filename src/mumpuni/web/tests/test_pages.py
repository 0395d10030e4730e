import pytest

pytestmark = pytest.mark.django_db


def test_the_style_guide_shows_every_component(client):
    response = client.get("/styleguide/")

    assert response.status_code == 200
