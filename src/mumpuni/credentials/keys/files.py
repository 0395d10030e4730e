"""Keys in files that only this installation can read: PKCS#8, encrypted."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from mumpuni.credentials.keys.interface import Kind, Made, Sign
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.seals import self_signed_certificate
from mumpuni.credentials.signing import P256Signer, public_key
from mumpuni.kernel.files import write_once
from mumpuni.kernel.secrecy import derived_key

RSA_BITS: Final = 3072
OWN_CERTIFICATE: Final = timedelta(days=3652)
"""How long a seal's own certificate holds; one of a national authority may take its place."""

type PrivateKey = Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class FileStore:
    """A folder of encrypted keys."""

    folder: Path

    def create(self, kind: Kind, owner: str, at: datetime) -> Made:
        """Make a key; a seal certifies itself."""
        key = _generate(kind)
        location = f"{secrets.token_hex(16)}.pem"
        write_once(self.folder / location, _sealed(key))
        if isinstance(key, rsa.RSAPrivateKey):
            spoken_for = key.public_key().public_bytes(
                Encoding.DER, PublicFormat.SubjectPublicKeyInfo
            )
            certificate = self_signed_certificate(
                owner, key, valid_from=at, valid_until=at + OWN_CERTIFICATE
            )
            return Made(location, spoken_for, certificate)
        return Made(location, public_key(key).raw)

    def open(self, kind: Kind, location: str) -> Sign:
        """Return how to sign with a key.

        Raises:
            ValueError: the file was encrypted by another installation.
        """
        pem = (self.folder / location).read_bytes()
        key = load_pem_private_key(pem, _passphrase())
        if isinstance(key, Ed25519PrivateKey):
            return key.sign
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return P256Signer("", key).sign
        if isinstance(key, rsa.RSAPrivateKey):
            return partial(key.sign, padding=padding.PKCS1v15(), algorithm=SHA256())
        raise ValueError(f"{location} holds no key of ours")


def _generate(kind: Kind) -> PrivateKey:
    if kind == SigningKey.Kind.ED25519:
        return Ed25519PrivateKey.generate()
    if kind == SigningKey.Kind.P256:
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)


def _sealed(key: PrivateKey) -> bytes:
    encryption = BestAvailableEncryption(_passphrase())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def _passphrase() -> bytes:
    return derived_key("signing keys").hex().encode()
