"""Pages as people see them: wide and narrow, light and dark, with and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.visit import NARROW, WIDE, Scheme, Visit, wire_bytes

PAGES = {
    "styleguide": "/styleguide/",
    "login": "/akun/login/",
    "404": "/tidak-ada",
}
BUDGET = 50_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_nobody_out(
    visit: Callable[..., Visit],
    shot: Callable[[Visit, str], None],
    name: str,
    width: int,
    scheme: Scheme,
) -> None:
    window = visit(width=width, scheme=scheme)
    window.open(PAGES[name])
    shot(window, f"{name}-{width}-{scheme}")

    assert window.barriers() == []
    assert window.overflow() <= 0


@pytest.mark.parametrize("name", ["login", "404"])
def test_a_public_page_stays_within_the_budget_of_the_wire(
    visit: Callable[..., Visit], name: str
) -> None:
    cost = wire_bytes(visit(), PAGES[name])

    assert sum(cost.values()) < BUDGET, cost
    assert not [address for address in cost if "htmx" in address]
