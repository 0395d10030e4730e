"""Credentials of one shape: JSON-LD is processed once, then each is a matter of filling in texts.

A template is a JSON document whose strings hold markers, `{{name}}` or `https://host/c/{{id}}`.
Everything that JSON-LD makes of it is known beforehand except what stands at the markers, so the
canonical bytes of both proofs are templates too, down to the order of lines. What remains of
RDFC-1.0 is to number the blank nodes by the hash of their own lines; if two come out alike, the
whole algorithm is run instead.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import orjson
from django.utils.translation import gettext as _

from mumpuni.credentials import linked_data
from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.errors import Unsignable
from mumpuni.credentials.slotted import Line, Part, Run, Text, is_constant, merged, picker, runs
from mumpuni.credentials.text import FORBIDDEN, check_text, check_texts, texts_of

type Lines = tuple[Run, ...]

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
class Form:
    """What of a template is text: enough to write again what was signed, and ready at once."""

    context: Any
    names: tuple[str, ...]
    _pick: Callable[[Mapping[str, str]], Any]
    _document: Text
    _secured: Text

    @classmethod
    def of(cls, template: Mapping[str, Any]) -> Form:
        names = _marker_names(template)
        return cls(
            context=template["@context"],
            names=names,
            _pick=picker(names),
            _document=Text.of(_json_parts(template, names)),
            _secured=Text.of(_json_parts({**template, "proof": PROOF}, names)),
        )

    def document_bytes(self, values: Mapping[str, str]) -> bytes:
        """Return the credential without proofs as canonical JSON."""
        return self._document.fill(self._slots(values)).encode()

    def secured_bytes(self, values: Mapping[str, str], proof: str) -> bytes:
        """Return the credential with a proof, itself given as canonical JSON."""
        return self._secured.fill((*self._slots(values), proof)).encode()

    def _slots(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """Return the values in order, checked and escaped: JSON and N-Quads need the same."""
        if len(values) != len(self.names):
            raise ValueError(f"the shape asks for {self.names}, not for {tuple(values)}")
        texts: tuple[str, ...] = self._pick(values)
        everything = "".join(texts)
        if FORBIDDEN.search(everything):
            for name, text in zip(self.names, texts, strict=True):
                check_text(text, name)
        if '"' in everything or "\\" in everything:
            return tuple(map(_escaped, texts))
        return texts


@dataclass(frozen=True)
class Shape(Form):
    """A compiled template: what JSON-LD makes of it is known too, so that it can be signed."""

    _requirements: tuple[tuple[int, re.Pattern[str]], ...]
    _nodes: tuple[str | Lines, ...]
    """For each blank node the hash of the lines it is in, or those lines."""
    _head: Lines
    """The lines that are not about blank nodes: `<` sorts before `_`."""
    _blocks: tuple[Lines, ...]
    """For each blank node the lines about it."""
    _labels: tuple[str, ...]
    _places: tuple[int, ...]
    """The labels' order in a sorted text: `_:c14n10` comes before `_:c14n2`."""

    @classmethod
    def compile(cls, template: Mapping[str, Any]) -> Shape:
        """Prepare a template.

        Raises:
            Unsignable: verifiers elsewhere would read it differently, or a marker stands where its
                value could change more than itself: in a key, a type, a number, a list.
        """
        return _compile(dict(template))

    def dataset_hash(self, values: Mapping[str, str]) -> bytes:
        """Return the SHA-256 of the canonical N-Quads."""
        slots = self._slots(values)
        hashes = [n if isinstance(n, str) else _digest(n, slots).hexdigest() for n in self._nodes]
        if len(set(hashes)) < len(hashes):
            with linked_data.to_be_signed():
                return linked_data.dataset_hash(orjson.loads(self.document_bytes(values)))
        ranked = sorted(range(len(hashes)), key=hashes.__getitem__)
        label = dict(zip(ranked, self._labels, strict=True))
        blocks = [self._blocks[ranked[place]] for place in self._places]
        slots = (*slots, *[label[node] for node in range(len(hashes))])
        return _digest(chain(self._head, *blocks), slots).digest()

    def _slots(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """Refuse values that would change more than themselves; none of these needs escaping."""
        texts = super()._slots(values)
        for index, pattern in self._requirements:
            if not pattern.fullmatch(texts[index]):
                raise Unsignable(
                    _("Isian “%(name)s” tidak berbentuk benar: %(text)s")
                    % {"name": self.names[index], "text": texts[index]},
                    where=self.names[index],
                )
        return texts


def _compile(template: dict[str, Any]) -> Shape:
    check_texts(template)
    form = Form.of(template)
    names = form.names
    quads = _quads(template, names)
    requirements = _requirements(quads, names)
    nodes = sorted({term["value"] for quad in quads for term in _blank_nodes(quad)})
    slots = {node: len(names) + i for i, node in enumerate(nodes)}
    lines = [_line(quad, slots) for quad in quads]
    labels = tuple(f"_:c14n{number}" for number in range(len(nodes)))
    return Shape(
        **vars(form),
        _requirements=requirements,
        _nodes=tuple(_node(slot, lines, len(names)) for slot in slots.values()),
        _head=runs(line for line in lines if isinstance(line[0], str)),
        _blocks=tuple(
            runs((line[1:] for line in lines if line[0] == slot), beginning=(slot,))
            for slot in slots.values()
        ),
        _labels=labels,
        _places=tuple(sorted(range(len(labels)), key=labels.__getitem__)),
    )


def _digest(lines: Iterable[Run], slots: Sequence[str]) -> hashlib._Hash:
    digest = hashlib.sha256()
    for run in lines:
        digest.update(run.fill(slots).encode())
    return digest


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
    with linked_data.to_be_signed():
        dataset = linked_data.dataset(_with_tokens(template, names))
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


def _line(quad: dict[str, Any], slots: Mapping[str, int]) -> Line:
    """Write a quad in N-Quads, with slots for markers and for the names of blank nodes."""
    return merged(
        [
            *_term(quad["subject"], slots),
            f" <{quad['predicate']['value']}> ",
            *_term(quad["object"], slots),
            " .",
        ]
    )


def _term(term: dict[str, Any], slots: Mapping[str, int]) -> list[Part]:
    if term["type"] == "blank node":
        return [slots[term["value"]]]
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


def _node(slot: int, lines: list[Line], first_node: int) -> str | Lines:
    """Prepare the hash of the lines a blank node is in (RDFC-1.0, Hash First Degree Quads)."""
    own = [_seen_from(slot, line, first_node) for line in lines if slot in line]
    return _digest(runs(own), ()).hexdigest() if all(map(is_constant, own)) else runs(own)


def _seen_from(slot: int, line: Line, first_node: int) -> Line:
    """Call the node itself and all others by two fixed names."""
    return merged(
        part
        if isinstance(part, str) or part < first_node
        else (ITSELF if part == slot else ANOTHER)
        for part in line
    )


def _blank_nodes(quad: dict[str, Any]) -> list[dict[str, Any]]:
    return [term for term in (quad["subject"], quad["object"]) if term["type"] == "blank node"]


def _escaped(text: str) -> str:
    """Escape for JSON and for N-Quads; controls, which they treat differently, are never let in."""
    return text.replace("\\", "\\\\").replace('"', '\\"')
