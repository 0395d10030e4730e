"""Sessions are found by every word that names them."""

import pytest

from mumpuni.assessment import queries
from mumpuni.assessment.models import Session
from mumpuni.assessment.tests import make

pytestmark = pytest.mark.django_db


def test_a_session_is_found_by_number_scheme_venue_and_body() -> None:
    session = make.session_with(candidates=0)

    for typed in (
        session.number,
        session.scheme_version.title.upper(),
        session.venue.name,
        f"{session.organisation.name} {session.number}",
    ):
        assert list(queries.search_sessions(Session.objects.all(), typed)) == [session]
    missed = f"{session.organisation.name} zzz"
    assert not queries.search_sessions(Session.objects.all(), missed)
