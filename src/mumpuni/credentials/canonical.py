"""Canonical JSON (JCS, RFC 8785), by a fast serializer behind a guard of what it writes the same."""

from __future__ import annotations

from typing import Any

import orjson
from django.utils.translation import gettext as _

from mumpuni.credentials.errors import Unsignable

LARGEST_INTEGER = 2**53 - 1
"""Beyond it JavaScript, and with it JCS, rounds."""

DEEPEST = 60


def canonical_json(document: Any) -> bytes:
    """Return the bytes that are signed.

    Raises:
        Unsignable: it holds a fraction, a large integer, a key outside ASCII (JCS sorts by UTF-16,
            we by code point), a lone surrogate, or something that is no JSON.
    """
    _check(document, "$", 0)
    try:
        return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        raise Unsignable(_("Dokumen memuat teks yang tidak sah.")) from error


def _check(node: Any, where: str, depth: int) -> None:
    if isinstance(node, str) or node is None:
        return
    if depth > DEEPEST:
        raise Unsignable(_("Dokumen bertingkat terlalu dalam."), where=where)
    if isinstance(node, dict):
        for key, value in node.items():
            if not isinstance(key, str) or not key.isascii():
                raise Unsignable(_("Nama isian harus ASCII: %r.") % (key,), where=where)
            _check(value, f"{where}.{key}", depth + 1)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            _check(value, f"{where}[{index}]", depth + 1)
    elif not isinstance(node, int) or abs(node) > LARGEST_INTEGER:
        raise Unsignable(_("Angka ini tidak dapat ditandatangani: %r.") % (node,), where=where)
