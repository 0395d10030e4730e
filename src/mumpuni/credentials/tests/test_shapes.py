import hashlib
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mumpuni.credentials import contexts, linked_data
from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.errors import Unsignable
from mumpuni.credentials.shapes import Shape
from mumpuni.credentials.tests import badges
from mumpuni.credentials.text import FORBIDDEN

BADGE = Shape.compile(badges.template())
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40).filter(
    lambda text: not FORBIDDEN.search(text)
)
FEW = st.sampled_from(
    ["", "a", "b", '"', "\\", "ab", "https://contoh.id/x", "\U0001f600", "\uff5e"]
)
"""So few that values collide, and lines with them."""

LOOK_ALIKES: dict[str, Any] = {
    "@context": [
        contexts.CREDENTIALS_V2,
        {
            "tag": "https://contoh.id/tag",
            "knows": {"@id": "https://contoh.id/knows", "@type": "@id"},
        },
    ],
    "id": "urn:uuid:{{one}}",
    "type": "VerifiableCredential",
    "issuer": "https://contoh.id/",
    "credentialSubject": [
        {"id": "urn:uuid:{{two}}", "tag": ["a", "{{first}}", "{{second}}"]},
        {"tag": ["{{first}}", "{{third}}"], "knows": [{"tag": "{{third}}"}, {"tag": "b"}]},
        {"tag": ["{{second}} dan {{third}}"], "knows": ["urn:uuid:{{one}}", {"tag": "b"}]},
        {"knows": [{"knows": {"tag": "{{first}}"}}, {"knows": {"tag": "{{second}}"}}]},
    ],
}
"""A template made so that lines, nodes and their hashes often fall together."""
ALIKE = Shape.compile(LOOK_ALIKES)


def check(shape: Shape, values: dict[str, str], document: dict[str, Any]) -> None:
    """The shape must say what the whole machinery says of the document itself."""
    assert shape.document_bytes(values) == canonical_json(document)
    assert shape.dataset_hash(values) == linked_data.dataset_hash(document)


