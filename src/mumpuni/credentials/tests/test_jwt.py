import base64
import json
import string
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from mumpuni.credentials import jwt
from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.shapes import Shape
from mumpuni.credentials.signing import public_key
from mumpuni.credentials.tests import badges, peers

BADGE = Shape.compile(badges.template(badges.JWT_ISSUER))
KEY = public_key(badges.P256)
BASE64URL = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"


def token(name: str = "Budi Santoso") -> str:
    return jwt.sign(BADGE.document_bytes(badges.values(name)), badges.JWT_SIGNER)


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(header: dict[str, Any], payload: Any) -> str:
    """Sign whatever header and payload are wanted."""
    content = f"{encoded(orjson.dumps(header))}.{encoded(orjson.dumps(payload))}"
    return f"{content}.{encoded(badges.JWT_SIGNER.sign(content.encode()))}"


def jwk() -> dict[str, str]:
    numbers = badges.P256.public_key().public_numbers()
    x, y = (encoded(number.to_bytes(32)) for number in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def ask(tokens: list[str]) -> Any:
    return peers.ask("verify-tokens.mjs", [{"token": one, "jwk": jwk()} for one in tokens])


def test_a_token_says_who_signed_it_and_holds_the_credential_itself() -> None:
    parsed = jwt.parse(token())

    parsed.check(KEY)
    assert parsed.header == {
        "alg": "ES256",
        "typ": "vc+jwt",
        "cty": "vc",
        "kid": badges.JWT_SIGNER.verification_method,
        "iss": badges.JWT_ISSUER,
    }
    assert parsed.payload == orjson.loads(BADGE.document_bytes(badges.values()))


def test_jose_accepts_our_tokens_whatever_the_name() -> None:
    answers = ask([token(name) for name in badges.HARD_NAMES])

    for name, answer in zip(badges.HARD_NAMES, answers, strict=True):
        assert answer["verified"]
        assert answer["payload"] == orjson.loads(BADGE.document_bytes(badges.values(name)))


def test_jose_and_we_refuse_whatever_character_was_changed() -> None:
    whole = token()
    places = [*range(3, len(whole), len(whole) // 20), len(whole) - 5]
    changed = [whole[:at] + ("A" if whole[at] != "A" else "B") + whole[at + 1 :] for at in places]

    answers = ask(changed)

    assert [answer["verified"] for answer in answers] == [False] * len(places)
    for one in changed:
        with pytest.raises(NotVerified):
            jwt.parse(one).check(KEY)


HEADER = {"alg": "ES256", "typ": "vc+jwt", "kid": badges.JWT_SIGNER.verification_method}
PAYLOAD = {"type": ["VerifiableCredential"]}


@pytest.mark.parametrize(
    ("header", "payload", "code"),
    [
        (HEADER | {"alg": "none"}, PAYLOAD, "jwt-algorithm-wrong"),
        (HEADER | {"alg": "EdDSA"}, PAYLOAD, "jwt-algorithm-wrong"),
        (HEADER | {"alg": ["ES256"]}, PAYLOAD, "jwt-algorithm-wrong"),
        (HEADER | {"typ": "JWT"}, PAYLOAD, "jwt-type-wrong"),
        (HEADER | {"typ": None}, PAYLOAD, "jwt-type-wrong"),
        (HEADER | {"cty": "vp"}, PAYLOAD, "jwt-content-type-wrong"),
        (HEADER | {"cty": {}}, PAYLOAD, "jwt-content-type-wrong"),
        (HEADER | {"crit": ["exp"]}, PAYLOAD, "jwt-extension-unknown"),
        (HEADER | {"kid": 7}, PAYLOAD, "jwt-key-unnamed"),
        (HEADER, PAYLOAD | {"vc": {}}, "jwt-wraps-credential"),
        (HEADER, PAYLOAD | {"vp": {}}, "jwt-wraps-credential"),
        (HEADER, ["VerifiableCredential"], "json-not-an-object"),
    ],
)
def test_a_token_of_another_kind_is_refused_though_well_signed(
    header: dict[str, Any], payload: Any, code: str
) -> None:
    jwt.parse(signed(HEADER, PAYLOAD)).check(KEY)

    with pytest.raises(NotVerified, match=code):
        jwt.parse(signed(header, payload))


@pytest.mark.parametrize(
    "text",
    ["", "a.b", "a.b.c.d", "a.b.c", "ey!.e30.AA", "é.é.é", f"{encoded(b'{}')}=.e30.AA", "ey." * 2],
)
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(NotVerified):
        jwt.parse(text)


def test_a_name_given_twice_in_the_header_is_refused() -> None:
    header = encoded(b'{"alg":"none",' + json.dumps(HEADER)[1:].encode())

    with pytest.raises(NotVerified, match="json-name-twice"):
        jwt.parse(f"{header}.e30.AA")


def test_a_signature_that_decodes_alike_but_is_written_otherwise_is_refused() -> None:
    whole = token()
    twin = whole[:-1] + BASE64URL[BASE64URL.index(whole[-1]) ^ 1]

    with pytest.raises(NotVerified, match="jwt-malformed"):
        jwt.parse(twin)


def test_the_key_of_another_kind_or_person_does_not_check() -> None:
    stranger = public_key(ec.derive_private_key(7, ec.SECP256R1()))

    with pytest.raises(NotVerified, match="key-kind-wrong"):
        jwt.parse(token()).check(public_key(badges.ED25519))
    with pytest.raises(NotVerified, match="signature-wrong"):
        jwt.parse(token()).check(stranger)
