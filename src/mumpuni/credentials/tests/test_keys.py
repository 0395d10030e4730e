"""Signing keys: made once a year, kept where nobody reads them, retired, compromised."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from django.db import connection
from inline_snapshot import snapshot
from pkcs11.exceptions import NoSuchKey
from pytest_django import DjangoAssertNumQueries, Settings

from mumpuni.access.person import SYSTEM
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.credentials import actions, queries
from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.keys import ensure_keys, signer, stores
from mumpuni.credentials.keys.interface import KeyStore, Made
from mumpuni.credentials.keys.pkcs11 import TokenStore
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.seals import self_signed_certificate
from mumpuni.credentials.signing import PublicKey
from mumpuni.credentials.tests import softhsm
from mumpuni.credentials.tests.make import NOW, body, keeper
from mumpuni.kernel import secrecy
from mumpuni.kernel.errors import NotPermitted, Refused
from mumpuni.kernel.models import Event
from mumpuni.kernel.workflow import amend, begin, perform

pytestmark = pytest.mark.django_db

Kind, State = SigningKey.Kind, SigningKey.State
MESSAGE = b"pesan uji"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.KEYS_DIR = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture(scope="session")
def token(tmp_path_factory: pytest.TempPathFactory) -> TokenStore:
    return softhsm.token(tmp_path_factory.mktemp("softhsm"))


def check_seal(public_key: bytes, signature: bytes) -> None:
    key = load_der_public_key(public_key)
    assert isinstance(key, rsa.RSAPublicKey)
    assert key.key_size == 3072
    key.verify(signature, MESSAGE, padding.PKCS1v15(), SHA256())


def check_store(store: KeyStore) -> None:
    """Let every kind of key sign, and check with a library that is not the store's."""
    for kind in Kind:
        made = store.create(kind, "LSP Uji", NOW)
        signature = store.open(kind, made.location)(MESSAGE)
        if kind == Kind.SEAL:
            check_seal(made.public_key, signature)
        else:
            SigningKey(kind=kind, public_key=made.public_key).published.check(signature, MESSAGE)


def test_a_body_signs_with_keys_of_its_year() -> None:
    keys = ensure_keys(body(), 2026, NOW)

    assert {key.verification_method for key in keys.values()} == {
        "did:web:127.0.0.1%3A8000:lsp:1001#2026-ed25519",
        "did:web:127.0.0.1%3A8000:lsp:1001#2026-p256",
        "did:web:127.0.0.1%3A8000:lsp:1001#2026-seal",
    }
    for kind in (Kind.ED25519, Kind.P256):
        by = signer(keys[kind])
        assert by.verification_method == str(keys[kind])
        keys[kind].published.check(by.sign(MESSAGE), MESSAGE)
    check_seal(bytes(keys[Kind.SEAL].public_key), signer(keys[Kind.SEAL]).sign(MESSAGE))


def test_keys_are_made_once_and_found_with_one_query_afterwards(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lsp = body()
    made = ensure_keys(lsp, 2026, NOW)

    with django_assert_num_queries(3):  # and a savepoint around it
        assert ensure_keys(lsp, 2026, NOW + HOUR) == made


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_need_keys_at_once_seven_find_them_made() -> None:
    lsp = body()

    def need(_ordinal: int) -> set[int]:
        try:
            return {key.pk for key in ensure_keys(lsp, 2026, NOW).values()}
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(need, range(8)))

    assert len(set.union(*found)) == 3


def test_every_new_key_is_told_in_the_audit_trail() -> None:
    keys = ensure_keys(body(), 2026, NOW)

    told = Event.objects.filter(subject="credentials.signingkey", step="begin")
    assert {event.subject_id for event in told} == {key.pk for key in keys.values()}
    assert {event.actor_name for event in told} == {"Sistem"}


def test_a_body_has_one_active_key_of_a_kind_and_year() -> None:
    key = ensure_keys(body(), 2026, NOW)[Kind.ED25519]
    key.pk, key.key_id, key.location = None, "2026-ed25519-b", "lain.pem"
    key._state.adding = True

    with pytest.raises(Refused) as refused:
        begin(key, SYSTEM, at=NOW)
    assert refused.value.code == "Y-01"


