"""The VC-API over real HTTPS, and what a naive implementation of it would let pass."""

import base64
import http.client
import json
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from mumpuni.credentials import contexts, proofs, signing, status
from mumpuni.credentials.conformance.api import Api
from mumpuni.credentials.conformance.documents import CREDENTIAL, PRESENTATION, did, envelope
from mumpuni.credentials.conformance.serving import Server
from mumpuni.credentials.parsing import LONGEST
from mumpuni.credentials.tests import badges, peers

FORMATS = ["rdfc", "jcs", "jwt", "status"]
CONTEXT_FILES = json.dumps(
    {
        url: str(Path(contexts.__file__).parent / context.file)
        for url, context in contexts.PINNED.items()
    }
)
MODERN: dict[str, Any] = {
    "@context": [contexts.CREDENTIALS_V2, contexts.CREDENTIALS_EXAMPLES_V2],
    "type": ["VerifiableCredential", "ExampleAlumniCredential"],
    "issuer": {"id": "https://universitas.example/penerbit", "name": "Universitas Contoh"},
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:budi", "alumniOf": {"id": "did:example:unc"}},
}
OLD: dict[str, Any] = {
    "@context": [contexts.CREDENTIALS_V1],
    "type": ["VerifiableCredential"],
    "issuer": "https://universitas.example/penerbit",
    "issuanceDate": "2026-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:budi"},
}
PRESENTED: dict[str, Any] = {
    "@context": [contexts.CREDENTIALS_V2],
    "type": ["VerifiablePresentation"],
    "holder": badges.ISSUER,
}
DOMAIN, CHALLENGE = "https://pemeriksa.example", "u3xY"
HALF = r"urn:\ud800"
API = Api("https://127.0.0.1:40443")
CONTEXT_HASH = bytes.fromhex(contexts.PINNED[contexts.CREDENTIALS_V2].sha256)
RIGHT_DIGEST = {
    "id": contexts.CREDENTIALS_V2,
    "digestMultibase": signing.multibase(b"\x12\x20" + CONTEXT_HASH),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(0) as listening:
        Thread(target=listening.serve_forever, daemon=True).start()
        yield listening
        listening.shutdown()


def call(
    server: Server, path: str, body: Any = None, headers: dict[str, str] | None = None
) -> tuple[int, Any]:
    """Ask over TLS, trusting the server's certificate and no other."""
    trust = ssl.create_default_context(cadata=server.certificate)
    connection = http.client.HTTPSConnection(
        "127.0.0.1", server.server_port, context=trust, timeout=30
    )
    content = body if isinstance(body, bytes | None) else orjson.dumps(body)
    connection.request("GET" if body is None else "POST", path, content, headers or {})
    answer = connection.getresponse()
    told = orjson.loads(answer.read())
    connection.close()
    return answer.status, told


def issue(server: Server, form: str, credential: dict[str, Any]) -> dict[str, Any]:
    told, answer = call(server, f"/{form}/credentials/issue", {"credential": credential})
    assert told == HTTPStatus.CREATED, answer
    issued: dict[str, Any] = answer["verifiableCredential"]
    return issued


def verify(server: Server, credential: Any, form: str = "rdfc") -> str:
    """Return why a credential is refused; nothing if it is not."""
    return reason(call(server, f"/{form}/credentials/verify", {"verifiableCredential": credential}))


def present(server: Server, presentation: Any, **options: Any) -> str:
    """Return why a presentation is refused; nothing if it is not."""
    body = {"verifiablePresentation": presentation, "options": options}
    return reason(call(server, "/rdfc/presentations/verify", body))


def reason(answer: tuple[int, Any]) -> str:
    told, content = answer
    if told == HTTPStatus.OK:
        assert content["errors"] == []
        return ""
    assert told == HTTPStatus.BAD_REQUEST
    [code] = content["errors"]
    return str(code)


def fresh(credential: dict[str, Any]) -> dict[str, Any]:
    return credential | {"id": f"urn:uuid:{uuid4()}"}


@pytest.mark.parametrize(
    ("form", "credential"),
    [*((form, MODERN) for form in FORMATS), *((form, OLD) for form in FORMATS[:3])],
)
def test_what_is_issued_in_a_format_verifies_in_every_one(
    server: Server, form: str, credential: dict[str, Any]
) -> None:
    issued = issue(server, form, fresh(credential))

    for other in ["rdfc", "jcs", "jwt"]:
        assert verify(server, issued, other) == ""


def test_version_1_1_has_no_words_for_a_bitstring_status(server: Server) -> None:
    answer = call(server, "/status/credentials/issue", {"credential": OLD})

    assert reason(answer) == "term-undefined"


@pytest.mark.parametrize("form", ["rdfc", "jcs", "status"])
def test_the_issuer_becomes_the_key_that_signs_and_keeps_its_name(
    server: Server, form: str
) -> None:
    issued = issue(server, form, MODERN)

    assert issued["issuer"] == MODERN["issuer"] | {"id": did(server.api.issuer.ed25519)}
    assert issued["proof"]["verificationMethod"].startswith(issued["issuer"]["id"])


def test_a_token_comes_in_an_envelope_and_is_taken_without_one_too(server: Server) -> None:
    issued = issue(server, "jwt", MODERN)

    scheme, token = issued["id"].split(",")
    payload = orjson.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert (issued["type"], scheme) == (
        "EnvelopedVerifiableCredential",
        "data:application/vc+jwt",
    )
    assert payload["issuer"]["id"] == did(server.api.issuer.p256)
    assert verify(server, token) == ""


@pytest.mark.parametrize("form", ["rdfc", "jcs"])
@pytest.mark.parametrize("credential", [MODERN, OLD], ids=["2.0", "1.1"])
def test_an_independent_verifier_accepts_what_is_issued(
    server: Server, form: str, credential: dict[str, Any]
) -> None:
    issued = issue(server, form, fresh(credential))
    signer = server.api.issuer.ed25519
    method = {
        "id": signer.verification_method,
        "controller": did(signer),
        "publicKeyMultibase": signing.multikey(signing.public_key(signer.key)),
    }
    question = {
        "document": orjson.dumps(issued).decode(),
        "method": method,
        "now": datetime.now(UTC).isoformat(),
    }

    [answer] = peers.ask("verify-credentials.mjs", [question], CONTEXT_FILES)

    assert answer["verified"], answer["error"]


TYPED = {"type": "ExampleType"}


@pytest.mark.parametrize(
    "change",
    [
        {"credentialSubject": [{"id": "did:example:budi"}, {"id": "did:example:siti"}]},
        {"evidence": [TYPED, TYPED]},
        {"termsOfUse": [TYPED | {"id": "urn:uuid:1"}, TYPED]},
        {"refreshService": [TYPED, TYPED | {"id": "https://contoh.example/segar"}]},
        {"credentialSchema": [TYPED | {"id": "did:example:skema/1"}]},
        {"credentialStatus": TYPED},
        {"name": {"@value": "Alumni", "@language": "id"}},
        {"name": {"@value": "خريج", "@language": "ar", "@direction": "rtl"}},
        {"description": [{"@value": "Alumni", "@language": tag} for tag in ("id", "en-GB")]},
        {"validFrom": "2026-01-01T07:00:00.123+07:00"},
        {"type": ["https://contoh.example/Jenis", "VerifiableCredential"]},
        {"relatedResource": {"id": "urn:uuid:1", "digestSRI": "sha256-AAAA"}},
        {"relatedResource": RIGHT_DIGEST},
    ],
)
def test_what_the_data_model_allows_is_signed_and_verifies(
    server: Server, change: dict[str, Any]
) -> None:
    assert verify(server, issue(server, "rdfc", MODERN | change)) == ""


def test_a_credential_that_begins_later_is_signed_and_does_not_verify_yet(server: Server) -> None:
    later = issue(server, "rdfc", MODERN | {"validFrom": "2100-01-01T00:00:00Z"})
    over = issue(server, "rdfc", MODERN | {"validUntil": "2026-01-02T00:00:00Z"})

    assert verify(server, later) == "not-yet-valid"
    assert verify(server, over) == "expired"


REDEFINED = {"VerifiableCredential": "https://contoh.example/Lain"}
MAPPED_NOWHERE = {"ExampleAlumniCredential": "https ://contoh.example/Lain"}
CONTEXT_DIGEST = {"id": contexts.CREDENTIALS_V2, "digestSRI": "sha256-AAAA"}
FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"@context": [contexts.CREDENTIALS_EXAMPLES_V2]}, "context-first-wrong"),
    ({"@context": [contexts.CREDENTIALS_V2]}, "term-undefined"),
    ({"@context": [contexts.CREDENTIALS_V2, "https://contoh.example/konteks"]}, "context-unknown"),
    ({"@context": [contexts.CREDENTIALS_V2, {"id": "urn:uuid:1"}]}, "json-ld-malformed"),
    ({"@context": [contexts.CREDENTIALS_V2, REDEFINED]}, "json-ld-malformed"),
    ({"@context": [contexts.CREDENTIALS_V2, MAPPED_NOWHERE]}, "json-ld-malformed"),
    ({"id": "bukan alamat"}, "id-malformed"),
    ({"id": ["urn:uuid:1", "urn:uuid:2"]}, "id-malformed"),
    ({"type": []}, "type-wrong"),
    ({"type": "ExampleAlumniCredential"}, "type-wrong"),
    ({"issuer": "bukan alamat"}, "issuer-malformed"),
    ({"issuer": {"name": "Universitas Contoh"}}, "issuer-malformed"),
    ({"issuer": None}, "issuer-malformed"),
    ({"credentialSubject": []}, "subject-malformed"),
    ({"credentialSubject": [{"id": "did:example:budi"}, {}]}, "subject-malformed"),
    ({"credentialSubject": {"id": "Budi"}}, "subject-id-malformed"),
    ({"name": {"value": "Alumni"}}, "name-malformed"),
    ({"name": {"@value": "Alumni", "@language": "en", "url": "x"}}, "name-malformed"),
    ({"description": 7}, "description-malformed"),
    ({"validFrom": "2026-01-01T00:00:00"}, "validFrom-malformed"),
    ({"validUntil": "besok"}, "validUntil-malformed"),
    ({"validUntil": "2025-12-31T23:59:59Z"}, "period-reversed"),
    ({"credentialStatus": {"id": "urn:uuid:1"}}, "status-malformed"),
    ({"credentialStatus": {"type": 2}}, "status-malformed"),
    ({"credentialStatus": TYPED | {"id": "bukan alamat"}}, "status-malformed"),
    ({"credentialSchema": {"id": "urn:uuid:1"}}, "credentialSchema-malformed"),
    ({"credentialSchema": {"type": "JsonSchema"}}, "credentialSchema-malformed"),
    ({"credentialSchema": {"type": "JsonSchema", "id": "x"}}, "credentialSchema-malformed"),
    ({"termsOfUse": {"id": "urn:uuid:1"}}, "termsOfUse-malformed"),
    ({"evidence": {"id": "urn:uuid:1"}}, "evidence-malformed"),
    ({"refreshService": {"id": "urn:uuid:1"}}, "refreshService-malformed"),
    ({"refreshService": TYPED | {"id": "x"}}, "refreshService-malformed"),
    ({"relatedResource": {"digestSRI": "sha256-AAAA"}}, "relatedResource-malformed"),
    ({"relatedResource": {"id": "urn:uuid:1"}}, "relatedResource-without-digest"),
    ({"relatedResource": [CONTEXT_DIGEST, CONTEXT_DIGEST]}, "relatedResource-twice"),
    ({"relatedResource": CONTEXT_DIGEST}, "relatedResource-digest-wrong"),
    (
        {
            "credentialStatus": {
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": "7",
                "statusListCredential": "ftp://universitas.example/daftar",
            }
        },
        "status-list-malformed",
    ),
    ({"name": "Alum\bni"}, "unsignable"),
    ({"proof": {"type": "DataIntegrityProof"}}, "proof-present"),
]


