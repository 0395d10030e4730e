"""Templates: nothing a strict content security policy or a screen reader stumbles over."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.tree import shown, source_files, text

TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
ELSEWHERE = ("http:", "https:", "//")


class Reader(HTMLParser):
    """Collects findings by line."""

    def __init__(self) -> None:
        super().__init__()
        self.findings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        address = given.get("src") or given.get("href", "")
        remarks = {
            "inline script": tag == "script" and "src" not in given,
            "inline style": tag == "style" or "style" in given,
            "event handler": any(name.startswith("on") for name in given),
            "script as address": address.startswith("javascript:"),
            "from another origin": tag in {"script", "link", "img"}
            and address.startswith(ELSEWHERE),
            "button without type": tag == "button" and "type" not in given,
            "page without language": tag == "html" and "lang" not in given,
            "image without alternative": tag == "img" and "alt" not in given,
        }
        line, _column = self.getpos()
        self.findings += [f"line {line}: {remark}" for remark, holds in remarks.items() if holds]


def findings(template: str) -> list[str]:
    """Read a template as HTML; what Django's tags hold is no tag, their lines stay."""
    reader = Reader()
    reader.feed(TEMPLATE_TAG.sub(lambda tag: "\n" * tag.group().count("\n"), template))
    return reader.findings


def test_templates_satisfy_the_strict_policy_and_a_screen_reader() -> None:
    found = {shown(path): findings(text(path)) for path in source_files("html")}

    assert {path: remarks for path, remarks in found.items() if remarks} == {}


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<script>go()</script>", ["line 1: inline script"]),
        ('{% if a %}\n{% endif %}<p style="color: red">', ["line 2: inline style"]),
        ('<a onclick="go()" href="javascript:go()">', 2),
        ('<script src="https://cdn.example/x.js"></script>', ["line 1: from another origin"]),
        ("<button {% if a %}disabled{% endif %}>", ["line 1: button without type"]),
        ("<html><img src=x>", 2),
        ("{# <style> #}<a href=\"{% url 'x' %}\">{{ '<script>' }}</a>", []),
    ],
)
def test_the_reader_finds_what_it_should(template: str, found: list[str] | int) -> None:
    seen = findings(template)

    assert len(seen) == found if isinstance(found, int) else seen == found
