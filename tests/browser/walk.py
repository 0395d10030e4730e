"""Somebody at work: opens pages, fills forms by the names of their boxes, takes steps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, expect

from mumpuni.access.models import User
from mumpuni.kernel.models import Record
from tests.browser.visit import Visit


class Walk:
    """A window in which people take turns."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.page = visit, visit.page
        self.page.set_default_timeout(15_000)

    def become(self, user: User, organisation_id: int | None = None) -> None:
        """Let the next pages be this user's."""
        self.visit.sign_in(user, organisation_id)

    def open(self, name: str, *keys: Any, **query: str) -> None:
        """Go to a page by its name."""
        self.visit.open(reverse(name, args=keys, query=query))

    def fill(self, **values: Any) -> None:
        """Fill boxes by name; True ticks, a path is uploaded."""
        for name, value in values.items():
            self._enter(self.page.locator(f'main [name="{name}"]'), value)

    def _enter(self, box: Locator, value: Any) -> None:
        kind = box.first.evaluate("box => box.type")
        if kind == "radio":
            self.page.locator(
                f'main [name="{box.first.get_attribute("name")}"][value="{value}"]'
            ).check()
        elif kind == "checkbox":
            box.first.set_checked(value)
        elif kind == "file":
            box.set_input_files(value)
        elif kind.startswith("select"):
            box.select_option(str(value))
        else:
            box.fill(str(value))

    def press(self, label: str) -> None:
        """Press the button of that label, and see that what follows is no error."""
        self.page.get_by_role("button", name=label, exact=True).first.click()
        self.all_well()

    def take(self, record: Record, label: str, note: str = "") -> None:
        """Take a step on a record's page, with a note where it asks for one."""
        self.visit.open(record.get_absolute_url())  # type: ignore[attr-defined] # records have pages
        button = self.page.get_by_role("button", name=label, exact=True)
        button.first.click()
        if note:
            self.page.locator("details[open] textarea").fill(note)
            self.page.locator("details[open] button[type=submit]").click()
        self.all_well()

    def all_well(self) -> None:
        """Fail where the page shows an error, and say which."""
        trouble = self.page.locator(".refusal, .errors, .errorlist")
        told = " | ".join(trouble.all_inner_texts())
        assert not told, f"{self.page.url}: {told}"

    def reads(self, text: str) -> None:
        """See a text on the page."""
        expect(self.page.locator("main")).to_contain_text(text)

    def download(self, label: str, to: Path) -> Path:
        """Follow a link that downloads a file."""
        with self.page.expect_download() as started:
            self.page.get_by_role("link", name=label).first.click()
        started.value.save_as(to)
        return to