@pytest.mark.parametrize("form", ["jcs", "jwt"])
@pytest.mark.parametrize(("change", "code"), FAULTS)
def test_a_credential_that_does_not_conform_is_not_signed(
    server: Server, form: str, change: dict[str, Any], code: str
) -> None:
    body = {"credential": MODERN | change}

    assert reason(call(server, f"/{form}/credentials/issue", body)) == code


@pytest.mark.parametrize(
    ("change", "code"),
    [fault for fault in FAULTS if fault[1] not in {"unsignable", "proof-present"}],
)
def test_nor_is_it_accepted_though_somebody_signed_it(
    server: Server, change: dict[str, Any], code: str
) -> None:
    forged = by_jcs(MODERN | {"issuer": badges.ISSUER} | change, "assertionMethod")

    assert verify(server, forged) == code


@pytest.mark.parametrize("missing", ["@context", "type", "issuer", "credentialSubject"])
def test_nothing_required_may_be_missing(server: Server, missing: str) -> None:
    rest = {name: value for name, value in MODERN.items() if name != missing}

    told, _content = call(server, "/rdfc/credentials/issue", {"credential": rest})

    assert told == HTTPStatus.BAD_REQUEST


def by_jcs(document: dict[str, Any], purpose: str, **more: Any) -> dict[str, Any]:
    """Sign whatever is wanted, as no careful signer would."""
    method, at = badges.SIGNER.verification_method, proofs.instant(badges.CREATED)
    proof = proofs.configuration(proofs.JCS, document["@context"], method, at)
    proof |= {"proofPurpose": purpose, **more}
    message = proofs.sha256_of_json(proof) + proofs.sha256_of_json(document)
    value = signing.multibase(badges.SIGNER.sign(message))
    return document | {"proof": proof | {"proofValue": value}}


