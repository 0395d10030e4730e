import base64
import time
from datetime import timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mumpuni.credentials import contexts, jwt, proofs, signing, structure, verification
from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.shapes import Shape
from mumpuni.credentials.tests import badges
from mumpuni.credentials.verification import Outcome, Verification

BADGE = Shape.compile(badges.template())
LATER = badges.CREATED + timedelta(days=1)
PLAIN: dict[str, Any] = {
    "@context": [contexts.CREDENTIALS_V2],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential"],
    "issuer": badges.ISSUER,
    "validFrom": "2026-11-25T00:00:00Z",
    "credentialSubject": {"id": "did:example:budi", "name": "Budi"},
}


def badge(name: str = "Budi Santoso") -> dict[str, Any]:
    values = badges.values(name)
    signatures = proofs.sign(BADGE, values, badges.SIGNER, badges.CREATED)
    method = badges.SIGNER.verification_method
    document: dict[str, Any] = orjson.loads(
        proofs.secured_document(BADGE, values, signatures, method, badges.CREATED)
    )
    return document


def checked(document: Any) -> Verification:
    content = document if isinstance(document, bytes) else orjson.dumps(document)
    return verification.verify(content, signing.resolve_did_key, at=LATER)


def codes(result: Verification) -> dict[str, str]:
    return {check.name: check.code for check in result.checks if check.outcome != Outcome.PASSED}


@pytest.mark.parametrize("name", badges.HARD_NAMES)
def test_a_badge_passes_every_check_whatever_the_name(name: str) -> None:
    result = checked(badge(name))

    assert result.outcome == Outcome.PASSED
    assert [check.name for check in result.checks] == [
        "format",
        "structure",
        "period",
        "linked-data",
        "proof eddsa-rdfc-2022",
        "proof eddsa-jcs-2022",
        "issuer",
    ]
    assert result.methods == (badges.SIGNER.verification_method,) * 2
    assert result.require() == badge(name)


def test_a_token_passes_every_check() -> None:
    shape = Shape.compile(badges.template(badges.JWT_ISSUER))
    token = jwt.sign(shape.document_bytes(badges.values()), badges.JWT_SIGNER)

    result = checked(f"\n{token}\n".encode())

    assert result.outcome == Outcome.PASSED
    assert "proof vc+jwt" in [check.name for check in result.checks]


def test_a_changed_name_breaks_both_proofs_and_nothing_else() -> None:
    document = badge()
    document["credentialSubject"]["identifier"][0]["identityHash"] = "Budi Santosa"

    assert codes(checked(document)) == {
        "proof eddsa-rdfc-2022": "signature-wrong",
        "proof eddsa-jcs-2022": "signature-wrong",
        "issuer": "proofs-none-hold",
    }


def test_no_byte_of_a_badge_can_be_changed() -> None:
    whole = canonical_json(badge())

    for at in range(3, len(whole), 47):
        changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        assert checked(changed).outcome != Outcome.PASSED, changed[at - 20 : at + 20]


def test_one_broken_proof_is_not_outvoted_by_the_other() -> None:
    document = badge()
    document["proof"][1]["proofValue"] = document["proof"][0]["proofValue"]

    result = checked(document)

    assert codes(result) == {"proof eddsa-jcs-2022": "signature-wrong"}
    assert result.outcome == Outcome.FAILED
    with pytest.raises(NotVerified, match="signature-wrong"):
        result.require()


def test_the_key_of_another_does_not_sign_for_the_issuer() -> None:
    forged = proofs.sign_document(
        PLAIN | {"issuer": "did:web:sertifikasi.contoh.id:lsp:ABC"}, badges.SIGNER, badges.CREATED
    )

    assert codes(checked(forged)) == {"issuer": "key-of-another"}


def test_a_key_that_cannot_be_found_is_told_apart_from_a_forgery() -> None:
    result = verification.verify_document(badge(), lambda _: None, at=LATER)

    assert result.outcome == Outcome.UNKNOWN
    assert codes(result)["proof eddsa-rdfc-2022"] == "key-not-found"


def test_a_key_that_is_not_trusted_any_more_fails_with_its_reason() -> None:
    def compromised(_: str) -> signing.PublicKey:
        raise NotVerified("key-compromised")

    result = verification.verify_document(badge(), compromised, at=LATER)

    assert result.outcome == Outcome.FAILED
    assert codes(result)["proof eddsa-rdfc-2022"] == "key-compromised"