def test_the_first_key_of_a_new_year_retires_the_keys_of_the_old(folder: Path) -> None:
    lsp = body()
    old = ensure_keys(lsp, 2026, NOW)[Kind.ED25519]
    signed = signer(old).sign(MESSAGE)

    new = ensure_keys(lsp, 2027, NOW + timedelta(days=365))[Kind.ED25519]

    old.refresh_from_db()
    assert (old.state, new.state) == (State.RETIRED, State.ACTIVE)
    with pytest.raises(Refused) as refused:
        signer(old)
    assert refused.value.code == "Y-02"
    resolved = queries.resolver()(old.verification_method)
    assert resolved is not None
    resolved.check(signed, MESSAGE)


def test_keys_of_a_past_year_retire_no_later_ones() -> None:
    lsp = body()
    later = ensure_keys(lsp, 2026, NOW)[Kind.ED25519]

    ensure_keys(lsp, 2025, NOW)

    later.refresh_from_db()
    assert later.state == State.ACTIVE


def test_a_body_without_a_code_gets_no_keys(folder: Path) -> None:
    with pytest.raises(Refused) as refused:
        ensure_keys(access.organisation(), 2026, NOW)
    assert refused.value.code == "Y-06"
    assert not folder.exists()


def test_a_compromised_key_signs_no_more_and_a_second_one_follows() -> None:
    lsp = body()
    lost = ensure_keys(lsp, 2026, NOW)[Kind.ED25519]

    perform(lost, "compromise", keeper(), at=NOW, note="Laptop dicuri.")
    with pytest.raises(Refused) as refused:
        signer(lost)
    assert refused.value.code == "Y-02"

    second = ensure_keys(lsp, 2026, NOW)[Kind.ED25519]
    assert second.key_id == "2026-ed25519-2"
    assert bytes(second.public_key) != bytes(lost.public_key)
    signer(second)


def test_what_a_compromised_key_signed_counts_only_if_it_was_logged_before() -> None:
    lost = ensure_keys(body(), 2026, NOW)[Kind.ED25519]
    amend(lost, {"compromised_at": NOW}, keeper(), at=NOW + HOUR)
    assert queries.resolver()(str(lost)) == lost.published
    perform(lost, "compromise", keeper(), at=NOW + HOUR, note="Bocor.")

    assert lost.compromised_at == NOW
    assert queries.resolver(logged_at=NOW - HOUR)(str(lost)) == lost.published
    for logged_at in (None, NOW, NOW + HOUR):
        with pytest.raises(NotVerified, match="key-compromised"):
            queries.resolver(logged_at)(str(lost))


def test_a_compromise_needs_a_reason_and_an_instant_that_has_passed() -> None:
    key = ensure_keys(body(), 2026, NOW)[Kind.P256]
    amend(key, {"compromised_at": NOW + HOUR}, keeper(), at=NOW)

    with pytest.raises(Refused) as unexplained:
        perform(key, "compromise", keeper(), at=NOW + 2 * HOUR)
    with pytest.raises(Refused) as future:
        perform(key, "compromise", keeper(), at=NOW, note="Bocor.")

    assert (unexplained.value.code, future.value.code) == ("K-01", "Y-03")


def test_a_compromise_of_which_nobody_knows_the_instant_counts_from_now() -> None:
    key = ensure_keys(body(), 2026, NOW)[Kind.P256]

    perform(key, "compromise", keeper(), at=NOW, note="Bocor.")

    assert key.compromised_at == NOW


def test_a_key_that_is_not_ours_is_not_found() -> None:
    key = ensure_keys(body(), 2026, NOW)[Kind.SEAL]

    for stranger in ("did:web:contoh.test#2026-ed25519", "", "#", "\0#\0", f"{key.controller}"):
        assert queries.resolver()(stranger) is None
    assert queries.resolver()(str(key)) is None  # a seal signs no credentials


def test_who_may_do_what_with_a_key() -> None:
    lsp = body()
    active, retired, compromised = (SigningKey(organisation=lsp, state=state) for state in State)
    people = {
        "certification officer": keeper(),
        "authority admin": access.person(Role.AUTHORITY_ADMIN, of=access.authority()),
        "auditor": access.person(Role.AUDITOR, of=access.authority()),
        "body admin": access.person(Role.BODY_ADMIN, of=lsp),
        "individual": access.person(),
        "system": SYSTEM,
    }

    assert access.matrix(
        {"active": active, "retired": retired, "compromised": compromised}, people
    ) == snapshot(
        {
            "active certification officer": ["retire", "compromise"],
            "active system": ["retire", "compromise"],
            "retired certification officer": ["compromise"],
            "retired system": ["compromise"],
        }
    )


