"""Setting facts into a template."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from mumpuni.paper.letters import FONTS, printable_parts

TEMPLATES = {name: Path(__file__).with_name(f"{name}.typ") for name in ("letter", "licence")}
"""The forms of the authority; certificates and receipts have theirs in their own packages."""


def set_pdf(template: Path, facts: Mapping[str, Any], /, **further: str) -> bytes:
    """Return a document as PDF/A-3a and PDF/UA-1.

    The template reads the facts as JSON from `sys.inputs.facts`, with letters that our fonts lack
    replaced, and what goes along unchanged from the further inputs.

    Raises:
        typst.TypstError: the template could not be set.
    """
    content = _compiler(template).compile(
        format="pdf",
        sys_inputs={"facts": json.dumps(printable_parts(dict(facts))), **further},
        pdf_standards=["a-3a", "ua-1"],
    )
    assert isinstance(content, bytes)  # a list only where pages become pictures
    return content


@cache
def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(
        template, root=template.parent, font_paths=[FONTS], ignore_system_fonts=True
    )