def filled(node: Any, values: dict[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: filled(value, values) for key, value in node.items()}
    if isinstance(node, list):
        return [filled(item, values) for item in node]
    if isinstance(node, str):
        # one pass: a value may itself look like a marker
        pieces = node.replace("}}", "{{").split("{{")
        return "".join(values[p] if i % 2 else p for i, p in enumerate(pieces))
    return node


@given(name=TEXT, number=TEXT)
@settings(max_examples=60, deadline=None)
def test_a_filled_badge_hashes_as_the_whole_algorithm_hashes_it(name: str, number: str) -> None:
    values = badges.values() | {"name": name, "number": number}

    check(BADGE, values, filled(badges.template(), values))


@pytest.mark.parametrize("name", badges.HARD_NAMES)
def test_hard_names_come_out_as_they_went_in(name: str) -> None:
    values = badges.values(name)

    document = orjson.loads(BADGE.document_bytes(values))

    assert document["credentialSubject"]["identifier"][0]["identityHash"] == name
    check(BADGE, values, filled(badges.template(), values))


@given(one=st.sampled_from("xy"), two=st.sampled_from("xy"), first=FEW, second=FEW, third=FEW)
@settings(max_examples=200, deadline=None)
def test_equal_lines_and_look_alike_nodes_are_told_apart_as_the_standard_says(
    **values: str,
) -> None:
    check(ALIKE, values, filled(LOOK_ALIKES, values))


def test_the_proof_stands_where_canonical_order_puts_it() -> None:
    values = badges.values()

    secured = BADGE.secured_bytes(values, '[{"a":1}]')

    assert secured == canonical_json({**filled(badges.template(), values), "proof": [{"a": 1}]})


@pytest.mark.parametrize(
    ("marker", "text"),
    [
        ("name", "Bu\ndi"),
        ("name", "Bu\x7fdi"),
        ("name", "Bu\ud800di"),
        ("public_id", ""),
        ("public_id", "a/../b"),
        ("public_id", "a> <b"),
        ("public_id", "é"),
        ("status_index", "1 2"),
        ("valid_from", "2026-11-25"),
        ("valid_from", "kemarin"),
        ("valid_until", "2029-11-25T00:00:00"),
    ],
)
def test_a_value_that_would_change_more_than_itself_is_refused(marker: str, text: str) -> None:
    with pytest.raises(Unsignable) as refusal:
        BADGE.dataset_hash(badges.values() | {marker: text})

    assert refusal.value.where == marker


@pytest.mark.parametrize("change", [{"lain": "x"}, {"name": None}])
def test_a_value_too_many_or_too_few_is_a_fault_of_the_caller(change: dict[str, Any]) -> None:
    values = {k: v for k, v in (badges.values() | change).items() if v is not None}

    with pytest.raises(ValueError, match="the shape asks for"):
        BADGE.document_bytes(values)


def test_an_address_told_as_text_takes_only_what_an_address_takes() -> None:
    template = badges.template() | {"url": f"{badges.HOST}/{{{{unit}}}}"}
    values = badges.values() | {"unit": "J.620900"}
    shape = Shape.compile(template | {"name": {"@value": "{{name}}", "@language": "id"}})

    check(
        shape,
        values,
        filled(template | {"name": {"@value": "{{name}}", "@language": "id"}}, values),
    )
    with pytest.raises(Unsignable):
        shape.dataset_hash(values | {"unit": "a b"})


def test_a_whole_address_may_be_filled_in_but_only_an_absolute_one() -> None:
    shape = Shape.compile(badges.template() | {"id": "{{id}}"})
    values = {k: v for k, v in badges.values().items() if k != "public_id"}
    address = "https://contoh.id/c/1?a=%20#b"

    document = orjson.loads(shape.document_bytes(values | {"id": address}))
    assert shape.dataset_hash(values | {"id": address}) == linked_data.dataset_hash(document)
    for wrong in ("c/1", "javascript:alert(1)", "//contoh.id", "https://contoh.id/<1>", "_:b0"):
        with pytest.raises(Unsignable):
            shape.dataset_hash(values | {"id": wrong})


@pytest.mark.parametrize(
    "change",
    [
        {"type": ["VerifiableCredential", "{{kind}}"]},
        {"{{key}}": "x"},
        {"@context": [contexts.CREDENTIALS_V2, "https://contoh.id/{{context}}"]},
        {"nilai": "x"},
        {"id": "{{public_id}}/c"},
        {"name": "pArT3tRaP"},
        {"name": "{{__proof__}}"},
        {"name": "Bu\bdi"},
        {"name": {"@value": "Budi", "@language": "{{language}}"}},
        {"validFrom": "{{day}}T00:00:00Z"},
        {"name": {"@value": "Budi", "@index": "{{index}}"}},
        {"proof": {"type": "DataIntegrityProof", "nonce": "{{nonce}}"}},
        {"credentialSubject": {"type": ["AchievementSubject"], "creditsEarned": "{{credits}}"}},
        {
            "credentialSubject": {
                "type": ["Achievement"],
                "resultDescription": {"type": "ResultDescription", "allowedValue": ["a", "b"]},
            }
        },
        {
            "credentialSchema": {
                "id": "https://contoh.id/skema",
                "type": "JsonSchema",
                "jsonSchema": {"judul": "{{title}}"},
            }
        },
    ],
)
def test_a_template_whose_markers_could_change_its_meaning_is_refused(
    change: dict[str, Any],
) -> None:
    with pytest.raises(Unsignable):
        Shape.compile(badges.template() | change)


def test_the_same_values_always_give_the_same_bytes() -> None:
    digest = hashlib.sha256(BADGE.document_bytes(badges.values())).hexdigest()

    again = Shape.compile(badges.template()).document_bytes(badges.values())

    assert hashlib.sha256(again).hexdigest() == digest
