"""Credentials of one shape: JSON-LD is processed once, then each is a matter of filling in texts.

A template is a JSON document whose strings hold markers, `{{name}}` or `https://host/c/{{id}}`.
Everything that JSON-LD makes of it is known beforehand except what stands at the markers, so the
canonical bytes of both proofs are templates too. What remains of RDFC-1.0 is to order the blank
nodes by the hash of their own lines; if two come out alike, the whole algorithm is run instead.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Any

import orjson
from django.utils.translation import gettext as _

from mumpuni.credentials import linked_data
from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.errors import Unsignable
from mumpuni.credentials.linked_data import NotLinkedData
from mumpuni.credentials.text import FORBIDDEN, check_text, check_texts, texts_of

type Part = str | int
"""A piece of a line: constant text, or the number of the slot that fills it."""
type Line = tuple[Part, ...]

MARKER = re.compile(r"\{\{([a-z][a-z0-9_]*)\}\}")
PROOF = "{{__proof__}}"
SLOT = re.compile(r"\{\{([a-z][a-z0-9_]*|__proof__)\}\}")

TOKEN = re.compile(r"wHoLe:(\d+):|pArT(\d+)tRaP")
"""What stands for a marker while pyld runs: an absolute IRI where it is the whole string."""

IN_IRI = re.compile(r"[A-Za-z0-9._~-]+")
WHOLE_IRI = re.compile(r"(https?://|did:|urn:)[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
LEXICAL = {
    "dateTime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "anyURI": WHOLE_IRI,
}
XSD = re.compile(r"https?://www\.w3\.org/2001/XMLSchema#(?!string$)(\w+)")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
ITSELF, ANOTHER = "_:a", "_:z"


@dataclass(frozen=True)
class Shape:
    """A compiled template."""

    context: Any
    names: tuple[str, ...]
    _pick: Callable[[Mapping[str, str]], Any]
    _requirements: tuple[tuple[int, re.Pattern[str]], ...]
    _document: _Text
    _secured: _Text
    _lines: _Text
    _constant_lines: list[str]
    _nodes: tuple[str | _Quads, ...]
    """For each blank node the hash of its lines, or how it depends on the values."""

    @classmethod
    def compile(cls, template: Mapping[str, Any]) -> Shape:
        """Prepare a template.

        Raises:
            Unsignable: verifiers elsewhere would read it differently, or a marker stands where its
                value could change more than itself: in a key, a type, a number, a list.
        """
        return _compile(dict(template))

    def document_bytes(self, values: Mapping[str, str]) -> bytes:
        """Return the credential without proofs as canonical JSON."""
        return self._document.fill(self._slots(values)).encode()

    def secured_bytes(self, values: Mapping[str, str], proof: str) -> bytes:
        """Return the credential with a proof, itself given as canonical JSON."""
        return self._secured.fill((*self._slots(values), proof)).encode()

    def dataset_hash(self, values: Mapping[str, str]) -> bytes:
        """Return the SHA-256 of the canonical N-Quads."""
        slots = self._slots(values)
        hashes = [n if isinstance(n, str) else n.digest(slots) for n in self._nodes]
        if len(set(hashes)) < len(hashes):
            return linked_data.dataset_hash(orjson.loads(self.document_bytes(values)))
        place = {digest: f"_:c14n{i}" for i, digest in enumerate(sorted(hashes))}
        lines = self._lines.fill((*slots, *[place[digest] for digest in hashes])).split("\n")
        quads = sorted({*lines, *self._constant_lines})
        return hashlib.sha256(("\n".join(quads) + "\n").encode()).digest()

    def _slots(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """Return the values in order, checked and escaped: JSON and N-Quads need the same."""
        if len(values) != len(self.names):
            raise ValueError(f"the shape asks for {self.names}, not for {tuple(values)}")
        texts: tuple[str, ...] = self._pick(values)
        everything = "".join(texts)
        if FORBIDDEN.search(everything):
            for name, text in zip(self.names, texts, strict=True):
                check_text(text, name)
        for index, pattern in self._requirements:
            if not pattern.fullmatch(texts[index]):
                raise Unsignable(
                    _("Isian “%(name)s” tidak berbentuk benar: %(text)s")
                    % {"name": self.names[index], "text": texts[index]},
                    where=self.names[index],
                )
        if '"' in everything or "\\" in everything:
            return tuple(map(_escaped, texts))
        return texts


@dataclass(frozen=True)
class _Text:
    """A text with numbered slots."""

    template: str
    pick: Callable[[Sequence[str]], Any]

    @classmethod
    def of(cls, parts: Iterable[Part]) -> _Text:
        parts = list(parts)
        template = "".join("%s" if isinstance(p, int) else p.replace("%", "%%") for p in parts)
        return cls(template, _picker([part for part in parts if isinstance(part, int)]))

    def fill(self, slots: Sequence[str]) -> str:
        text: str = self.template % self.pick(slots)
        return text


@dataclass(frozen=True)
class _Quads:
    """The lines of one blank node, some of which depend on the values."""

    text: _Text
    ordered: bool
    """Whether they come out sorted and distinct whatever the values are."""
    links: tuple[str, ...]
    """Lines to other blank nodes: in this view look-alikes, yet each counts."""

    def digest(self, slots: Sequence[str]) -> str:
        text = self.text.fill(slots)
        if not self.ordered:
            distinct = set(text.split("\n")).difference(self.links)
            text = "\n".join(sorted([*distinct, *self.links]))
        return hashlib.sha256(f"{text}\n".encode()).hexdigest()


def _compile(template: dict[str, Any]) -> Shape:
    check_texts(template)
    names = _marker_names(template)
    quads = _quads(template, names)
    requirements = _requirements(quads, names)
    nodes = sorted({term["value"] for quad in quads for term in _blank_nodes(quad)})
    place = {node: len(names) + i for i, node in enumerate(nodes)}
    lines = [_line(quad, place) for quad in quads]
    return Shape(
        context=template["@context"],
        names=names,
        _pick=_picker(names),
        _requirements=requirements,
        _document=_Text.of(_json_parts(template, names)),
        _secured=_Text.of(_json_parts({**template, "proof": PROOF}, names)),
        _lines=_Text.of(_joined([line for line in lines if not _is_constant(line)])),
        _constant_lines=[str(line[0]) for line in lines if _is_constant(line)],
        _nodes=tuple(_node(number, lines, len(names)) for number in place.values()),
    )


def _marker_names(template: Any) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for where, text in texts_of(template):
        if TOKEN.search(text) or PROOF in text:
            raise Unsignable(_("Teks ini dicadangkan: %s") % text, where=where)
        found.update(dict.fromkeys(MARKER.findall(text)))
    return tuple(found)


def _json_parts(document: Any, names: tuple[str, ...]) -> list[Part]:
    """Cut canonical JSON at its markers; the slot of the proof comes after those of the values."""
    text = canonical_json(document).decode().replace(f'"{PROOF}"', PROOF)
    number = {name: index for index, name in enumerate(names)}
    return [
        number.get(piece, len(names)) if index % 2 else piece
        for index, piece in enumerate(SLOT.split(text))
    ]


def _quads(template: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Let pyld read the template, with a token in the place of each marker."""
    try:
        dataset = linked_data.dataset(_with_tokens(template, names))
    except NotLinkedData as error:
        raise Unsignable(_("Dokumen bukan JSON-LD yang utuh: %s") % error) from error
    if any(quads for graph, quads in dataset.items() if graph != "@default"):
        raise Unsignable(_("Templat tidak boleh memuat graf bernama."))
    return dataset["@default"]


