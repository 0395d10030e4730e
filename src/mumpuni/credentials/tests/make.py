"""Bodies that can sign, for tests."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from mumpuni.access.models import Organisation
from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access

NOW = datetime(2026, 6, 1, 5, tzinfo=UTC)


def body(code: str = "1001") -> Organisation:
    """Make a body that has a code."""
    return access.organisation(f"LSP {code}", code=code)


def keeper() -> Person:
    """Make somebody of the authority who keeps the keys."""
    return access.person(Role.CERTIFICATION_OFFICER, of=access.authority())


def authority_certificate(public: rsa.RSAPublicKey) -> x509.Certificate:
    """Let an authority certify the key of a seal."""
    subject, issuer = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in ("LSP Uji", "CA Uji")
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=365))
        .sign(ec.generate_private_key(ec.SECP256R1()), SHA256())
    )