def test_a_changed_credential_is_refused_in_every_format(server: Server) -> None:
    for form in ["rdfc", "jcs", "status"]:
        issued = issue(server, form, fresh(MODERN))

        assert verify(server, issued | {"validFrom": "2026-01-02T00:00:00Z"}) == "signature-wrong"
    token = issue(server, "jwt", MODERN)["id"]
    assert verify(server, envelope(CREDENTIAL, token[24:-3] + "AAA")) != ""


def test_a_proof_set_and_a_chain_of_proofs_hold_only_whole(server: Server) -> None:
    document = MODERN | {"issuer": badges.ISSUER}
    first = by_jcs(document, "assertionMethod", id="urn:uuid:1")["proof"]
    other = by_jcs(document, "assertionMethod")["proof"]
    chained = by_jcs(document | {"proof": [first]}, "assertionMethod", previousProof="urn:uuid:1")[
        "proof"
    ]

    assert verify(server, document | {"proof": [first, other]}) == ""
    assert verify(server, document | {"proof": [first, chained]}) == ""
    assert verify(server, document | {"proof": [chained]}) == "previous-proof-missing"
    assert (
        verify(server, document | {"proof": [first, other | {"created": "2026-01-01T00:00:00Z"}]})
        == "signature-wrong"
    )


