"""Keys in a hardware security module (PKCS#11): made there, used there, never read."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from threading import Lock
from typing import Final, cast

import pkcs11
from asn1crypto.core import OctetString
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
from pkcs11.types import SignMixin
from pkcs11.util.ec import encode_named_curve_parameters

from mumpuni.credentials.keys.interface import Kind, Made, Sign
from mumpuni.credentials.models import SigningKey

RSA_BITS: Final = 3072
CURVES: Final = {
    SigningKey.Kind.ED25519: (KeyType.EC_EDWARDS, "1.3.101.112"),
    SigningKey.Kind.P256: (KeyType.EC, "secp256r1"),
}
NEVER_LEAVES: Final = {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}

# a session does one thing at a time
ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class TokenStore:
    """A token of a module: the module's library, the token's label, and its PIN."""

    module: str
    token: str
    pin: str

    def create(self, kind: Kind, owner: str, at: datetime) -> Made:
        """Make a key; the certificate of a seal comes from an authority, later."""
        location = secrets.token_hex(16)
        with ONE_AT_A_TIME:
            if kind == SigningKey.Kind.SEAL:
                public, _private = self._session.generate_keypair(
                    KeyType.RSA,
                    RSA_BITS,
                    store=True,
                    label=location,
                    private_template=NEVER_LEAVES,
                )
                return Made(location, _spki(public))
            return Made(location, self._create_on_curve(kind, location))

    def open(self, kind: Kind, location: str) -> Sign:
        """Return how to sign with a key.

        Raises:
            pkcs11.exceptions.NoSuchKey: the token has none of that name.
        """
        with ONE_AT_A_TIME:
            found = self._session.get_key(ObjectClass.PRIVATE_KEY, label=location)
        key = cast("SignMixin", found)

        def sign(message: bytes) -> bytes:
            # modules know ECDSA of a digest; with SHA-256 built in, not all do
            content = hashlib.sha256(message).digest() if kind == SigningKey.Kind.P256 else message
            with ONE_AT_A_TIME:
                return key.sign(content, mechanism=MECHANISMS[kind])

        return sign

    @property
    def _session(self) -> pkcs11.Session:
        return _session(self.module, self.token, self.pin)

    def _create_on_curve(self, kind: Kind, location: str) -> bytes:
        key_type, curve = CURVES[kind]
        domain = self._session.create_domain_parameters(
            key_type, {Attribute.EC_PARAMS: encode_named_curve_parameters(curve)}, local=True
        )
        public, _private = domain.generate_keypair(
            store=True, label=location, private_template=NEVER_LEAVES
        )
        point = OctetString.load(public[Attribute.EC_POINT]).native
        return point if kind == SigningKey.Kind.ED25519 else _compressed(point)


MECHANISMS: Final = {
    SigningKey.Kind.ED25519: Mechanism.EDDSA,
    SigningKey.Kind.P256: Mechanism.ECDSA,
    SigningKey.Kind.SEAL: Mechanism.SHA256_RSA_PKCS,
}


@cache
def _session(module: str, token: str, pin: str) -> pkcs11.Session:
    """Open the token once in a process: logging in is slow, and some modules count."""
    return pkcs11.lib(module).get_token(token_label=token).open(rw=True, user_pin=pin)


def _compressed(point: bytes) -> bytes:
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    return key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def _spki(public: pkcs11.PublicKey) -> bytes:
    modulus, exponent = public[Attribute.MODULUS], public[Attribute.PUBLIC_EXPONENT]
    numbers = rsa.RSAPublicNumbers(int.from_bytes(exponent), int.from_bytes(modulus))
    return numbers.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
