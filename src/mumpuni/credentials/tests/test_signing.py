from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from mumpuni.credentials import signing
from mumpuni.credentials.errors import NotVerified

ED25519 = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
P256 = ec.derive_private_key(20_260_101, ec.SECP256R1())
SIGNERS: list[signing.Signer] = [
    signing.Ed25519Signer(signing.did_key(signing.public_key(ED25519)), ED25519),
    signing.P256Signer(signing.did_key(signing.public_key(P256)), P256),
]


@pytest.mark.parametrize("signer", SIGNERS)
def test_a_signature_is_64_bytes_and_checks_with_the_key_its_did_spells(
    signer: signing.Signer,
) -> None:
    key = signing.resolve_did_key(signer.verification_method)
    signature = signer.sign(b"pesan")

    assert len(signature) == 64
    assert key
    key.check(signature, b"pesan")


@pytest.mark.parametrize("signer", SIGNERS)
@pytest.mark.parametrize(
    ("message", "damage"),
    [
        (b"pesan lain", lambda s: s),
        (b"pesan", lambda s: s[:-1]),
        (b"pesan", lambda s: s + b"\0"),
        (b"pesan", lambda s: bytes([s[0] ^ 1]) + s[1:]),
        (b"pesan", lambda _: bytes(64)),
        (b"pesan", lambda _: b""),
    ],
)
def test_a_changed_message_or_signature_is_refused(
    signer: signing.Signer, message: bytes, damage: Callable[[bytes], bytes]
) -> None:
    key = signing.resolve_did_key(signer.verification_method)
    assert key

    with pytest.raises(NotVerified, match="signature-wrong"):
        key.check(damage(signer.sign(b"pesan")), message)


@given(st.binary(max_size=80))
def test_multibase_comes_back_as_it_went_with_its_leading_zeros(data: bytes) -> None:
    assert signing.from_multibase(signing.multibase(data)) == data


def test_the_key_of_the_w3c_vectors_is_read() -> None:
    text = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"

    assert signing.multikey(signing.from_multikey(text)) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "multibase-wrong"),
        ("uAAAA", "multibase-wrong"),
        ("z0OIl", "multibase-wrong"),
        ("z" + "2" * 1_000, "multibase-wrong"),
        (signing.multibase(b"\xed\x01" + bytes(31)), "key-malformed"),
        (signing.multibase(b"\x80\x24\x02" + b"\xff" * 32), "key-malformed"),
        (signing.multibase(b"\x12\x00" + bytes(32)), "key-kind-unknown"),
    ],
)
def test_what_is_no_key_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(NotVerified, match=code):
        signing.from_multikey(text)


def test_a_did_key_with_the_fragment_of_another_is_refused() -> None:
    first, second = (signer.verification_method for signer in SIGNERS)

    with pytest.raises(NotVerified, match="key-not-found"):
        signing.resolve_did_key(first.partition("#")[0] + "#" + second.partition("#")[2])


def test_another_did_method_is_for_others_to_resolve() -> None:
    assert signing.resolve_did_key("did:web:contoh.id#2026") is None
