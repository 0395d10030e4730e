"""The signature itself: CMS with the attributes that PAdES B-B asks for, and no others.

Written as DER here: a general ASN.1 library spends seven times what the RSA signature costs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from asn1crypto import x509
from django.utils.translation import gettext as _

from mumpuni.credentials.errors import Unsignable

type Sign = Callable[[bytes], bytes]
"""Signs bytes as certificates are signed: RSA PKCS#1 v1.5 or ECDSA in DER, with SHA-256."""
type Stamp = Callable[[bytes], bytes]
"""Gives an RFC 3161 token (DER) on a SHA-256 digest."""

INTEGER, OCTETS, NULL, OID, SEQUENCE, SET = 0x02, 0x04, 0x05, 0x06, 0x30, 0x31
TAGGED_0, TAGGED_1 = 0xA0, 0xA1
SHORT = 0x80


def der(tag: int, *parts: bytes) -> bytes:
    """Write one element."""
    content = b"".join(parts)
    size = len(content)
    if size < SHORT:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, SHORT | len(length)]) + length + content


def set_of(*members: bytes, tag: int = SET) -> bytes:
    """Write a set, whose members DER puts in order."""
    return der(tag, *sorted(members))


def _oid(hexadecimal: str) -> bytes:
    return der(OID, bytes.fromhex(hexadecimal))


VERSION_1 = der(INTEGER, b"\x01")
DATA = _oid("2a864886f70d010701")
SIGNED_DATA = _oid("2a864886f70d010702")
CONTENT_TYPE = _oid("2a864886f70d010903")
MESSAGE_DIGEST = _oid("2a864886f70d010904")
TIME_STAMP_TOKEN = _oid("2a864886f70d010910020e")
SIGNING_CERTIFICATE_V2 = _oid("2a864886f70d010910022f")
SHA256 = der(SEQUENCE, _oid("608648016503040201"), der(NULL))
ALGORITHMS = {
    "rsa": der(SEQUENCE, _oid("2a864886f70d01010b"), der(NULL)),
    "ec": der(SEQUENCE, _oid("2a8648ce3d040302")),
}


@dataclass(frozen=True)
class Sealer:
    """What all signatures with one certificate share, encoded."""

    certificates: bytes
    identifier: bytes
    algorithm: bytes
    attributes: tuple[bytes, ...]


@cache
def sealer(certificate: bytes, chain: tuple[bytes, ...]) -> Sealer:
    """Read the certificate once for all that it seals.

    Raises:
        Unsignable: it is none, or its key is of a kind that readers of PDF files do not know.
    """
    try:
        read = x509.Certificate.load(certificate, strict=True)
        kind, issuer, number = read.public_key.algorithm, read.issuer.dump(), read.serial_number
    except ValueError as error:
        raise Unsignable(_("Sertifikat segel tidak dapat dibaca.")) from error
    if kind not in ALGORITHMS:
        raise Unsignable(_("Segel dibuat dengan kunci RSA atau P-256, bukan %s.") % kind)
    return Sealer(
        certificates=set_of(certificate, *chain, tag=TAGGED_0),
        identifier=der(SEQUENCE, issuer, der(INTEGER, _signed(number))),
        algorithm=ALGORITHMS[kind],
        attributes=(
            _attribute(CONTENT_TYPE, DATA),
            _attribute(SIGNING_CERTIFICATE_V2, _essence(certificate)),
        ),
    )


def signature(digest: bytes, by: Sealer, *, sign: Sign, stamp: Stamp | None = None) -> bytes:
    """Return the CMS that signs a SHA-256 digest of a content which stands elsewhere."""
    attributes = (*by.attributes, _attribute(MESSAGE_DIGEST, der(OCTETS, digest)))
    signed = sign(set_of(*attributes))
    signer = der(
        SEQUENCE,
        VERSION_1,
        by.identifier,
        SHA256,
        set_of(*attributes, tag=TAGGED_0),
        by.algorithm,
        der(OCTETS, signed),
        _stamped(signed, stamp) if stamp else b"",
    )
    content = der(
        SEQUENCE,
        VERSION_1,
        set_of(SHA256),
        der(SEQUENCE, DATA),
        by.certificates,
        set_of(signer),
    )
    return der(SEQUENCE, SIGNED_DATA, der(TAGGED_0, content))


def _stamped(signed: bytes, stamp: Stamp) -> bytes:
    """PAdES B-T: the token proves when the signature was there."""
    token = stamp(hashlib.sha256(signed).digest())
    return set_of(_attribute(TIME_STAMP_TOKEN, token), tag=TAGGED_1)


def _essence(certificate: bytes) -> bytes:
    """Bind the signature to one certificate; SHA-256 is the default and therefore not written."""
    identifier = der(SEQUENCE, der(OCTETS, hashlib.sha256(certificate).digest()))
    return der(SEQUENCE, der(SEQUENCE, identifier))


def _attribute(kind: bytes, value: bytes) -> bytes:
    return der(SEQUENCE, kind, set_of(value))


def _signed(number: int) -> bytes:
    return number.to_bytes(number.bit_length() // 8 + 1, signed=True)