def as_token(payload: dict[str, Any], **header: Any) -> str:
    """Sign whatever payload and header are wanted."""
    fields = {"alg": "ES256", "typ": "vp+jwt", "kid": badges.JWT_SIGNER.verification_method}
    signed = ".".join(encoded(orjson.dumps(part)) for part in (fields | header, payload))
    return f"{signed}.{encoded(badges.JWT_SIGNER.sign(signed.encode()))}"


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("header", "payload", "code"),
    [
        ({}, {}, ""),
        ({"typ": "JWT"}, {}, "jwt-type-wrong"),
        ({"typ": "vp+jwt"}, {}, "jwt-type-wrong"),
        ({"alg": "none"}, {}, "jwt-algorithm-wrong"),
        ({"alg": "EdDSA"}, {}, "jwt-algorithm-wrong"),
        ({"crit": ["exp"]}, {}, "jwt-extension-unknown"),
        ({"kid": None}, {}, "jwt-key-unnamed"),
        ({"kid": "did:example:budi#1"}, {}, "key-not-found"),
        ({}, {"vc": {}}, "jwt-wraps-credential"),
        ({}, {"vp": {}}, "jwt-wraps-credential"),
        ({}, {"issuer": badges.ISSUER}, "key-of-another"),
        ({}, {"tidak": "ada"}, "term-undefined"),
    ],
)
def test_a_token_of_another_make_is_refused(
    server: Server, header: dict[str, Any], payload: dict[str, Any], code: str
) -> None:
    plain = OLD | {"issuer": badges.JWT_ISSUER}
    signed = as_token(plain | payload, **{"typ": "vc+jwt"} | header)

    assert verify(server, signed, "jwt") == code


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (None, "document-malformed"),
        (7, "document-malformed"),
        ("{}", "jwt-malformed"),
        (MODERN, "proofs-none"),
        (envelope(PRESENTATION, "eyJ.e30.AA"), "type-wrong"),
        (envelope(CREDENTIAL, "eyJ.e30.AA") | {"@context": []}, "envelope-malformed"),
        (envelope(CREDENTIAL, "eyJ.e30.AA") | {"id": "data:text/plain,eyJ"}, "envelope-malformed"),
        (envelope(CREDENTIAL, '{"a": 1}'), "jwt-malformed"),
        (envelope(CREDENTIAL, "eyé"), "jwt-malformed"),
    ],
)
def test_what_is_no_secured_credential_is_refused(server: Server, given: Any, code: str) -> None:
    assert verify(server, given) == code


