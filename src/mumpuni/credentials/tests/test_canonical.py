import hashlib
from collections.abc import Callable
from typing import Any

import orjson
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from mumpuni.credentials import contexts, linked_data
from mumpuni.credentials.canonical import LARGEST_INTEGER, canonical_json
from mumpuni.credentials.errors import Unsignable
from mumpuni.credentials.linked_data import NotLinkedData
from mumpuni.credentials.text import check_texts

ASCII = st.text(st.characters(max_codepoint=0x7F), max_size=8)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
    | st.text(max_size=20)
)
DOCUMENTS = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(ASCII, inner, max_size=5)
)
PLAIN = {
    "@context": [contexts.CREDENTIALS_V2],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential"],
    "issuer": "did:web:contoh.id",
    "credentialSubject": {"id": "did:example:budi", "name": "Budi"},
}


@given(DOCUMENTS)
def test_canonical_json_is_what_the_slow_oracle_writes(document: Any) -> None:
    assert canonical_json(document) == rfc8785.dumps(document)


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ({"nilai": 3.5}, "$.nilai"),
        ({"nilai": float("nan")}, "$.nilai"),
        ({"nilai": [1, 2**53]}, "$.nilai[1]"),
        ({"nilai": -(2**53)}, "$.nilai"),
        ({"isi": {"ключ": 1}}, "$.isi"),
        ({"isi": {1: 1}}, "$.isi"),
        ({"isi": b"bytes"}, "$.isi"),
        ({"isi": "\ud800"}, ""),
    ],
)
def test_what_another_library_might_write_otherwise_is_refused(document: Any, where: str) -> None:
    with pytest.raises(Unsignable) as refusal:
        canonical_json(document)

    assert refusal.value.where == where


def test_a_document_nested_without_end_is_refused() -> None:
    document: list[object] = []
    for _ in range(100_000):
        document = [document]

    with pytest.raises(Unsignable, match="terlalu dalam"):
        canonical_json(document)


@pytest.mark.parametrize("character", ["\0", "\b", "\t", "\n", "\x1f", "\x7f", "\x85", "\ufffe"])
def test_a_control_character_is_refused_and_its_place_named(character: str) -> None:
    with pytest.raises(Unsignable) as refusal:
        check_texts({"daftar": [{"nama": f"Bu{character}di"}]})

    assert refusal.value.where == "$.daftar[0].nama"


@pytest.mark.parametrize("url", contexts.PINNED)
def test_every_context_has_the_bytes_that_were_pinned_and_is_a_context(url: str) -> None:
    content = contexts.PINNED[url].read()

    assert hashlib.sha256(content).hexdigest() == contexts.PINNED[url].sha256
    assert "@context" in orjson.loads(content)


def test_a_changed_context_file_is_not_used() -> None:
    forged = contexts.Context("credentials-v2.json", "0" * 64)

    with pytest.raises(ValueError, match="was changed"):
        forged.read()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"nilai": "A"}, "term-undefined"),
        ({"@nilai": "A"}, "term-undefined"),
        ({"type": ["VerifiableCredential", "Sertifikat"]}, "term-undefined"),
        ({"id": "sertifikat/1"}, "term-undefined"),
        ({"id": "//contoh.id/1"}, "term-undefined"),
        ({"id": "relative://undefined/1"}, "term-undefined"),
        ({"id": "https://contoh.id/<1>"}, "reference-malformed"),
        ({"issuer": "did:web:contoh.id bukan"}, "reference-malformed"),
        ({"id": "urn:\ud800"}, "reference-malformed"),
        ({"issuer": {"id": 7}}, "json-ld-malformed"),
        ({"name": "Bu\bdi"}, "text-unsafe"),
        ({"name": {"@value": "Budi", "@language": "bukan bahasa"}}, "language-malformed"),
        ({"name": {"@value": "Budi", "@direction": "miring"}}, "json-ld-malformed"),
        ({"@context": [contexts.CREDENTIALS_V2, "https://contoh.id/konteks"]}, "context-unknown"),
        ({"@context": [contexts.CREDENTIALS_V2, "konteks"]}, "context-unknown"),
        ({"@context": [contexts.CREDENTIALS_V2, {"x": "_:x"}], "x": "y"}, "reference-malformed"),
        ({"@context": 7}, "json-ld-malformed"),
        (
            {"@context": [contexts.CREDENTIALS_V2, {"id": "https://contoh.id/"}]},
            "json-ld-malformed",
        ),
    ],
)
def test_what_json_ld_would_drop_or_guess_is_an_error(change: dict[str, Any], code: str) -> None:
    linked_data.dataset_hash(PLAIN)

    with pytest.raises(NotLinkedData) as refusal:
        linked_data.dataset_hash({**PLAIN, **change})

    assert refusal.value.code == code


@pytest.mark.parametrize("document", [[], "https://contoh.id/", None, 7])
def test_only_an_object_is_a_document(document: Any) -> None:
    with pytest.raises(NotLinkedData, match="not-an-object"):
        linked_data.dataset_hash(document)


@pytest.mark.parametrize(
    ("size", "acquaintances"),
    [
        (12, lambda i: [j for j in range(12) if j != i]),
        (700, lambda i: [(i + 1) % 700]),
    ],
)
def test_a_graph_built_to_take_for_ever_is_given_up_at_once(
    size: int, acquaintances: Callable[[int], list[int]]
) -> None:
    graph = {
        "@context": {"knows": {"@id": "https://contoh.id/knows", "@type": "@id"}},
        "@graph": [
            {"@id": f"_:{i}", "knows": [f"_:{j}" for j in acquaintances(i)]} for i in range(size)
        ],
    }

    with pytest.raises(NotLinkedData, match="too-symmetric"):
        linked_data.dataset_hash(graph)


def test_a_document_too_deep_to_be_read_is_malformed() -> None:
    evidence: Any = {}
    for _ in range(1_000):
        evidence = {"evidence": evidence}

    with pytest.raises(NotLinkedData, match="json-ld-malformed"):
        linked_data.dataset_hash(PLAIN | evidence)


def test_a_document_too_large_is_not_begun() -> None:
    with pytest.raises(NotLinkedData, match="too-large"):
        linked_data.dataset_hash(PLAIN | {"name": ["Budi"] * 3_000})
