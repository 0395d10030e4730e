"""Fixtures of the browser tests.

`visit` opens a window: `visit(width=360, scheme="dark", scripts=False)`; what it complains of on its
console fails the test. `shot` keeps a picture of it, and `wire_size` counts a page's bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from mumpuni.access.models import User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make
from tests.browser import chromium
from tests.browser.site import serving
from tests.browser.visit import ROOT, Visit, begin, wire_bytes

# Playwright keeps an event loop in this thread; our own code never runs within it
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SHOTS = Path(os.environ.get("MUMPUNI_SCREENSHOTS", ROOT / "var/test/screenshots"))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start one Chromium for all tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium.find(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the site with its collected static files; yield its address."""
    with serving(tmp_path_factory.mktemp("static")) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, site: str, transactional_db: None) -> Iterator[Callable[..., Visit]]:
    """Open windows; a violated content policy or any other error on a console fails the test."""
    opened: list[Visit] = []

    def opening(**given: Any) -> Visit:
        opened.append(begin(browser, site, **given))
        return opened[-1]

    yield opening
    for one in opened:
        one.context.close()
    assert [complaint for one in opened for complaint in one.complaints] == []


@pytest.fixture
def shot() -> Callable[[Visit, str], None]:
    """Keep a picture of the whole page under a name, in var/ or where MUMPUNI_SCREENSHOTS says."""
    SHOTS.mkdir(parents=True, exist_ok=True)

    def keep(visit: Visit, name: str) -> None:
        with visit.unheard():
            visit.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    return keep


@pytest.fixture
def wire_size(visit: Callable[..., Visit]) -> Callable[[str], int]:
    """Count the bytes that a first visit to a page brings over the wire, all files included."""

    def count(path: str) -> int:
        return sum(wire_bytes(visit(), path).values())

    return count


@pytest.fixture
def officer(transactional_db: None) -> User:
    """Return a licensing officer of the authority who has a second factor."""
    made = make.member(Role.LICENSING_OFFICER, name="Petugas Lisensi (contoh)")
    with_second_factor(made)
    return made


def with_second_factor(user: User) -> str:
    """Give a user an authenticator app in place of the one they have; return its secret."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: PLC0415

    secret: str = generate_totp_secret()
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, secret)
    return secret