@pytest.fixture(scope="module")
def signed_elsewhere(server: Server) -> list[dict[str, Any]]:
    """Presentations by @digitalbazaar/vc: with a credential and a token, and with neither."""
    shown = [issue(server, "rdfc", fresh(MODERN)), issue(server, "jwt", fresh(MODERN))]
    public = signing.public_key(badges.ED25519)
    secret = b"\x80\x26" + badges.ED25519.private_bytes_raw() + public.raw
    key = {
        "id": badges.SIGNER.verification_method,
        "controller": badges.ISSUER,
        "publicKeyMultibase": signing.multikey(public),
        "secretKeyMultibase": signing.multibase(secret),
    }
    asked = {"challenge": CHALLENGE, "domain": DOMAIN}
    presentations = [
        {"presentation": PRESENTED | {"verifiableCredential": shown}, **asked},
        {"presentation": PRESENTED, **asked},
    ]
    answer: list[dict[str, Any]] = peers.ask(
        "sign-presentations.mjs", {"key": key, "presentations": presentations}, CONTEXT_FILES
    )
    return answer


def test_a_presentation_signed_elsewhere_is_accepted(
    server: Server, signed_elsewhere: list[dict[str, Any]]
) -> None:
    for presentation in signed_elsewhere:
        assert present(server, presentation) == ""
        assert present(server, presentation, domain=DOMAIN, challenge=CHALLENGE) == ""


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"domain": "https://lain.example"}, "domain-wrong"),
        ({"challenge": "lain"}, "challenge-wrong"),
        ({"domain": DOMAIN, "challenge": ""}, "challenge-wrong"),
    ],
)
def test_a_presentation_made_for_another_is_not_replayed(
    server: Server, signed_elsewhere: list[dict[str, Any]], options: Any, code: str
) -> None:
    assert present(server, signed_elsewhere[1], **options) == code
    claims = {"aud": DOMAIN, "nonce": CHALLENGE}
    shown = as_token(PRESENTED | {"holder": badges.JWT_ISSUER} | claims)
    assert present(server, shown, domain=DOMAIN, challenge=CHALLENGE) == ""
    assert present(server, shown, **options) == code


def test_a_changed_presentation_is_refused(
    server: Server, signed_elsewhere: list[dict[str, Any]]
) -> None:
    with_credentials, without = signed_elsewhere

    assert present(server, without | {"id": "urn:uuid:1"}) == "signature-wrong"
    assert (
        present(server, without | {"proof": without["proof"] | {"challenge": "lain"}})
        == "signature-wrong"
    )
    assert present(server, with_credentials | {"verifiableCredential": []}) == "signature-wrong"


SELF_ASSERTED = MODERN | {"issuer": badges.ISSUER}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, ""),
        ({"holder": {"id": badges.ISSUER}}, ""),
        ({"type": ["VerifiablePresentation", "https://contoh.example/Jenis"]}, ""),
        ({"verifiableCredential": SELF_ASSERTED}, ""),
        ({"@context": [contexts.CREDENTIALS_EXAMPLES_V2]}, "context-first-wrong"),
        ({"type": ["VerifiableCredential"]}, "type-wrong"),
        ({"id": "bukan alamat"}, "id-malformed"),
        ({"holder": {"name": "Budi"}}, "holder-malformed"),
        ({"holder": "Budi"}, "holder-malformed"),
        ({"holder": "did:example:acme"}, "holder-did-not-sign"),
        ({"@context": [contexts.CREDENTIALS_V2], "tidak": "ada"}, "term-undefined"),
        ({"verifiableCredential": [MODERN]}, "credential-unsecured"),
        ({"verifiableCredential": ["https://contoh.example/1"]}, "credential-malformed"),
        (
            {"verifiableCredential": [SELF_ASSERTED | {"type": ["ExampleAlumniCredential"]}]},
            "type-wrong",
        ),
        (
            {"verifiableCredential": [by_jcs(SELF_ASSERTED, "authentication")]},
            "proof-purpose-wrong",
        ),
        ({"verifiableCredential": [envelope(CREDENTIAL, "eyJ.e30.AA")]}, "jwt-malformed"),
        ({"verifiableCredential": [SELF_ASSERTED] * 21}, "credentials-many"),
    ],
)
def test_a_presentation_holds_what_the_data_model_allows(
    server: Server, change: dict[str, Any], code: str
) -> None:
    context = {"@context": [contexts.CREDENTIALS_V2, contexts.CREDENTIALS_EXAMPLES_V2]}

    assert present(server, by_jcs(PRESENTED | context | change, "authentication")) == code


