"""What the authority says of bodies: read by programs that never heard of either."""

from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mumpuni.credentials import linked_data, proofs, signing, verification
from mumpuni.credentials.recognition import TERMS, Recognised, recognition, registry
from mumpuni.credentials.tests.make import NOW

AUTHORITY = "did:web:contoh.test"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIGNER = signing.Ed25519Signer(f"{AUTHORITY}#2026-ed25519", KEY)
BODY = Recognised(
    did="did:web:contoh.test:lsp:1001",
    name="LSP Pertama",
    url="https://contoh.test/lsp/1001",
    since=datetime(2026, 1, 1, tzinfo=UTC),
    until=datetime(2028, 12, 31, tzinfo=UTC),
)
OTHER = Recognised(
    did="did:web:contoh.test:lsp:1002",
    name="LSP Kedua",
    url="https://contoh.test/lsp/1002",
    since=datetime(2025, 1, 1, tzinfo=UTC),
    until=datetime(2027, 12, 31, tzinfo=UTC),
)


def signed(*bodies: Recognised) -> dict[str, Any]:
    document = recognition(
        "https://contoh.test/recognition/1001",
        AUTHORITY,
        bodies,
        valid_from=NOW,
        valid_until=NOW + timedelta(days=30),
    )
    return proofs.sign_document(document, SIGNER, NOW)


def verified(document: dict[str, Any]) -> verification.Outcome:
    return verification.verify_document(document, lambda _: signing.public_key(KEY), at=NOW).outcome


def test_a_recognition_is_a_credential_like_any_other() -> None:
    assert verified(signed(BODY)) == verification.Outcome.PASSED


def test_a_recognition_of_another_body_is_a_forgery() -> None:
    document = signed(BODY)
    document["credentialSubject"][0]["id"] = OTHER.did

    assert verified(document) == verification.Outcome.FAILED


def test_every_term_of_a_recognition_means_something() -> None:
    document = signed(BODY, OTHER)
    del document["proof"]

    quads = linked_data.canonical_quads(linked_data.dataset(document))

    for statement in (
        f'<{BODY.did}> <{TERMS}legalName> "LSP Pertama"',
        f"<{BODY.did}> <{TERMS}url> <https://contoh.test/lsp/1001>",
        f"> <{TERMS}recognizedBy> <{AUTHORITY}>",
        f'> <{TERMS}action> "issue"',
        f'#{OTHER.did}> <https://www.w3.org/2018/credentials#validUntil> "2027-12-31T00:00:00Z"',
        f"> <{TERMS}RecognizedEntityCredential>",
    ):
        assert statement in quads


def test_the_registry_lists_every_body_by_its_name() -> None:
    assert registry([BODY, OTHER], updated=NOW) == {
        "meta": {"updated": "2026-06-01T05:00:00Z"},
        "registry": {
            BODY.did: {"name": "LSP Pertama", "url": "https://contoh.test/lsp/1001"},
            OTHER.did: {"name": "LSP Kedua", "url": "https://contoh.test/lsp/1002"},
        },
    }
