"""Proofs of ours, checked against the W3C's own numbers and by a verifier that shares no code."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mumpuni.credentials import contexts, linked_data, proofs, signing
from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.errors import Unsignable
from mumpuni.credentials.shapes import Shape
from mumpuni.credentials.tests import badges, peers

VECTORS = Path(__file__).parent / "vectors"
SUITES: list[proofs.Cryptosuite] = [proofs.RDFC, proofs.JCS]
BADGE = Shape.compile(badges.template())
CONTEXT_FILES = json.dumps(
    {
        url: str(Path(contexts.__file__).parent / context.file)
        for url, context in contexts.PINNED.items()
    }
)
METHOD = {
    "id": badges.SIGNER.verification_method,
    "controller": badges.ISSUER,
    "publicKeyMultibase": signing.multikey(signing.public_key(badges.ED25519)),
}


def badge(name: str = "Budi Santoso") -> str:
    values = badges.values(name)
    signatures = proofs.sign(BADGE, values, badges.SIGNER, badges.CREATED)
    return proofs.secured_document(
        BADGE, values, signatures, badges.SIGNER.verification_method, badges.CREATED
    ).decode()


def ask(documents: list[str], at: datetime = badges.CREATED) -> list[dict[str, Any]]:
    questions = [
        {"document": document, "method": METHOD, "now": at.isoformat()} for document in documents
    ]
    answers: list[dict[str, Any]] = peers.ask("verify-credentials.mjs", questions, CONTEXT_FILES)
    return answers


def vector(suite: str) -> Any:
    return orjson.loads((VECTORS / f"{suite}.json").read_bytes())


def vector_signer(numbers: Any) -> signing.Ed25519Signer:
    secret = signing.from_multibase(numbers["secretKeyMultibase"]).removeprefix(b"\x80\x26")
    return signing.Ed25519Signer(
        numbers["verificationMethod"], Ed25519PrivateKey.from_private_bytes(secret)
    )


@pytest.mark.parametrize("suite", SUITES)
def test_the_w3c_vectors_come_out_bit_identical(suite: proofs.Cryptosuite) -> None:
    numbers = vector(suite)
    created = datetime.fromisoformat(numbers["created"])

    secured = proofs.sign_document(numbers["credential"], vector_signer(numbers), created)

    proof = secured["proof"][SUITES.index(suite)]
    assert proof["cryptosuite"] == suite
    assert proof["proofValue"] == numbers["proofValue"]
    assert signing.from_multibase(proof["proofValue"]).hex() == numbers["signature"]
    assert secured["proof"][1]["@context"] == numbers["credential"]["@context"]


@pytest.mark.parametrize("suite", SUITES)
def test_the_hashes_of_the_w3c_vectors_come_out_bit_identical(suite: proofs.Cryptosuite) -> None:
    numbers = vector(suite)
    credential = numbers["credential"]
    configuration = proofs.configuration(
        suite, credential["@context"], numbers["verificationMethod"], numbers["created"]
    )
    hashed = linked_data.dataset_hash if suite == proofs.RDFC else proofs.sha256_of_json

    assert hashed(credential).hex() == numbers["documentHash"]
    assert hashed(configuration).hex() == numbers["configurationHash"]


def test_a_shape_signs_a_w3c_vector_as_w3c_does() -> None:
    numbers = vector(proofs.RDFC)
    template = numbers["credential"] | {"name": "{{name}}"}
    values = {"name": numbers["credential"]["name"]}

    signatures = proofs.sign(
        Shape.compile(template),
        values,
        vector_signer(numbers),
        datetime.fromisoformat(numbers["created"]),
    )

    assert signatures.rdfc.hex() == numbers["signature"]
    assert signatures.jcs.hex() == vector(proofs.JCS)["signature"]


def test_a_shape_and_a_whole_document_are_signed_alike() -> None:
    values = badges.values('Budi "Anto" Santoso®')
    document = orjson.loads(BADGE.document_bytes(values))

    whole = proofs.sign_document(document, badges.SIGNER, badges.CREATED)

    assert badge('Budi "Anto" Santoso®').encode() == canonical_json(whole)


def test_a_verifier_that_shares_no_code_accepts_hard_names() -> None:
    answers = ask([badge(name) for name in badges.HARD_NAMES])

    assert answers == [{"verified": True, "error": None}] * len(badges.HARD_NAMES)


def test_an_issuer_that_shares_no_code_makes_the_same_signatures() -> None:
    document = orjson.loads(BADGE.document_bytes(badges.values("Siti Nurhaliza®")))
    ours = orjson.loads(badge("Siti Nurhaliza®"))["proof"]
    secret = b"\x80\x26" + badges.ED25519.private_bytes_raw()

    answers = peers.ask(
        "sign-credentials.mjs",
        {
            "credential": document,
            "key": {**METHOD, "type": "Multikey", "secretKeyMultibase": signing.multibase(secret)},
            "date": proofs.instant(badges.CREATED),
            "rounds": 1,
        },
        CONTEXT_FILES,
    )

    assert [answer["credential"]["proof"] for answer in answers] == ours


def test_the_verifier_refuses_whatever_byte_was_changed() -> None:
    whole = badge("Budi Santoso")
    places = range(whole.index("Achievement"), len(whole) - 2, len(whole) // 25)
    changed = [whole[:at] + ("x" if whole[at] != "x" else "y") + whole[at + 1 :] for at in places]
    told = [
        whole.replace("Budi Santoso", "Budi Santosa"),
        whole.replace("2029-11-25", "2039-11-25"),
        whole.replace('"statusListIndex":"1"', '"statusListIndex":"2"'),
        whole.replace("did:key:z6Mk", "did:key:z6Mm"),
        whole.replace("2026-11-25T02:30:00Z", "2026-11-25T02:30:01Z"),
    ]
    assert len({whole, *changed, *told}) == len(changed) + len(told) + 1

    answers = ask([*changed, *told])

    assert [answer["verified"] for answer in answers] == [False] * len(answers)


def test_the_verifier_refuses_the_signature_of_another_key() -> None:
    stranger = signing.Ed25519Signer(
        badges.SIGNER.verification_method, Ed25519PrivateKey.from_private_bytes(bytes(32))
    )
    forged = proofs.sign_document(
        orjson.loads(BADGE.document_bytes(badges.values())), stranger, badges.CREATED
    )

    [answer] = ask([orjson.dumps(forged).decode()])

    assert not answer["verified"]


@pytest.mark.parametrize(
    "change",
    [
        {"nilai": "A"},
        {"name": "Bu\bdi"},
        {"name": "Bu\x7fdi"},
        {"type": ["VerifiableCredential", "Sertifikat"]},
        {"id": "sertifikat/1"},
        {"credentialSubject": {"type": ["AchievementSubject"], "creditsEarned": 3.5}},
    ],
)
def test_a_document_that_others_would_read_differently_is_not_signed(
    change: dict[str, Any],
) -> None:
    document = orjson.loads(BADGE.document_bytes(badges.values())) | change

    with pytest.raises(Unsignable):
        proofs.sign_document(document, badges.SIGNER, badges.CREATED)


def test_signatures_depend_on_the_second_of_signing_and_on_nothing_finer() -> None:
    values = badges.values()

    first, same, later = (
        proofs.sign(BADGE, values, badges.SIGNER, badges.CREATED + passed)
        for passed in (timedelta(0), timedelta(microseconds=1), timedelta(seconds=1))
    )

    assert first == same
    assert first.rdfc != later.rdfc
    assert first.jcs != later.jcs