def test_what_the_presentation_alone_secures_needs_a_holder(server: Server) -> None:
    bare = {name: value for name, value in PRESENTED.items() if name != "holder"}
    context = {"@context": [contexts.CREDENTIALS_V2, contexts.CREDENTIALS_EXAMPLES_V2]}
    shown = bare | context | {"verifiableCredential": [SELF_ASSERTED]}

    assert present(server, by_jcs(shown, "authentication")) == "credential-unsecured"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"type": "Ed25519Signature2020"}, "proof-malformed"),
        ({"proofValue": 7}, "proof-malformed"),
        ({"cryptosuite": "ecdsa-sd-2023"}, "cryptosuite-unknown"),
        ({"proofPurpose": "assertionMethod"}, "proof-purpose-wrong"),
        ({"@context": [contexts.CREDENTIALS_V1]}, "proof-context-wrong"),
        ({"expires": "2026-01-01T00:00:00Z"}, "proof-expired"),
        ({"expires": "kemarin"}, "proof-expired"),
        ({"verificationMethod": "did:example:budi#1"}, "key-not-found"),
        ({"verificationMethod": badges.JWT_SIGNER.verification_method}, "key-kind-wrong"),
        ({"proofValue": "z1"}, "signature-wrong"),
    ],
)
def test_a_holders_proof_of_another_make_is_refused(
    server: Server, change: dict[str, Any], code: str
) -> None:
    signed = by_jcs(PRESENTED, "authentication")

    assert present(server, signed) == ""
    assert present(server, signed | {"proof": signed["proof"] | change}) == code


@pytest.mark.parametrize(("given", "code"), [([], "proofs-none"), ([1] * 9, "proofs-many")])
def test_a_presentation_without_proofs_or_with_a_flood_of_them_is_refused(
    server: Server, given: list[Any], code: str
) -> None:
    assert present(server, PRESENTED) == "proofs-none"
    assert present(server, PRESENTED | {"proof": given}) == code


@pytest.mark.parametrize(
    ("header", "payload", "code"),
    [
        ({}, {}, ""),
        ({"cty": "vp"}, {"iss": badges.JWT_ISSUER, "exp": 4_000_000_000}, ""),
        ({"typ": "vc+jwt"}, {}, "jwt-typ-wrong"),
        ({"alg": "none"}, {}, "jwt-alg-wrong"),
        ({"alg": ["ES256"]}, {}, "jwt-alg-wrong"),
        ({"cty": "vc"}, {}, "jwt-cty-wrong"),
        ({"crit": []}, {}, "jwt-crit-wrong"),
        ({"kid": 7}, {}, "jwt-key-unnamed"),
        ({"kid": "did:example:budi#1"}, {}, "key-not-found"),
        ({"kid": badges.SIGNER.verification_method}, {}, "key-kind-wrong"),
        ({}, {"vp": {}}, "jwt-wraps-credential"),
        ({}, {"iss": "did:example:acme"}, "key-of-another"),
        ({}, {"holder": "did:example:acme"}, "holder-did-not-sign"),
        ({}, {"exp": 1}, "jwt-time-wrong"),
        ({}, {"nbf": 4_000_000_000}, "jwt-time-wrong"),
        ({}, {"exp": "besok"}, "jwt-time-malformed"),
        ({}, {"tidak": "ada"}, "term-undefined"),
        ({}, {"verifiableCredential": [MODERN]}, "credential-unsecured"),
    ],
)
def test_a_presentation_as_a_token_is_held_to_the_same(
    server: Server, header: dict[str, Any], payload: dict[str, Any], code: str
) -> None:
    shown = as_token(PRESENTED | {"holder": badges.JWT_ISSUER} | payload, **header)

    assert present(server, shown) == code
    assert present(server, envelope(PRESENTATION, shown)) == code


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c", "eyJ.e30.AA", "e30.e30.AAAAA", None, 7])
def test_what_is_no_presentation_is_refused(server: Server, text: Any) -> None:
    assert present(server, text) != ""