def _with_tokens(node: Any, names: tuple[str, ...]) -> Any:
    if isinstance(node, dict):
        if marked := [key for key in node if MARKER.search(key)]:
            raise Unsignable(_("Penanda tidak boleh berada pada nama isian: %s") % marked[0])
        return {key: _with_tokens(value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [_with_tokens(item, names) for item in node]
    if not isinstance(node, str):
        return node
    if whole := MARKER.fullmatch(node):
        return f"wHoLe:{names.index(whole[1])}:"
    return MARKER.sub(lambda found: f"pArT{names.index(found[1])}tRaP", node)


def _requirements(
    quads: list[dict[str, Any]], names: tuple[str, ...]
) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """Say what a value must look like so that it changes nothing but itself."""
    found: dict[tuple[int, re.Pattern[str]], None] = {}
    seen: set[int] = set()
    for quad in quads:
        _refuse_unsafe(quad)
        for term in (quad["subject"], quad["object"]):
            for token in TOKEN.finditer(term["value"]):
                slot = int(token[1] or token[2])
                seen.add(slot)
                if pattern := _pattern(term, whole=bool(token[1])):
                    found[slot, pattern] = None
    if missing := [name for slot, name in enumerate(names) if slot not in seen]:
        raise Unsignable(_("Penanda tidak bermakna dalam JSON-LD: %s") % ", ".join(missing))
    return tuple(found)


def _refuse_unsafe(quad: dict[str, Any]) -> None:
    """Refuse a marker in a type or in JSON, and lists: their nodes look too much alike."""
    predicate, item = quad["predicate"]["value"], quad["object"]
    if predicate == f"{RDF}first":
        raise Unsignable(_("Templat tidak boleh memuat daftar berurutan."))
    everywhere = f"{item['value']} {item.get('datatype')} {item.get('language')}"
    if TOKEN.search(predicate) or (
        TOKEN.search(everywhere)
        and (predicate == f"{RDF}type" or item.get("datatype") == f"{RDF}JSON")
    ):
        raise Unsignable(_("Penanda tidak boleh berada pada tipe, istilah, atau JSON mentah."))


def _pattern(term: dict[str, Any], *, whole: bool) -> re.Pattern[str] | None:
    if term["type"] == "IRI":
        return WHOLE_IRI if whole else IN_IRI
    typed = XSD.fullmatch(term["datatype"])
    if not typed:
        return None
    if not whole and typed[1] == "anyURI":
        return IN_IRI
    if not whole or typed[1] not in LEXICAL:
        raise Unsignable(_("Penanda tidak boleh mengisi nilai bertipe %s.") % typed[1])
    return LEXICAL[typed[1]]


def _line(quad: dict[str, Any], place: Mapping[str, int]) -> Line:
    """Write a quad in N-Quads, with slots for markers and for the names of blank nodes."""
    parts = [
        *_term(quad["subject"], place),
        f" <{quad['predicate']['value']}> ",
        *_term(quad["object"], place),
        " .",
    ]
    return tuple(_merged(parts))


def _term(term: dict[str, Any], place: Mapping[str, int]) -> list[Part]:
    if term["type"] == "blank node":
        return [place[term["value"]]]
    if term["type"] == "IRI":
        return ["<", *_cut(term["value"]), ">"]
    suffix = ""
    if language := term.get("language"):
        suffix = f"@{language}"
    elif term["datatype"] != XSD_STRING:
        suffix = f"^^<{term['datatype']}>"
    return ['"', *_cut(_escaped(term["value"])), f'"{suffix}']


def _cut(text: str) -> list[Part]:
    parts: list[Part] = []
    end = 0
    for token in TOKEN.finditer(text):
        parts += [text[end : token.start()], int(token[1] or token[2])]
        end = token.end()
    return [*parts, text[end:]]


def _node(number: int, lines: list[Line], first_node: int) -> str | _Quads:
    """Prepare the hash of a blank node's own lines (RDFC-1.0, Hash First Degree Quads)."""
    own = sorted(_seen_from(number, line, first_node) for line in lines if number in line)
    links = tuple(str(line[0]) for line in own if _is_constant(line) and ANOTHER in str(line[0]))
    quads = _Quads(_Text.of(_joined(own)), _come_out_ordered(own), links)
    return quads.digest(()) if all(map(_is_constant, own)) else quads


def _seen_from(number: int, line: Line, first_node: int) -> Line:
    return tuple(
        _merged(
            part
            if isinstance(part, str) or part < first_node
            else (ITSELF if part == number else ANOTHER)
            for part in line
        )
    )


def _come_out_ordered(lines: list[Line]) -> bool:
    """Tell whether sorted templates stay sorted: none's constant beginning begins another."""
    return all(
        _is_constant(earlier) or not str(later[0]).startswith(str(earlier[0]))
        for earlier, later in pairwise(lines)
    )


def _blank_nodes(quad: dict[str, Any]) -> list[dict[str, Any]]:
    return [term for term in (quad["subject"], quad["object"]) if term["type"] == "blank node"]


def _is_constant(line: Line) -> bool:
    return all(isinstance(part, str) for part in line)


def _merged(parts: Iterable[Part]) -> list[Part]:
    """Join neighbouring constants."""
    merged: list[Part] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return merged


def _joined(lines: Sequence[Line]) -> list[Part]:
    return [part for line in lines for part in (*line, "\n")][:-1]


def _escaped(text: str) -> str:
    """Escape for JSON and for N-Quads; controls, which they treat differently, are never let in."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _picker(keys: Sequence[Any]) -> Callable[[Any], Any]:
    """Return a function that picks a tuple of items, however few."""
    if len(keys) > 1:
        return itemgetter(*keys)
    return lambda source: tuple(source[key] for key in keys)
