"""The pages of a visit: accessible, without complaint, and an instrument that saves by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from mumpuni.access.models import User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.visits import actions
from mumpuni.visits.models import LicensingAssessor
from mumpuni.visits.models import Visit as VisitToBody
from mumpuni.visits.tests import make
from tests.browser.conftest import with_second_factor
from tests.browser.visit import Visit

type Visiting = Callable[..., Visit]
type Shooting = Callable[[Visit, str], None]


def lead_of(visited: VisitToBody) -> User:
    user = visited.team.get(duty="lead").assessor.individual.user
    assert user is not None
    with_second_factor(user)
    return user


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_visits_are_accessible(visit: Visiting, shot: Shooting, width: int) -> None:
    body = access.organisation("LSP Contoh Teknologi Informasi", code="1001")
    reported = make.reported_visit(body, findings=["major", "minor"])
    finding = reported.findings.get(grade="major")
    make.answer(finding)
    tied = make.assessor()
    planned = make.planned_visit(body, team=[tied])
    actions.declare_tie(
        tied,
        body,
        {"kind": "training", "valid_from": make.TODAY},
        make.coordinator(),
        at=make.noon(make.TODAY),
    )
    boss = access.member(Role.DESK_COORDINATOR)
    with_second_factor(boss)
    window = visit(width=width, scheme="light" if width > 360 else "dark")
    window.sign_in(boss)

    for name, *keys in (
        ("visits",),
        ("findings",),
        ("assessors",),
        ("enter",),
        ("visit", reported.pk),
        ("visit", planned.pk),
        ("waive", planned.pk, planned.team.get().pk),
        ("letter", reported.pk),
        ("report", reported.pk),
        ("finding", finding.pk),
        ("assessor", LicensingAssessor.objects.earliest("pk").pk),
    ):
        window.open(reverse(f"visits:{name}", args=keys))
        shot(window, "-".join(["visits", name, *map(str, keys), str(width)]))
        assert window.barriers() == [], name
        assert window.overflow() <= 0, name


@pytest.mark.parametrize("width", [360, 820])
def test_an_item_is_saved_as_it_changes(visit: Visiting, shot: Shooting, width: int) -> None:
    visited = make.running_visit(access.organisation("LSP Contoh"), "witness")
    window = visit(width=width)
    window.sign_in(lead_of(visited))
    page = window.open(reverse("visits:instrument", args=[visited.pk]))

    page.locator("#butir-W1 input[value=conforms]").check()
    page.locator("#butir-W2 textarea").fill("Asesor membantu asesi.")
    page.locator("#butir-W2 input[value=observation]").check()
    expect(page.locator("#butir-W1 .saved")).to_contain_text("Tersimpan")
    expect(page.locator("#butir-W2 .saved")).to_contain_text("Tersimpan")
    shot(window, f"visits-instrument-{width}")

    held = {one.item: (one.verdict, one.note) for one in visited.answers.all()}
    assert held == {"W1": ("conforms", ""), "W2": ("observation", "Asesor membantu asesi.")}
    assert window.barriers() == []
    assert window.overflow() <= 0


def test_the_instrument_is_saved_without_script(visit: Visiting) -> None:
    visited = make.running_visit(access.organisation("LSP Contoh"), "witness")
    window = visit(scripts=False)
    window.sign_in(lead_of(visited))
    page = window.open(reverse("visits:instrument", args=[visited.pk]))

    page.locator("#butir-W1 input[value=conforms]").check()
    page.get_by_role("button", name="Simpan", exact=True).click()

    expect(page.locator("main")).to_contain_text("Instrumen tersimpan.")
    assert [one.item for one in visited.answers.all()] == ["W1"]