@pytest.mark.parametrize(
    ("days", "code"), [(-2, "not-yet-valid"), (3 * 365, ""), (3 * 365 + 3, "expired")]
)
def test_a_badge_is_valid_from_its_first_to_its_last_day(days: int, code: str) -> None:
    at = badges.CREATED + timedelta(days=days)

    result = verification.verify(orjson.dumps(badge()), signing.resolve_did_key, at=at)

    assert codes(result).get("period", "") == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"proofPurpose": "authentication"}, "proof-purpose-wrong"),
        ({"type": "Ed25519Signature2020"}, "proof-malformed"),
        ({"created": "kemarin"}, "proof-malformed"),
        ({"expires": "2026-11-25T03:00:00Z"}, "proof-expired"),
        ({"proofValue": 7}, "proof-malformed"),
        ({"proofValue": "z"}, "signature-wrong"),
        ({"proofValue": "m" + "A" * 86}, "multibase-wrong"),
        ({"verificationMethod": badges.JWT_SIGNER.verification_method}, "key-kind-wrong"),
        ({"verificationMethod": "did:key:zzz"}, "key-kind-unknown"),
        ({"previousProof": "urn:uuid:lain"}, "previous-proof-missing"),
        ({"cryptosuite": "ecdsa-sd-2023"}, "cryptosuite-unknown"),
        ({"nilai": 1}, "term-undefined"),
    ],
)
def test_a_proof_of_another_make_is_refused_with_its_reason(
    change: dict[str, Any], code: str
) -> None:
    document = badge()
    document["proof"] = document["proof"][0] | change

    assert code in codes(checked(document)).values()


@pytest.mark.parametrize("context", [["https://contoh.id/"], [contexts.OPEN_BADGES], "x"])
def test_a_jcs_proof_made_for_another_context_is_refused(context: Any) -> None:
    document = badge()
    document["proof"] = document["proof"][1] | {"@context": context}

    assert codes(checked(document))["proof eddsa-jcs-2022"] == "proof-context-wrong"


@pytest.mark.parametrize(
    ("given", "code"),
    [({}, "proofs-none"), ({"proof": []}, "proofs-none"), ({"proof": [1] * 9}, "proofs-many")],
)
def test_a_credential_without_proofs_or_with_a_flood_of_them_fails(
    given: dict[str, Any], code: str
) -> None:
    assert codes(checked(PLAIN | given))["proof"] == code


def test_a_chain_of_proofs_holds_and_breaks_when_its_first_link_is_exchanged() -> None:
    first = sealed(PLAIN, {"id": "urn:uuid:1"})
    second = sealed(PLAIN | {"proof": [first]}, {"id": "urn:uuid:2", "previousProof": "urn:uuid:1"})
    exchanged = sealed(PLAIN, {"id": "urn:uuid:1", "created": "2026-11-25T02:31:00Z"})

    assert checked(PLAIN | {"proof": [first, second]}).outcome == Outcome.PASSED
    assert checked(PLAIN | {"proof": [exchanged, second]}).outcome == Outcome.FAILED


