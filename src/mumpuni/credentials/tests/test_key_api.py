"""The endpoints of keys: the same verbs for programs, a refusal by its rule."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from mumpuni.access.models import AccessToken, Organisation, new_secret, secret_digest
from mumpuni.access.roles import Permission, Role
from mumpuni.access.tests import make as access
from mumpuni.credentials.keys import ensure_keys
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.signing import from_multikey
from mumpuni.credentials.tests.make import NOW, authority_certificate, body

pytestmark = pytest.mark.django_db

Kind = SigningKey.Kind
KEYS = "/api/v1/signing-keys"

type Keys = dict[Kind, SigningKey]


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Keys:
    settings.KEYS_DIR = tmp_path / "keys"
    return ensure_keys(body(), 2026, NOW)


def program(role: Role = Role.CERTIFICATION_OFFICER, of: Organisation | None = None) -> Client:
    place, secret = of or access.authority(), new_secret()
    AccessToken.objects.create(
        name="uji",
        digest=secret_digest(secret),
        user=access.member(role, of=place),
        organisation=place,
        scopes=list(Permission),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return Client(headers={"Authorization": f"Bearer {secret}"})


def post(client: Client, path: str, **given: object) -> Any:
    return client.post(path, given, "application/json")


def rule(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/rules/")


def test_a_stranger_is_told_to_bring_a_token(keys: Keys) -> None:
    for path in ("", f"/{keys[Kind.P256].pk}", f"/{keys[Kind.P256].pk}/steps"):
        assert Client().get(KEYS + path).status_code == 401


def test_bodies_find_no_keys_and_move_none(keys: Keys) -> None:
    key = keys[Kind.SEAL]

    for of in (key.organisation, body("2002")):
        client = program(Role.BODY_ADMIN, of)
        assert client.get(KEYS).json()["items"] == []
        assert client.get(f"{KEYS}/{key.pk}").status_code == 404
        assert post(client, f"{KEYS}/{key.pk}/steps/retire").status_code == 404
        assert client.patch(f"{KEYS}/{key.pk}", {}, "application/json").status_code == 404
        assert send(client, key, b"x").status_code == 404


def test_a_key_is_told_as_the_world_knows_it(keys: Keys) -> None:
    key = keys[Kind.ED25519]

    [told] = program().get(f"{KEYS}?kind=ed25519&year=2026").json()["items"]

    assert from_multikey(told["public_key"]) == key.published
    assert told["verification_method"] == key.verification_method
    assert told["address"].endswith("/lsp/1001/did.json")
    assert "location" not in told


def test_y03_a_program_declares_a_key_compromised(keys: Keys) -> None:
    key, client = keys[Kind.P256], program()
    address = f"{KEYS}/{key.pk}"

    since = {"compromised_at": "2026-06-01T03:30:00Z"}
    assert client.patch(address, since, "application/json").status_code == 200
    assert rule(post(client, f"{address}/steps/compromise")) == (409, "K-01")
    told = post(client, f"{address}/steps/compromise", note="Laptop hilang.").json()

    assert (told["state"], told["compromised_at"]) == ("compromised", "2026-06-01T03:30:00Z")


def send(client: Client, key: SigningKey, content: bytes) -> Any:
    file = SimpleUploadedFile("segel.cer", content)
    return client.post(f"{KEYS}/{key.pk}/certificate", {"file": file})


def test_y05_a_seal_is_given_its_certificate_and_no_other(keys: Keys) -> None:
    key, client = keys[Kind.SEAL], program()
    public = load_der_public_key(bytes(key.public_key))
    assert isinstance(public, rsa.RSAPublicKey)
    own = authority_certificate(public).public_bytes(Encoding.DER)
    other = authority_certificate(rsa.generate_private_key(65537, 2048).public_key())

    told = send(client, key, own)
    key.refresh_from_db()

    assert told.status_code == 200, told.content
    assert bytes(key.certificate) == own
    assert rule(send(client, key, other.public_bytes(Encoding.PEM))) == (409, "Y-05")
    assert send(client, key, b"x").status_code == 422
