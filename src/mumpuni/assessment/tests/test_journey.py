"""A session from its plan to its decisions, by the verbs alone."""

from __future__ import annotations

import pytest

from mumpuni.assessment import queries
from mumpuni.assessment.models import Session
from mumpuni.assessment.tests import make

pytestmark = pytest.mark.django_db


def test_a_session_is_held_and_decided() -> None:
    session = make.decided_session(candidates=4, not_yet=1)

    assert session.state == Session.State.CLOSED
    assert [one.state for one in make.candidates_of(session)] == [
        *["competent"] * 3,
        "not_yet_competent",
    ]
    assert queries.competent(session).count() == 3
