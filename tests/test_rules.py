"""Rules have a number, a page that tells them, code that holds them and a test that proves it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tests.tree import ROOT, files_of_tests, shown, source_files, text

NUMBER = re.compile(r"\b[A-Z]-\d\d\b")
REFUSAL = re.compile(r"""code=["']([A-Z]-\d+)["']""")
HEADING = re.compile(r"^## ([A-Z]-\d+) \S.*$", re.MULTILINE)


class Rule(NamedTuple):
    """A rule as a page of docs/rules tells it."""

    number: str
    page: Path
    body: str


def rules() -> list[Rule]:
    found = []
    for page in sorted(ROOT.glob("docs/rules/*.md")):
        pieces = HEADING.split(text(page))[1:]
        found += [
            Rule(number, page, body) for number, body in zip(pieces[::2], pieces[1::2], strict=True)
        ]
    return found


def pages_of(wanting: list[Rule]) -> dict[str, str]:
    return {rule.number: shown(rule.page) for rule in wanting}


def test_every_refusal_names_a_rule_that_is_written_down() -> None:
    written = {rule.number for rule in rules()}
    unwritten = {
        number: shown(path)
        for path in source_files("py")
        for number in REFUSAL.findall(text(path))
        if number not in written
    }

    assert unwritten == {}, "docs/rules has no heading `## <number> <title>` for them"


def test_every_rule_is_held_by_code() -> None:
    used = {number for path in source_files("py", "html") for number in NUMBER.findall(text(path))}

    assert pages_of([rule for rule in rules() if rule.number not in used]) == {}


def test_every_rule_is_named_by_a_test() -> None:
    tested = {number for path in files_of_tests() for number in NUMBER.findall(text(path))}

    assert pages_of([rule for rule in rules() if rule.number not in tested]) == {}


def test_every_rule_tells_its_source_and_since_when() -> None:
    told = re.compile(r"^Source: \S.*^Since: \S", re.MULTILINE | re.DOTALL)

    assert pages_of([rule for rule in rules() if not told.search(rule.body)]) == {}


def test_no_number_stands_for_two_rules() -> None:
    times = Counter(rule.number for rule in rules())

    assert pages_of([rule for rule in rules() if times[rule.number] > 1]) == {}


def test_what_holds_a_clause_of_a_standard_exists() -> None:
    page = text(ROOT / "docs/iso.md")
    tests = "\n".join(text(path) for path in files_of_tests())

    assert set(NUMBER.findall(page)) <= {rule.number for rule in rules()}
    assert [name for name in re.findall(r"`(test_\w+)`", page) if f"def {name}(" not in tests] == []
