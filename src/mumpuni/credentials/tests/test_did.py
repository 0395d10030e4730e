"""Names and documents of signers: where they are, which keys they list, and for how long."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django import Settings

from mumpuni.access.models import Organisation
from mumpuni.access.tests import make as access
from mumpuni.credentials import did, linked_data, queries
from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.keys import ensure_keys
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.signing import from_multikey
from mumpuni.credentials.tests.make import NOW, body, keeper
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import amend, perform

Kind = SigningKey.Kind
NAME = "did:web:contoh.test:lsp:1001"


@pytest.fixture(autouse=True)
def _at_a_host(settings: Settings, tmp_path: Path) -> None:
    settings.PUBLIC_URL = "https://contoh.test"
    settings.KEYS_DIR = tmp_path


@pytest.mark.parametrize(
    ("address", "path", "name", "document"),
    [
        ("https://contoh.test", "", "did:web:contoh.test", ".well-known/did.json"),
        ("https://contoh.test/", "lsp/1001", NAME, "lsp/1001/did.json"),
        (
            "http://127.0.0.1:8000",
            "lsp/1001",
            "did:web:127.0.0.1%3A8000:lsp:1001",
            "lsp/1001/did.json",
        ),
    ],
)
def test_a_name_says_where_its_document_is(
    address: str, path: str, name: str, document: str
) -> None:
    assert did.did_of(address, path) == name
    assert did.document_path(name) == document


@pytest.mark.django_db
def test_the_authority_is_the_host_and_a_body_a_place_on_it() -> None:
    assert did.did_of_body(access.authority()) == "did:web:contoh.test"
    assert did.did_of_body(body()) == NAME
    with pytest.raises(Refused) as refused:
        did.did_of_body(Organisation(name="LSP Baru", kind="certification_body"))
    assert refused.value.code == "Y-06"


@pytest.mark.django_db
def test_a_document_lists_the_keys_of_credentials_and_not_the_seal() -> None:
    keys = ensure_keys(body(), 2026, NOW)

    document = did.did_document(NAME, keys.values())

    ed25519, p256 = document["verificationMethod"]
    assert document["id"] == ed25519["controller"] == p256["controller"] == NAME
    assert document["assertionMethod"] == [f"{NAME}#2026-ed25519", f"{NAME}#2026-p256"]
    assert ed25519["type"] == "Multikey"
    assert from_multikey(ed25519["publicKeyMultibase"]) == keys[Kind.ED25519].published
    assert p256["type"] == "JsonWebKey"
    assert p256["publicKeyJwk"] == did.jwk(keys[Kind.P256])
    assert p256["publicKeyJwk"]["crv"] == "P-256"


def test_coordinates_keep_their_leading_zeros() -> None:
    # the smallest private key whose point has an x that begins with a zero byte
    for secret in range(1, 2000):
        point = ec.derive_private_key(secret, ec.SECP256R1()).public_key()
        if point.public_numbers().x >> 248 == 0:
            break
    raw = bytes([2 + point.public_numbers().y % 2]) + point.public_numbers().x.to_bytes(32)

    key = did.jwk(SigningKey(kind=Kind.P256, public_key=raw))

    assert len(key["x"]) == len(key["y"]) == 43
    assert key["x"].startswith("A")


@pytest.mark.django_db
def test_every_word_of_a_document_means_something() -> None:
    keys = ensure_keys(body(), 2026, NOW)
    perform(keys[Kind.P256], "compromise", keeper(), at=NOW, note="Bocor.")

    quads = linked_data.dataset(did.did_document(NAME, queries.keys_under(NAME)))

    text = str(quads)
    for term in ("publicKeyMultibase", "publicKeyJwk", "assertionMethod", "revoked", "Multikey"):
        assert f"https://w3id.org/security#{term}" in text


@pytest.mark.django_db
def test_a_retired_key_stays_and_a_compromised_one_says_since_when() -> None:
    """Y-04: what a key signed can be checked for as long as the document is published."""
    lsp = body()
    old = ensure_keys(lsp, 2025, NOW)
    new = ensure_keys(lsp, 2026, NOW + timedelta(days=1))
    amend(new[Kind.ED25519], {"compromised_at": NOW}, keeper(), at=NOW + timedelta(days=2))
    perform(new[Kind.ED25519], "compromise", keeper(), at=NOW + timedelta(days=2), note="Bocor.")
    ensure_keys(lsp, 2026, NOW + timedelta(days=2))

    document = did.did_document(NAME, queries.keys_under(NAME))

    revoked = {one["id"]: one.get("revoked") for one in document["verificationMethod"]}
    assert revoked == {
        str(old[Kind.ED25519]): None,
        str(old[Kind.P256]): None,
        str(new[Kind.ED25519]): "2026-06-01T05:00:00Z",
        f"{NAME}#2026-ed25519-2": None,
        str(new[Kind.P256]): None,
    }
    assert document["assertionMethod"] == list(revoked)
    assert not any("expires" in one for one in document["verificationMethod"])


@pytest.mark.django_db
def test_the_same_keys_give_the_same_bytes() -> None:
    keys = list(ensure_keys(body(), 2026, NOW).values())

    assert canonical_json(did.did_document(NAME, keys)) == canonical_json(
        did.did_document(NAME, reversed(keys))
    )
