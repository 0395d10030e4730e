"""The authority's word on the files of a batch: a detached JWS on the rows, a seal on the paper."""

from __future__ import annotations

import base64
import io
from datetime import datetime

import pikepdf
from django.utils.translation import gettext as _

from mumpuni.access.models import Organisation
from mumpuni.access.queries import authority
from mumpuni.credentials import keys
from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.did import did_of_body
from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.queries import keys_under
from mumpuni.credentials.seals import check_seal
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.time import legal_day
from mumpuni.portal.batch.paper import ROWS_INSIDE

P256 = SigningKey.Kind.P256


def signature_of(content: bytes, at: datetime) -> str:
    """Return a JWS in ES256 without its payload, which is the content (RFC 7515, appendix F)."""
    key = keys.ensure_keys(_authority(), legal_day(at).year, at, [P256])[P256]
    signing = keys.signer(key)
    header = _encoded(canonical_json({"alg": "ES256", "kid": signing.verification_method}))
    return f"{header}..{_encoded(signing.sign(f'{header}.{_encoded(content)}'.encode()))}"


def sealed(pdf: bytes, at: datetime) -> bytes:
    """Return a PDF file under the authority's seal."""
    return keys.sealed(pdf, _authority(), reason=_("Tanda terima pemeriksaan sertifikat"), at=at)


def rows_in(pdf: bytes) -> bytes:
    """Return the file of rows inside a PDF file under the authority's seal.

    Raises:
        NotVerified: the seal is missing, broken or somebody else's, or there are no rows inside.
    """
    ours = keys_under(did_of_body(_authority())).filter(kind=SigningKey.Kind.SEAL)
    trusted = [bytes(key.certificate) for key in ours if key.state != SigningKey.State.COMPROMISED]
    if not check_seal(pdf, roots=trusted).holds:
        raise NotVerified("seal-broken")
    with pikepdf.open(io.BytesIO(pdf)) as sealed_by_us:
        if ROWS_INSIDE not in sealed_by_us.attachments:
            raise NotVerified("rows-missing")
        return sealed_by_us.attachments[ROWS_INSIDE].get_file().read_bytes()


def _authority() -> Organisation:
    found = authority()
    if found is None:
        raise Refused(
            _("Otoritas belum terdaftar, sehingga tanda terima belum dapat ditandatangani."),
            code="V-11",
        )
    return found


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
