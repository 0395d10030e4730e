"""The page of the public log: for all eyes, small, and with long keys that break where they may."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import Settings

from mumpuni.transparency import actions
from mumpuni.transparency.notes import WITNESS_KEY, SigningKey
from mumpuni.transparency.tests.make import NOON, publish
from mumpuni.transparency.tests.test_witness import LOG
from tests.browser.visit import NARROW, WIDE, Scheme, Visit, wire_bytes

BUDGET = 50_000


@pytest.fixture
def _published(transactional_db: None, settings: Settings) -> None:
    witness = SigningKey("witness.example/w1", LOG.private, WITNESS_KEY).verifier
    settings.LOG_WITNESSES = [f"https://witness.example/w1 {witness}"]
    publish(1234)
    actions.self_check(NOON)


@pytest.mark.usefixtures("_published")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_page_of_the_log_keeps_nobody_out(
    visit: Callable[..., Visit], shot: Callable[[Visit, str], None], width: int, scheme: Scheme
) -> None:
    window = visit(width=width, scheme=scheme)
    window.open("/log/")
    shot(window, f"log-{width}-{scheme}")

    assert window.barriers() == []
    assert window.overflow() <= 0


@pytest.mark.usefixtures("_published")
def test_the_page_of_the_log_stays_within_the_budget_of_the_wire(
    visit: Callable[..., Visit],
) -> None:
    assert sum(wire_bytes(visit(), "/log/").values()) < BUDGET
