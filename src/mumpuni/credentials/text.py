"""Which characters may be signed: only those that every canonicaliser writes the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from mumpuni.credentials.errors import Unsignable

FORBIDDEN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff]")
"""Controls are escaped differently by different libraries; surrogates and non-characters are no text."""


def check_text(text: str, where: str) -> None:
    """Raise `Unsignable` for a control character, a lone surrogate or a non-character."""
    if found := FORBIDDEN.search(text):
        raise Unsignable(
            _("Isian “%(where)s” memuat karakter U+%(code)04X yang tidak dapat ditandatangani.")
            % {"where": where, "code": ord(found[0])},
            where=where,
        )


def check_texts(document: Any) -> None:
    """Check every string of a JSON document, its keys too."""
    for where, text in texts_of(document):
        check_text(text, where)


def texts_of(node: Any, where: str = "$") -> Iterator[tuple[str, str]]:
    """Yield every string of a JSON document with the path to it."""
    if isinstance(node, str):
        yield where, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield where, key
            yield from texts_of(value, f"{where}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from texts_of(value, f"{where}[{index}]")
