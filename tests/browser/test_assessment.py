"""The pages of an assessment: accessible, without complaint, and with their pictures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.models import Session
from mumpuni.assessment.tests import make
from mumpuni.kernel.time import legal_day
from tests.browser.visit import Visit

type Visiting = Callable[..., Visit]
type Shooting = Callable[[Visit, str], None]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_a_running_session_are_accessible(
    visit: Visiting, shot: Shooting, width: int
) -> None:
    session = make.plenary_session(candidates=3, not_yet=1)
    candidate = make.candidates_of(session)[0]
    window = visit(width=width, scheme="light" if width > 360 else "dark")
    window.sign_in(access.member(Role.BODY_DECIDER, of=session.organisation))

    for name, key in (
        ("session", session.pk),
        ("session-candidates", session.pk),
        ("plenary", session.pk),
        ("candidate", candidate.pk),
        ("venue", session.venue_id),
    ):
        window.open(reverse(f"assessment:{name}", args=[key]))
        shot(window, f"assessment-{name}-{width}")
        assert window.barriers() == []
        assert window.overflow() <= 0


@pytest.mark.parametrize("width", [360, 1280])
def test_the_self_assessment_is_filled_by_keyboard(
    visit: Visiting, shot: Shooting, width: int
) -> None:
    session = make.open_session(on=legal_day(timezone.now()) + timedelta(days=5))
    candidate = make.applicant(session, at=timezone.now(), by=access.user("Sari"))
    assert candidate.individual.user is not None
    window = visit(width=width, scheme="light" if width > 360 else "dark", scripts=False)
    window.sign_in(candidate.individual.user)

    page = window.open(reverse("assessment:self-assessment", args=[candidate.pk]))
    page.locator('input[name^="k-"]').first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Kerja harian")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    answer = candidate.self_assessments.get()
    assert (answer.outcome, answer.evidence) == ("K", "Kerja harian")
    shot(window, f"assessment-self-assessment-{width}")
    window.open(candidate.get_absolute_url())
    shot(window, f"assessment-application-{width}")


@pytest.fixture
def running() -> Session:
    return make.session_with(candidates=1)


def test_forms_of_the_body_and_the_assessor_are_accessible(
    visit: Visiting, shot: Shooting, running: Session
) -> None:
    candidate = make.candidates_of(running)[0]
    assert candidate.assignment is not None
    opened = make.open_session(running.organisation, running.scheme_version)
    staff: Any = access.member(Role.BODY_ADMIN, of=running.organisation)
    pages = [
        (staff, "enrol", opened.pk),
        (staff, "upload", opened.pk),
        (staff, "session-edit", opened.pk),
        (staff, "assign", opened.pk),
        (staff, "session", opened.pk),
        (make.account_of(candidate.assignment.assessor), "results", candidate.pk),
    ]
    for who, name, key in pages:
        window = visit()
        window.sign_in(who)
        window.open(reverse(f"assessment:{name}", args=[key]))
        shot(window, f"assessment-{name}")
        assert window.barriers() == []
        assert window.overflow() <= 0
