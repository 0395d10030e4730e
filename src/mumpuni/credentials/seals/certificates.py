"""A certificate for a key that no authority has certified: demonstrations, tests, first steps."""

from __future__ import annotations

import hashlib
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

SERIAL_BYTES = 16

type SealKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def self_signed_certificate(
    name: str, key: SealKey, *, valid_from: datetime, valid_until: datetime, country: str = "ID"
) -> bytes:
    """Return a certificate (DER) with which a key may seal documents and nothing else.

    The same arguments give the same bytes.
    """
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, country),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    public = key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public)
        .serial_number(_serial(public, valid_from))
        .not_valid_before(valid_from)
        .not_valid_after(valid_until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_to_sign_only(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    deterministic = True if isinstance(key, ec.EllipticCurvePrivateKey) else None
    made = builder.sign(key, SHA256(), ecdsa_deterministic=deterministic)
    return made.public_bytes(Encoding.DER)


def _serial(public: rsa.RSAPublicKey | ec.EllipticCurvePublicKey, valid_from: datetime) -> int:
    """A number of its own for each key and each renewal of it, positive as RFC 5280 asks."""
    known = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    digest = hashlib.sha256(known + valid_from.isoformat().encode()).digest()
    return int.from_bytes(digest[:SERIAL_BYTES]) | 1


def _to_sign_only() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