def test_a_token_can_present_credentials_of_both_kinds(server: Server) -> None:
    shown = [issue(server, form, fresh(MODERN)) for form in ("jwt", "rdfc")]
    payload = PRESENTED | {"holder": badges.JWT_ISSUER, "verifiableCredential": shown}

    assert present(server, as_token(payload)) == ""
    shown[1]["credentialSubject"]["id"] = "did:example:lain"
    assert present(server, as_token(payload)) == "signature-wrong"


def test_a_status_can_be_looked_up_in_a_signed_list_until_it_is_revoked(server: Server) -> None:
    credential = issue(server, "status", fresh(MODERN))
    [revocation, suspension] = credential["credentialStatus"]
    address = revocation["statusListCredential"]

    assert verify(server, credential, "status") == ""
    assert suspension["statusPurpose"] == "suspension"
    revoke = {"credentialId": credential["id"], "credentialStatus": revocation}
    assert call(server, "/status/credentials/status", revoke)[0] == HTTPStatus.OK
    assert verify(server, credential, "status") == "status-set"
    assert verify(server, issue(server, "status", fresh(MODERN)), "status") == ""

    told, published = call(server, address.removeprefix(server.url))
    assert told == HTTPStatus.OK
    assert published["issuer"] == did(server.api.issuer.ed25519)
    assert verify(server, published, "status") == ""
    bits = status.decode(published["credentialSubject"]["encodedList"])
    assert status.entry_at(bits, int(revocation["statusListIndex"])) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"type": "ExampleStatus"}, "status-type-unknown"),
        ({"statusPurpose": "refresh"}, "status-purpose-unknown"),
        ({"statusListCredential": "https://lain.example/daftar"}, "status-list-unknown"),
        ({"statusListIndex": "131072"}, "status-index-out-of-range"),
    ],
)
def test_a_status_that_cannot_be_looked_up_is_not_taken_for_good(
    server: Server, change: dict[str, str], code: str
) -> None:
    entry = issue(server, "status", MODERN)["credentialStatus"][0]
    brought = issue(server, "status", MODERN | {"credentialStatus": entry | change})

    assert brought["credentialStatus"] == entry | change
    assert verify(server, brought, "status") == code


def test_nobody_elses_credential_is_revoked(server: Server) -> None:
    ours = issue(server, "status", fresh(MODERN))["id"]
    for name, purpose, code in [
        ("urn:uuid:lain", "revocation", "credential-unknown"),
        (ours, "message", "status-purpose-unknown"),
    ]:
        body = {"credentialId": name, "credentialStatus": {"statusPurpose": purpose}}

        assert reason(call(server, "/status/credentials/status", body)) == code


def status_list(**changes: Any) -> dict[str, Any]:
    url, at = "https://contoh.example/daftar", badges.CREATED
    made = status.status_list_credential(url, badges.ISSUER, "revocation", [(7, 1)], at)
    made["validFrom"], made["validUntil"] = "2026-01-01T00:00:00Z", "2100-01-01T00:00:00Z"
    return made | {
        "credentialSubject": made["credentialSubject"] | changes.pop("subject", {}),
        **changes,
    }


SHORT = status.encode(bytes(8))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"issuer": {"id": badges.ISSUER}}, "status-list-malformed"),
        ({"subject": {"type": "Bitstring"}}, "status-list-malformed"),
        ({"subject": {"statusPurpose": 7}}, "status-list-malformed"),
        ({"subject": {"encodedList": "zzz"}}, "status-list-malformed"),
        ({"subject": {"encodedList": SHORT}}, "status-list-length"),
        ({"credentialSubject": []}, "status-list-malformed"),
    ],
)
def test_a_status_list_is_signed_only_if_it_is_one(
    server: Server, changes: dict[str, Any], code: str
) -> None:
    body = {"credential": status_list(**changes)}
    told, answer = call(server, "/status/credentials/issue", body)

    assert (code or None) == (answer["errors"][0] if "errors" in answer else None)
    if told == HTTPStatus.CREATED:
        assert "credentialStatus" not in answer["verifiableCredential"]
        assert verify(server, answer["verifiableCredential"], "status") == ""


