"""The code for paper without a network: small, signed, and hard to fool."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import cbor2
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from mumpuni.credentials import compact, signing
from mumpuni.credentials.compact import Claims, base45, from_base45
from mumpuni.credentials.errors import NotVerified

METHOD = "did:web:sertifikasi.contoh.test:lsp:1001#2026-ed25519"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIGNER = signing.Ed25519Signer(METHOD, KEY)
CLAIMS = Claims(
    number="74909 2424 0 0000123 2026",
    name="Siti Nurhaliza Çelik-Ō",
    scheme="Pemrogram Junior (Junior Coder)",
    issued_on=date(2026, 6, 1),
    valid_until=date(2029, 5, 31),
    status_list="1001/2026-1",
    status_index=94_567,
    digest=bytes(range(32)),
)
CODE = compact.encode(CLAIMS, SIGNER)


def resolve(method: str) -> signing.PublicKey | None:
    return signing.public_key(KEY) if method == METHOD else None


def message() -> list[Any]:
    value: list[Any] = cbor2.loads(from_base45(CODE.removeprefix(compact.PREFIX))).value
    return list(value)


def code_of(value: Any, *, tag: int = 18) -> str:
    written = cbor2.dumps(cbor2.CBORTag(tag, value), canonical=True)
    return compact.PREFIX + base45(written)


def refusal(code: str) -> str:
    with pytest.raises(NotVerified) as refused:
        compact.verify(code, resolve)
    return str(refused.value)


def test_a_code_says_what_was_signed_and_by_whom() -> None:
    assert compact.verify(CODE, resolve) == compact.Verified(CLAIMS, METHOD)
    assert compact.encode(CLAIMS, SIGNER) == CODE


def test_a_code_fits_the_paper() -> None:
    assert len(from_base45(CODE.removeprefix(compact.PREFIX))) <= 310
    symbol = zxingcpp.create_barcode(CODE, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    read = zxingcpp.read_barcode(symbol.to_image(scale=4))

    assert read is not None
    assert read.text == CODE
    assert symbol.to_image(scale=1).shape[0] <= 17 + 4 * 13 + 2 * 4  # version 13, quiet zone


def test_the_signature_is_as_cose_has_it() -> None:
    """EdDSA example 1 of the COSE working group: github.com/cose-wg/Examples, eddsa-sig-01."""
    key = Ed25519PrivateKey.from_private_bytes(
        bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    )
    published = cbor2.loads(
        bytes.fromhex(
            "d28445a201270300a10442313154546869732069732074686520636f6e74656e742e5840"
            "7142fd2ff96d56db85bee905a76ba1d0b7321a95c8c4d3607c5781932b7afb87"
            "11497dfa751bf40b58b3bcc32300b1487f3db34085eef013bf08f4a44d6fef0d"
        )
    )
    protected, _, payload, signature = published.value

    assert payload == b"This is the content."
    assert key.sign(compact.to_be_signed(protected, payload)) == signature


@pytest.mark.parametrize(
    ("text", "letters"),
    [("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"), ("ietf!", "QED8WEX0")],
)
def test_base45_is_as_rfc_9285_has_it(text: str, letters: str) -> None:
    assert base45(text.encode()) == letters
    assert from_base45(letters).decode() == text


@given(st.binary(max_size=300))
def test_base45_reads_what_it_wrote(data: bytes) -> None:
    assert from_base45(base45(data)) == data


@pytest.mark.parametrize("text", ["GGW", ":::", "::", "A", "AAAA", "bb8", "ÀB"])
def test_what_is_no_base45_is_refused(text: str) -> None:
    with pytest.raises(NotVerified, match="base45"):
        from_base45(text)


@pytest.mark.parametrize(
    "altered",
    [
        replace(CLAIMS, number="Lain"),
        replace(CLAIMS, name="Lain"),
        replace(CLAIMS, valid_until=date(2039, 5, 31)),
        replace(CLAIMS, status_index=7),
    ],
)
def test_an_altered_claim_is_refused(altered: Claims) -> None:
    parts = message()
    parts[2] = payload_of(altered)

    assert refusal(code_of(parts)) == "signature-wrong"


def payload_of(claims: Claims) -> bytes:
    payload: bytes = cbor2.loads(
        from_base45(compact.encode(claims, SIGNER).removeprefix(compact.PREFIX))
    ).value[2]
    return payload


def test_a_forged_code_is_refused() -> None:
    forger = signing.Ed25519Signer(METHOD, Ed25519PrivateKey.generate())
    stranger = signing.Ed25519Signer("did:web:lain.test#2026", KEY)

    assert refusal(compact.encode(CLAIMS, forger)) == "signature-wrong"
    assert refusal(compact.encode(CLAIMS, stranger)).startswith("key-not-found")


def test_a_key_of_another_kind_signs_no_code() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    signed = compact.encode(CLAIMS, signing.P256Signer(METHOD, key))

    with pytest.raises(NotVerified, match="key-kind-wrong"):
        compact.verify(signed, lambda _: signing.public_key(key))


def test_what_is_no_code_is_refused() -> None:
    protected, unprotected, payload, signature = message()
    for text in ("", "https://contoh.test/v/X", CODE.removeprefix("MUM1:"), CODE + "0" * 5000):
        assert refusal(text) == "code-unknown"
    for wrong in (
        code_of([protected, unprotected, payload, signature], tag=17),
        code_of([protected, {4: b"lain"}, payload, signature]),
        code_of([protected, unprotected, payload]),
        code_of([protected, unprotected, "teks", signature]),
        CODE + base45(b"\0\0"),
        compact.PREFIX + base45(b"\xa2\x01\x01"),
        compact.PREFIX + base45(b"\x5b" + b"\x7f" * 8),
        compact.PREFIX,
    ):
        assert refusal(wrong).startswith("code-malformed")


@pytest.mark.parametrize(
    "header",
    [
        {1: -7, 4: METHOD.encode()},
        {1: -8},
        {1: -8, 4: METHOD.encode(), 2: [9]},
        {1: -8, 4: b"\xff"},
    ],
)
def test_a_header_that_is_not_ours_is_refused(header: dict[int, Any]) -> None:
    _, unprotected, payload, signature = message()
    protected = cbor2.dumps(header, canonical=True)

    assert refusal(code_of([protected, unprotected, payload, signature])) == (
        "code-malformed: header"
    )


@pytest.mark.parametrize(
    "changed",
    [
        {1: 7},
        {4: "2026"},
        {4: 10**12},
        {5: -(10**9)},
        {7: -1},
        {8: b"short"},
        {9: "more"},
    ],
)
def test_signed_claims_of_another_form_are_refused(changed: dict[int, Any]) -> None:
    protected, unprotected, payload, _ = message()
    payload = cbor2.dumps({**cbor2.loads(payload), **changed}, canonical=True)
    signature = KEY.sign(compact.to_be_signed(protected, payload))

    assert refusal(code_of([protected, unprotected, payload, signature])).startswith(
        "code-malformed"
    )


@given(st.binary(max_size=200))
def test_any_bytes_are_a_code_or_refused(data: bytes) -> None:
    with suppress(NotVerified):
        compact.verify(compact.PREFIX + base45(data), resolve)


@given(st.integers(0, len(CODE) - 1), st.sampled_from(compact.ALPHABET))
def test_a_code_with_one_letter_changed_is_refused(at: int, letter: str) -> None:
    changed = CODE[:at] + letter + CODE[at + 1 :]

    if changed != CODE:
        refusal(changed)


def test_nesting_without_end_is_refused() -> None:
    assert refusal(compact.PREFIX + base45(b"\x81" * 2000)).startswith("code-malformed")
