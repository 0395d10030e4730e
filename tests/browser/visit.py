"""One window of a browser, which keeps account of everything that goes wrong in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from mumpuni.access.models import User

ROOT = Path(__file__).resolve().parents[2]
WIDE, NARROW = 1280, 360
AXE = "axe.run(document, {resultTypes: ['violations'], preload: false})"

type Scheme = Literal["light", "dark"]


@cache
def axe_source() -> str:
    """Return axe-core, which judges whether a page is accessible."""
    return (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


@dataclass
class Visit:
    """A window and what it complained of."""

    site: str
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(self.site + path)
        return self.page

    def sign_in(self, user: User, organisation_id: int | None = None) -> None:
        """Continue as this user, acting for an organisation where one is given."""
        client = Client()
        client.force_login(user)
        if organisation_id is not None:
            session = client.session
            session["acting_for"] = organisation_id
            session.save()
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.site}
        self.context.add_cookies([cookie])  # type: ignore[list-item] # a plain dictionary will do

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """Leave out of account what the page says of our own instruments."""
        before = list(self.complaints)
        yield
        self.complaints[:] = before

    def barriers(self) -> list[str]:
        """Return what keeps people out of the page, one line for each broken rule and place."""
        with self.unheard():
            self.page.evaluate(axe_source())
            found: dict[str, Any] = self.page.evaluate(AXE)
        return [
            f"{broken['id']}: {broken['help']}: {node['html'][:160]}"
            for broken in found["violations"]
            for node in broken["nodes"]
        ]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        width: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width


def begin(  # noqa: PLR0913 - what a window can differ in
    browser: Browser,
    site: str,
    *,
    width: int = WIDE,
    scheme: Scheme = "light",
    scripts: bool = True,
    language: str = "id",
) -> Visit:
    """Open a fresh window without cache or cookies."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        java_script_enabled=scripts,
        locale=language,
        reduced_motion="reduce",
    )
    visit = Visit(site, context, context.new_page())
    visit.page.on("pageerror", lambda error: visit.complaints.append(f"script: {error}"))
    visit.page.on(
        "console",
        lambda message: (
            visit.complaints.append(f"console: {message.text}")
            if message.type in {"error", "warning"} and "status of 4" not in message.text
            else None
        ),
    )
    return visit


def wire_bytes(visit: Visit, path: str) -> dict[str, int]:
    """Return what a first visit to a page costs: bytes received, by address."""
    session = visit.context.new_cdp_session(visit.page)
    session.send("Network.enable")
    addresses: dict[str, str] = {}
    cost: dict[str, int] = {}
    session.on("Network.responseReceived", lambda event: addresses.update(_address(event)))
    session.on(
        "Network.loadingFinished",
        lambda event: cost.update(
            {addresses.get(event["requestId"], "?"): int(event["encodedDataLength"])}
        ),
    )
    visit.page.goto(visit.site + path, wait_until="networkidle")
    return cost


def _address(event: dict[str, Any]) -> dict[str, str]:
    return {event["requestId"]: event["response"]["url"]}
