"""JSON-LD to RDF and its canonical form (RDFC-1.0), where anything not fully understood is an error.

pyld does the work; this module closes what it leaves open: undefined terms and types, relative
references (it resolves them against an address of its own), characters it escapes differently
from RDFC-1.0, and documents built to take for ever.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cachetools import LRUCache
from django.utils.translation import gettext as _
from pyld.canon import URDNA2015
from pyld.context_resolver import ContextResolver
from pyld.jsonld import JsonLdError, JsonLdProcessor

from mumpuni.credentials import contexts
from mumpuni.credentials.errors import Unsignable
from mumpuni.credentials.text import FORBIDDEN

type Dataset = dict[str, list[dict[str, Any]]]

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f\ud800-\udfff]*")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
RELATIVE = "relative://undefined/"
"""The base against which pyld resolves: whatever comes out with its scheme was relative."""

KEYWORD_TYPES = {"@json", "@none", "@id", "@vocab"}
LARGEST = 3_000
"""So many values at most: pyld compares each value of a property with all others."""
LARGEST_SYMMETRY = 5
MOST_COMPARISONS = 300
"""Each may lie within the one before, on Python's stack."""
_resolved: Any = LRUCache(maxsize=100)


class NotLinkedData(Exception):
    """A document that JSON-LD would read only in part, or not in bounded time; `code` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


def dataset(document: Any) -> Dataset:
    """Return the RDF of a document, as pyld keeps it.

    Raises:
        NotLinkedData: a term or type is undefined, a reference is relative, a context is unknown.
    """
    if not isinstance(document, dict):
        raise NotLinkedData("not-an-object")
    if _size(document) > LARGEST:
        raise NotLinkedData("too-large")
    options = {
        "base": RELATIVE,
        "documentLoader": contexts.load,
        "contextResolver": ContextResolver(_resolved, contexts.load),
        # what eddsa-rdfc-2022 verifiers elsewhere do with a text's direction
        "rdfDirection": "i18n-datatype",
    }
    try:
        result: Dataset = _Processor(on_property_dropped=_refuse).to_rdf(document, options)
    except JsonLdError as error:
        raise _reason(error) from error
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
        # pyld meets some malformed documents unprepared
        raise NotLinkedData("json-ld-malformed") from error
    return result


def dataset_hash(document: Any) -> bytes:
    """Return the SHA-256 of the canonical N-Quads of a document."""
    return hashlib.sha256(canonical_quads(dataset(document)).encode()).digest()


@contextmanager
def to_be_signed() -> Iterator[None]:
    """Say of a document of ours that it cannot be signed, where others would not understand it."""
    try:
        yield
    except NotLinkedData as error:
        raise Unsignable(_("Dokumen bukan JSON-LD yang utuh: %s") % error) from error


def canonical_quads(quads: Dataset) -> str:
    """Return the canonical N-Quads of a dataset.

    Raises:
        NotLinkedData: its blank nodes look too much alike to be told apart in bounded time.
    """
    canonical: str = _Canonicaliser().main(quads, {"format": "application/n-quads"})
    return canonical


class _Processor(JsonLdProcessor):  # type: ignore[misc] # pyld ships no types
    def expand(self, document: Any, options: Any) -> Any:
        expanded = super().expand(document, options)
        _check_expanded(expanded)
        return expanded


class _Canonicaliser(URDNA2015):  # type: ignore[misc] # pyld ships no types
    """RDFC-1.0 under a budget: the comparison of look-alikes grows factorially."""

    def __init__(self) -> None:
        super().__init__()
        self.comparisons = 0

    def create_hash_to_related(self, id_: Any, issuer: Any) -> Any:
        self.comparisons += 1
        related = super().create_hash_to_related(id_, issuer)
        largest = max(map(len, related.values()), default=0)
        if self.comparisons > MOST_COMPARISONS or largest > LARGEST_SYMMETRY:
            raise NotLinkedData("too-symmetric")
        return related


def _size(node: Any) -> int:
    """Count values, without recursion since nobody has looked at the document yet."""
    size, left = 0, [node]
    while left and size <= LARGEST:
        here = left.pop()
        size += 1
        if isinstance(here, dict | list):
            left.extend(here.values() if isinstance(here, dict) else here)
    return size


def _refuse(name: str | None) -> None:
    raise NotLinkedData("term-undefined", name or "")


def _check_expanded(node: Any) -> None:
    if isinstance(node, list):
        for item in node:
            _check_expanded(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            _check_property(key, value)


def _check_property(key: str, value: Any) -> None:
    match key:
        case "@id" | "@type":
            for reference in value if isinstance(value, list) else [value]:
                _check_reference(reference)
        case "@value":
            if isinstance(value, str) and FORBIDDEN.search(value):
                raise NotLinkedData("text-unsafe")
        case "@language":
            if not LANGUAGE.fullmatch(str(value)):
                raise NotLinkedData("language-malformed", str(value))
        case _:
            if not key.startswith("@"):
                _check_reference(key, blank=False)
            _check_expanded(value)


def _check_reference(reference: Any, *, blank: bool = True) -> None:
    text = str(reference)
    if text in KEYWORD_TYPES or (blank and text.startswith("_:")):
        return
    if not IRI.fullmatch(text):
        raise NotLinkedData("reference-malformed", text)
    if text.startswith("relative:"):
        raise NotLinkedData("term-undefined", text.removeprefix(RELATIVE))


def _reason(error: JsonLdError) -> NotLinkedData:
    """Find what lies at the bottom of pyld's chain of causes."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, NotLinkedData):
            return cause
        if isinstance(cause, contexts.UnknownContext):
            return NotLinkedData("context-unknown", str(cause))
        last, cause = cause, cause.__cause__ or cause.__context__
    code = getattr(last, "code", None) or getattr(error, "code", None)
    return NotLinkedData("json-ld-malformed", str(code or ""))
