"""Documents: their links lead somewhere, their names exist, and nothing tells where it was made."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest

from tests.tree import ROOT, shown, source_files, text, tracked_files

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
DOCUMENT = re.compile(r"(?<![\w/.>\[-])(?:[\w-]+/)*[\w-]+\.md\b")
GENERATED = ROOT / "docs" / "generated"
NAME = re.compile(r"`([a-z]+\.[A-Z]\w*(?:\.\w+)*)`")
# modules of a package whose names the glossary may give
HOMES = ("models", "roles", "person", "verification", "workflow", "policy", "queries")
TRACES = {
    "a path of one machine": r"(?<![\w.])/(?:work|root|home|Users)/\w",
    "an index of packages": r"--(?:extra-)?index-url|index[-_]url\s*=",
    "a registry that is not the public one": (
        r"https?://(?!registry\.npmjs\.org/)[\w.:-]*(?:npm|pypi|registry|artifactory|nexus)[\w.:-]*/"
    ),
    "an address in a private network": (
        r"https?://(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+"
    ),
}


def test_links_between_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    dead = [
        f"{shown(document)} → {link}"
        for document in documents
        for link in LINK.findall(text(document))
        if not (document.parent / link).exists()
    ]

    assert dead == []


def test_documents_that_are_cited_exist() -> None:
    citing = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *source_files("py", "html")]
    missing = [
        f"{shown(path)} → {name}"
        for path in citing
        for name in DOCUMENT.findall(text(path))
        if not any((place / name).exists() for place in (ROOT, path.parent, GENERATED))
    ]

    assert missing == []


def test_names_in_the_glossary_exist_in_the_code() -> None:
    names = NAME.findall(text(ROOT / "docs" / "glossary.md"))

    assert names
    assert [name for name in names if not exists(name)] == []


def exists(name: str) -> bool:
    """Tell whether `package.Name` is in one of the package's modules, attributes included."""
    package, *path = name.split(".")
    if find_spec(f"mumpuni.{package}") is None:
        return False
    for home in HOMES:
        if find_spec(f"mumpuni.{package}.{home}") is None:
            continue
        found: Any = import_module(f"mumpuni.{package}.{home}")
        for part in path:
            found = getattr(found, part, None)
        if found is not None:
            return True
    return False


@pytest.mark.parametrize("trace", TRACES)
def test_no_tracked_file_holds(trace: str) -> None:
    pattern = re.compile(TRACES[trace].encode())
    found = [
        f"{shown(path)}: {match.group().decode()}"
        for path in tracked_files()
        for match in pattern.finditer(path.read_bytes())
    ]

    assert found == []
