"""Is this certificate real, whose is it, and does it hold today? At most two queries.

The public pages, the API and the `verify` command all ask here. Nothing asks who is asking: what
is told is public, and a name is confirmed or denied, never given away by a blank number or a batch.
"""

from __future__ import annotations

from datetime import datetime
from typing import get_args

from django.utils import timezone
from django.utils.translation import gettext as _

from mumpuni.certificates.models import Certificate, numbers
from mumpuni.certificates.verification.answering import (
    name_needed,
    no_pattern,
    not_found,
    nothing_found,
    read,
    tell,
)
from mumpuni.certificates.verification.answers import (
    BodyFacts,
    CertificateFacts,
    Check,
    SanctionFact,
    Verdict,
    Verification,
)
from mumpuni.certificates.verification.facts import states_since
from mumpuni.certificates.verification.names import same_name
from mumpuni.certificates.verification.recognising import Field, Key, as_scanned, recognise
from mumpuni.kernel.prepared import Prepared

__all__ = [
    "BodyFacts",
    "CertificateFacts",
    "Check",
    "SanctionFact",
    "Verdict",
    "Verification",
    "same_name",
    "verify_any",
    "verify_blank",
    "verify_number",
    "verify_public_id",
]


def _asked_by(field: str) -> Prepared[Certificate]:
    return Prepared(lambda value: read().filter(**{field: value}))


BY_FIELD = {field: _asked_by(field) for field in get_args(Field.__value__)}


def verify_any(typed: str, name: str = "", *, at: datetime | None = None) -> Verification:
    """Verify by whatever number it is: of a certificate, a registration, a blank or a QR code."""
    key = recognise(typed)
    if key is not None and key.field == "blank_number":
        return verify_blank(typed, name, at=at)
    return _answer(key, name, at)


def verify_public_id(typed: str, *, at: datetime | None = None) -> Verification:
    """Verify by the identifier in the QR code: exactly one certificate has it."""
    public_id = as_scanned(typed)
    if public_id is None:
        reason = _("Alamat ini tidak lengkap atau salah; pindai kembali kode QR-nya.")
        return not_found(reason, at or timezone.now())
    return _answer(Key("public_id", public_id), "", at)


def verify_number(typed: str, name: str = "", *, at: datetime | None = None) -> Verification:
    """V-03: verify by certificate or registration number; only letters and digits count.

    Where a number was printed again, the certificate that stands now is meant (V-08). A name, if
    given, must be the holder's.
    """
    key = recognise(typed)
    numbered = key is not None and key.field in {"number", "registration_number"}
    return _answer(key if numbered else None, name, at)


def verify_blank(typed: str, name: str, *, at: datetime | None = None) -> Verification:
    """V-07: verify by the number of the printed blank, which needs the name on it as well."""
    number, checked_at = numbers.as_blank_number(typed), at or timezone.now()
    if number is None:
        return not_found(_("Nomor blangko terdiri atas delapan angka."), checked_at)
    if not name.strip():
        return name_needed(checked_at)
    return _answer(Key("blank_number", number), name, checked_at)


def _answer(key: Key | None, name: str, at: datetime | None) -> Verification:
    checked_at = at or timezone.now()
    if key is None:
        return no_pattern(checked_at)
    certificate = BY_FIELD[key.field].first(key.value)
    if certificate is None:
        return nothing_found(checked_at)
    return tell(certificate, name, checked_at, states_since([certificate]).get(certificate.pk))