def sealed(document: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Sign by hand what `sign_document` does not offer."""
    proof = {
        **proofs.configuration(
            proofs.JCS,
            document["@context"],
            badges.SIGNER.verification_method,
            proofs.instant(badges.CREATED),
        ),
        **more,
    }
    message = proofs.sha256_of_json(proof) + proofs.sha256_of_json(document)
    return proof | {"proofValue": signing.multibase(badges.SIGNER.sign(message))}


@pytest.mark.parametrize(
    ("change", "outcome", "code"),
    [
        ({"nilai": "A"}, Outcome.FAILED, "term-undefined"),
        ({"name": "Bu\bdi"}, Outcome.UNKNOWN, "text-unsafe"),
        (
            {"@context": [contexts.CREDENTIALS_V2, "https://contoh.id/konteks"]},
            Outcome.UNKNOWN,
            "context-unknown",
        ),
    ],
)
def test_what_is_wrong_is_told_apart_from_what_we_cannot_read(
    change: dict[str, Any], outcome: Outcome, code: str
) -> None:
    result = checked(PLAIN | change | {"proof": sealed(PLAIN | change, {})})

    [check] = [check for check in result.checks if check.name == "linked-data"]
    assert (check.outcome, check.code) == (outcome, code)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"@context": [contexts.OPEN_BADGES, contexts.CREDENTIALS_V2]}, "context-first-wrong"),
        ({"@context": [contexts.CREDENTIALS_V2, 7]}, "context-malformed"),
        ({"id": ["urn:uuid:1"]}, "id-malformed"),
        ({"id": "bukan url"}, "id-malformed"),
        ({"id": "urn:\ud800"}, "id-malformed"),
        ({"type": "OpenBadgeCredential"}, "type-wrong"),
        ({"type": [["VerifiableCredential"]]}, "type-wrong"),
        ({"issuer": {"name": "LSP"}}, "issuer-malformed"),
        ({"credentialSubject": []}, "subject-malformed"),
        ({"credentialSubject": {}}, "subject-malformed"),
        ({"credentialSubject": "did:example:budi"}, "subject-malformed"),
        ({"credentialSubject": {"id": "Budi"}}, "subject-id-malformed"),
        ({"name": {"@value": "Budi", "lain": "x"}}, "name-malformed"),
        ({"description": 7}, "description-malformed"),
        ({"validFrom": "2026-11-25"}, "validFrom-malformed"),
        ({"validFrom": "2026-11-25T00:00:00"}, "validFrom-malformed"),
        ({"validFrom": "2026-13-25T00:00:00Z"}, "validFrom-malformed"),
        ({"validUntil": "2020-01-01T00:00:00Z"}, "period-reversed"),
        ({"@context": [contexts.CREDENTIALS_V1]}, "issuanceDate-missing"),
        ({"credentialStatus": {"id": "urn:uuid:1"}}, "status-malformed"),
        ({"credentialStatus": {"type": "BitstringStatusListEntry"}}, "status-list-malformed"),
        ({"credentialSchema": {"type": "JsonSchema"}}, "credentialSchema-malformed"),
        ({"termsOfUse": {"id": "urn:uuid:1"}}, "termsOfUse-malformed"),
        ({"evidence": ["foto"]}, "evidence-malformed"),
        ({"refreshService": {"type": []}}, "refreshService-malformed"),
        ({"relatedResource": {"id": "x"}}, "relatedResource-malformed"),
        ({"relatedResource": {"id": "urn:uuid:1"}}, "relatedResource-without-digest"),
        (
            {"relatedResource": [{"id": "urn:uuid:1", "digestSRI": "x"}] * 2},
            "relatedResource-twice",
        ),
        (
            {"relatedResource": {"id": contexts.CREDENTIALS_V2, "digestSRI": "sha256-x"}},
            "relatedResource-digest-wrong",
        ),
        (
            {"relatedResource": {"id": contexts.CREDENTIALS_V2, "digestMultibase": {}}},
            "relatedResource-digest-wrong",
        ),
    ],
)
def test_each_fault_of_structure_has_its_code(change: dict[str, Any], code: str) -> None:
    assert structure.faults(PLAIN) == []

    assert code in structure.faults(PLAIN | change)


def test_the_published_digest_of_a_context_is_right() -> None:
    url = contexts.CREDENTIALS_V2
    digest = base64.b64encode(bytes.fromhex(contexts.PINNED[url].sha256)).decode()

    assert (
        structure.faults(PLAIN | {"relatedResource": {"id": url, "digestSRI": f"sha256-{digest}"}})
        == []
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "json-malformed"),
        (b"%PDF-1.7", "json-malformed"),
        (b"[]", "json-not-an-object"),
        (b'{"a": NaN}', "json-malformed"),
        (b'{"a": 1, "a": 2}', "json-name-twice"),
        (b'{"a": "\xff"}', "json-malformed"),
        (b"\xef\xbb\xbf{}", "json-malformed"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "json-malformed"),
        (b'{"a": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "json-malformed"),
        (b'{"a": "' + b"a" * 1_000_000 + b'"}', "too-long"),
        (b"ey", "jwt-malformed"),
        (b"eyJ.\xff.AA", "jwt-malformed"),
    ],
)
def test_bytes_that_are_no_credential_fail_with_one_reason(content: bytes, code: str) -> None:
    assert codes(checked(content)) == {"format": code}


def test_a_document_made_to_take_for_ever_is_given_up_within_seconds() -> None:
    flood = {"type": ["Alignment"], "targetName": "x"}
    document = badge()
    document["credentialSubject"]["achievement"]["alignment"] = [
        {**flood, "targetCode": str(number)} for number in range(5_000)
    ]
    begun = time.monotonic()

    result = checked(document)

    assert codes(result)["linked-data"] == "too-large"
    assert time.monotonic() - begun < 5


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(
    name=st.sampled_from([*PLAIN, "proof", "credentialStatus", "relatedResource", "name"]),
    value=JSON,
)
@settings(max_examples=80, deadline=None)
def test_no_value_anywhere_breaks_the_verifier(name: str, value: Any) -> None:
    result = verification.verify_document(
        badge() | {name: value}, signing.resolve_did_key, at=LATER
    )

    assert result.outcome != Outcome.PASSED


@given(name=st.sampled_from([*badge()["proof"][1]]), value=JSON)
@settings(max_examples=80, deadline=None)
def test_no_value_in_a_proof_breaks_the_verifier(name: str, value: Any) -> None:
    document = badge()
    document["proof"][1] |= {name: value}

    result = verification.verify_document(document, signing.resolve_did_key, at=LATER)

    assert result.outcome != Outcome.PASSED
