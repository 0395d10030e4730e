"""The authority's word on the files of a batch: a detached JWS on the rows, a seal on the paper."""

from __future__ import annotations

import base64
from datetime import datetime

from django.utils.translation import gettext as _

from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.keys import ensure_keys, signer
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.seals import seal
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.time import legal_day
from mumpuni.portal import readings


def signature_of(content: bytes, at: datetime) -> str:
    """Return a JWS in ES256 without its payload, which is the content (RFC 7515, appendix F)."""
    signing = signer(_key(SigningKey.Kind.P256, at))
    header = _encoded(canonical_json({"alg": "ES256", "kid": signing.verification_method}))
    return f"{header}..{_encoded(signing.sign(f'{header}.{_encoded(content)}'.encode()))}"


def sealed(pdf: bytes, at: datetime) -> bytes:
    """Return a PDF file under the authority's seal."""
    key = _key(SigningKey.Kind.SEAL, at)
    return seal(
        pdf,
        sign=signer(key).sign,
        certificate=bytes(key.certificate),
        reason=_("Tanda terima pemeriksaan sertifikat"),
        signed_at=at,
        name=key.organisation.name,
    )


def _key(kind: SigningKey.Kind, at: datetime) -> SigningKey:
    authority = readings.authority()
    if authority is None:
        raise Refused(
            _("Otoritas belum terdaftar, sehingga tanda terima belum dapat ditandatangani."),
            code="V-11",
        )
    return ensure_keys(authority, legal_day(at).year, at)[kind]


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