@pytest.mark.parametrize(
    ("path", "body", "headers", "told"),
    [
        ("/rdfc/credentials/issue", b"{", {}, HTTPStatus.BAD_REQUEST),
        ("/rdfc/credentials/issue", b'{"credential": 7}', {}, HTTPStatus.BAD_REQUEST),
        ("/rdfc/credentials/issue", b'{"a": 1, "a": 2}', {}, HTTPStatus.BAD_REQUEST),
        ("/rdfc/presentations/verify", b'{"options": 7}', {}, HTTPStatus.BAD_REQUEST),
        ("/cose/credentials/issue", b"{}", {}, HTTPStatus.NOT_FOUND),
        ("/rdfc/credentials/status", b"{}", {}, HTTPStatus.NOT_FOUND),
        ("/status/lists/message", None, {}, HTTPStatus.NOT_FOUND),
        (
            "/rdfc/credentials/issue",
            b"",
            {"Content-Length": str(LONGEST + 1)},
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ),
        (
            "/rdfc/credentials/issue",
            b"",
            {"Content-Length": "banyak"},
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ),
    ],
)
def test_a_request_that_is_none_is_answered_as_such(
    server: Server, path: str, body: bytes | None, headers: dict[str, str], told: HTTPStatus
) -> None:
    assert call(server, path, body, headers)[0] == told


@pytest.mark.parametrize("address", ["credentials/issue", "credentials/verify"])
def test_half_a_character_is_refused_and_told(server: Server, address: str) -> None:
    halved = json.dumps(by_jcs(SELF_ASSERTED, "assertionMethod")).replace("did:example:budi", HALF)
    body = f'{{"credential": {halved}, "verifiableCredential": {halved}}}'.encode()

    assert reason(call(server, f"/rdfc/{address}", body)) == "subject-id-malformed"


WRITABLE = st.integers(-(2**63), 2**64 - 1)  # what orjson writes
JSON = st.recursive(
    st.none() | st.booleans() | WRITABLE | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
HELD = by_jcs(PRESENTED | {"verifiableCredential": []}, "authentication")


@given(name=st.sampled_from([*HELD, "id", "aud", "nonce"]), value=JSON)
@settings(max_examples=60, deadline=None)
def test_no_value_in_a_presentation_breaks_the_api(name: str, value: Any) -> None:
    shown = HELD | {name: value}
    bare = {name: part for name, part in shown.items() if name != "proof"}
    for sent in (shown, HELD | {"proof": HELD["proof"] | {name: value}}, as_token(bare)):
        body = json.dumps({"verifiablePresentation": sent}).encode()

        answer = API.answer("POST", "/rdfc/presentations/verify", body)

        assert answer.status in {HTTPStatus.OK, HTTPStatus.BAD_REQUEST}


@given(name=st.sampled_from([*MODERN, "credentialStatus", "id"]), value=JSON)
@settings(max_examples=60, deadline=None)
def test_no_value_in_a_credential_breaks_the_api(name: str, value: Any) -> None:
    body = json.dumps({"credential": MODERN | {name: value}}).encode()
    for form in FORMATS:
        answer = API.answer("POST", f"/{form}/credentials/issue", body)

        assert answer.status in {HTTPStatus.CREATED, HTTPStatus.BAD_REQUEST}


def test_a_client_that_trusts_others_is_not_served(server: Server) -> None:
    connection = http.client.HTTPSConnection("127.0.0.1", server.server_port, timeout=30)

    with pytest.raises(ssl.SSLCertVerificationError):
        connection.request("GET", "/status/lists/revocation")
    assert call(server, "/status/lists/revocation")[0] == HTTPStatus.OK


def test_the_command_listens_on_this_machine_alone_and_needs_no_database() -> None:
    command = [sys.executable, "-m", "mumpuni.config.cli", "conformance", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        told = [process.stdout.readline().strip() for _ in range(3)]
        process.terminate()

    assert re.fullmatch("did:key:z6Mk.+", told[0])
    assert re.fullmatch("did:key:zDn.+", told[1])
    assert re.fullmatch(r"https://127\.0\.0\.1:\d+", told[2])


def test_a_port_that_is_taken_is_told_in_a_sentence(server: Server) -> None:
    with pytest.raises(CommandError, match=f"port {server.server_port}: .* in use"):
        call_command("conformance", port=server.server_port)