def test_a_body_sees_no_keys_and_makes_none() -> None:
    lsp = body()
    key = ensure_keys(lsp, 2026, NOW)[Kind.ED25519]
    admin = access.person(Role.BODY_ADMIN, of=lsp)

    assert not queries.keys(admin)
    assert key in queries.keys(keeper())
    with pytest.raises(NotPermitted):
        perform(key, "retire", admin, at=NOW)
    with pytest.raises(NotPermitted):
        begin(SigningKey(organisation=lsp), admin, at=NOW)


def test_a_seal_in_a_file_certifies_itself_until_an_authority_does() -> None:
    lsp = body()
    key = ensure_keys(lsp, 2026, NOW)[Kind.SEAL]
    own = x509.load_der_x509_certificate(bytes(key.certificate))
    assert own.subject == own.issuer
    assert lsp.name in own.subject.rfc4514_string()

    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    wrong = self_signed_certificate("Lain", stranger, valid_from=NOW, valid_until=NOW + HOUR)
    for certificate in (wrong, b"bukan sertifikat"):
        with pytest.raises(Refused) as refused:
            actions.certify(key, certificate, keeper(), at=NOW)
        assert refused.value.code == "Y-05"

    better = certificate_for(key, stranger)
    actions.certify(key, better, keeper(), at=NOW)
    key.refresh_from_db()
    assert bytes(key.certificate) == better
    assert actions.certify(key, better, keeper(), at=NOW) is None


def certificate_for(key: SigningKey, authority: rsa.RSAPrivateKey) -> bytes:
    """Let a national authority certify a key."""
    own = x509.load_der_x509_certificate(bytes(key.certificate))
    issuer = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Induk Uji")])
    return (
        x509.CertificateBuilder()
        .subject_name(own.subject)
        .issuer_name(issuer)
        .public_key(own.public_key())
        .serial_number(7)
        .not_valid_before(NOW)
        .not_valid_after(NOW + HOUR)
        .sign(authority, SHA256())
        .public_bytes(Encoding.DER)
    )


def test_only_a_seal_has_a_certificate() -> None:
    keys = ensure_keys(body(), 2026, NOW)

    with pytest.raises(Refused) as refused:
        actions.certify(keys[Kind.P256], bytes(keys[Kind.SEAL].certificate), keeper(), at=NOW)
    assert refused.value.code == "Y-05"


def test_files_hold_nothing_that_can_be_read_without_the_secret(
    folder: Path, settings: Settings
) -> None:
    keys = ensure_keys(body(), 2026, NOW)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for key in keys.values():
        path = folder / key.location
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")

    settings.FIELD_KEY = "YW5vdGhlciBpbnN0YWxsYXRpb24sIGFub3RoZXIga2V5"
    secrecy.derived_key.cache_clear()
    try:
        with pytest.raises(ValueError, match="password"):
            signer(keys[Kind.ED25519])
    finally:
        secrecy.derived_key.cache_clear()


def test_a_process_opens_a_key_once(folder: Path) -> None:
    key = ensure_keys(body(), 2026, NOW)[Kind.ED25519]
    signer(key)
    (folder / key.location).unlink()

    key.published.check(signer(key).sign(MESSAGE), MESSAGE)


def test_keys_in_files_sign(folder: Path) -> None:
    check_store(stores.store(SigningKey.Backend.FILE))


def test_keys_in_a_hardware_module_sign(token: TokenStore) -> None:
    check_store(token)


def test_a_hardware_module_does_not_know_a_key_that_is_not_in_it(token: TokenStore) -> None:
    with pytest.raises(NoSuchKey):
        token.open(Kind.ED25519, "lain")


def test_threads_share_a_hardware_module(token: TokenStore) -> None:
    made: Made = token.create(Kind.ED25519, "LSP Uji", NOW)
    sign = token.open(Kind.ED25519, made.location)

    with ThreadPoolExecutor(8) as pool:
        signatures = set(pool.map(lambda _: sign(MESSAGE), range(200)))

    [signature] = signatures
    PublicKey("ed25519", made.public_key).check(signature, MESSAGE)


def test_where_a_hardware_module_is_set_up_new_keys_are_made_in_it(
    token: TokenStore, settings: Settings, folder: Path
) -> None:
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN = token.module, token.token
    settings.PKCS11_PIN = token.pin

    keys = ensure_keys(body(), 2026, NOW)

    assert not folder.exists()
    assert {key.backend for key in keys.values()} == {SigningKey.Backend.PKCS11}
    assert bytes(keys[Kind.SEAL].certificate) == b""
    keys[Kind.P256].published.check(signer(keys[Kind.P256]).sign(MESSAGE), MESSAGE)
