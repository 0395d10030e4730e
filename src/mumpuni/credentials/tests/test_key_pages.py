"""The pages of keys: what they show, to whom, and at what cost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from cryptography.x509 import load_der_x509_certificate
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from mumpuni.access.models import User
from mumpuni.access.roles import Role
from mumpuni.access.session import HAS_MFA
from mumpuni.access.tests import make as access
from mumpuni.credentials.keys import ensure_keys
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.publishing import fingerprint
from mumpuni.credentials.tests.make import NOW, authority_certificate, body

pytestmark = pytest.mark.django_db

Kind = SigningKey.Kind
MOST_QUERIES = 12

type Keys = dict[Kind, SigningKey]


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Keys:
    settings.KEYS_DIR = tmp_path / "keys"
    settings.PUBLIC_URL = "https://contoh.go.id"
    return ensure_keys(body(), 2026, NOW)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session[HAS_MFA] = True
    session.save()
    return client


def keeper() -> Client:
    return signed_in(access.member(Role.CERTIFICATION_OFFICER))


def address(name: str, *args: object) -> str:
    return reverse(f"credentials:{name}", args=args)


def pages_of(key: SigningKey) -> list[str]:
    return [
        address("key", key.pk),
        address("key-compromise", key.pk),
        address("key-certificate", key.pk),
        address("key-step", key.pk, "retire"),
    ]


def test_a_stranger_is_asked_to_sign_in(keys: Keys) -> None:
    for page in [address("keys"), *pages_of(keys[Kind.SEAL])]:
        answer = Client().get(page)
        assert (answer.status_code, "/akun/login" in answer["Location"]) == (302, True), page


def test_whoever_does_not_keep_the_keys_finds_none(keys: Keys) -> None:
    key = keys[Kind.SEAL]
    strangers = [
        access.member(Role.BODY_ADMIN, of=key.organisation),
        access.member(Role.BODY_ADMIN, of=body("2002")),
        access.member(Role.AUDITOR),
        access.user(),
    ]

    for client in map(signed_in, strangers):
        assert {client.get(page).status_code for page in pages_of(key)} == {404}
        assert "2026-seal" not in client.get(address("keys")).text
        assert f'href="{address("keys")}"' not in client.get(reverse("portal:desk")).text


def test_the_keeper_finds_keys_by_body_kind_year_and_state(keys: Keys) -> None:
    client = keeper()
    assert f'href="{address("keys")}"' in client.get(reverse("portal:desk")).text

    for asked, found in (
        ({}, {"2026-ed25519", "2026-p256", "2026-seal"}),
        ({"kind": "p256", "year": "2026", "state": "active", "q": "1001"}, {"2026-p256"}),
        ({"state": "compromised"}, set()),
        ({"q": "2002"}, set()),
    ):
        shown = client.get(address("keys"), asked).text
        assert {key.key_id for key in keys.values() if f">{key.key_id}<" in shown} == found


@pytest.mark.parametrize("kind", Kind)
def test_a_key_is_shown_as_the_world_knows_it(kind: Kind, keys: Keys) -> None:
    key = keys[kind]

    shown = keeper().get(key.get_absolute_url()).text

    assert fingerprint(bytes(key.public_key)) in shown
    assert key.verification_method in shown
    public = {
        Kind.ED25519: "z6Mk",
        Kind.P256: "&quot;crv&quot;:&quot;P-256&quot;",
        Kind.SEAL: "-----BEGIN PUBLIC KEY-----",
    }
    assert public[kind] in shown
    published = "https://contoh.go.id/lsp/1001/did.json" in shown
    assert published == (kind != Kind.SEAL)
    assert key.location not in shown


def test_a_key_is_retired_in_the_browser(keys: Keys) -> None:
    key = keys[Kind.ED25519]

    shown = keeper().post(address("key-step", key.pk, "retire"), follow=True).text

    key.refresh_from_db()
    assert key.state == "retired"
    assert "Tidak dipakai lagi" in shown


def test_y03_a_key_is_declared_compromised_since_an_instant(keys: Keys) -> None:
    key, client = keys[Kind.P256], keeper()

    client.post(address("key-compromise", key.pk), {"compromised_at": "2026-06-01T10:30"})
    answer = client.post(address("key-step", key.pk, "compromise"), {"note": "Laptop hilang."})

    key.refresh_from_db()
    assert (answer.status_code, key.state) == (302, "compromised")
    assert key.compromised_at is not None
    assert key.compromised_at.isoformat() == "2026-06-01T03:30:00+00:00"
    shown = client.get(key.get_absolute_url()).text
    assert "1 Juni 2026 10:30" in shown
    assert "Laptop hilang." in shown
    assert client.get(address("key-compromise", key.pk)).status_code == 409


def test_a_compromise_without_a_reason_is_refused(keys: Keys) -> None:
    answer = keeper().post(address("key-step", keys[Kind.P256].pk, "compromise"))

    assert answer.status_code == 409
    assert "K-01" in answer.text


def upload(client: Client, key: SigningKey, content: bytes) -> Any:
    file = SimpleUploadedFile("segel.cer", content)
    return client.post(address("key-certificate", key.pk), {"certificate": file})


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_a_seal_is_given_the_certificate_of_an_authority(encoding: Encoding, keys: Keys) -> None:
    key, client = keys[Kind.SEAL], keeper()
    public = load_der_public_key(bytes(key.public_key))
    assert isinstance(public, rsa.RSAPublicKey)
    made = authority_certificate(public)

    answer = upload(client, key, made.public_bytes(encoding))

    key.refresh_from_db()
    assert answer.status_code == 302
    assert load_der_x509_certificate(bytes(key.certificate)) == made
    assert "CN=CA Uji" in client.get(key.get_absolute_url()).text


def test_y05_the_certificate_of_another_key_and_what_is_none_are_refused(keys: Keys) -> None:
    key, client = keys[Kind.SEAL], keeper()
    other = authority_certificate(rsa.generate_private_key(65537, 2048).public_key())

    stranger = upload(client, key, other.public_bytes(Encoding.DER))
    broken = [upload(client, key, junk) for junk in (b"x", b"-----BEGIN CERTIFICATE-----")]

    assert (stranger.status_code, "Y-05" in stranger.text) == (422, True)
    assert {answer.status_code for answer in broken} == {422}
    assert "bukan sertifikat X.509" in broken[0].text


def test_pages_cost_few_queries(
    keys: Keys, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for code in ("2002", "3003", "4004"):
        ensure_keys(body(code), 2026, NOW + timedelta(days=1), {Kind.ED25519, Kind.P256})
    client = keeper()

    for page in [address("keys"), *pages_of(keys[Kind.SEAL])]:
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(page).status_code == 200
