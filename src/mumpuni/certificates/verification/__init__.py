"""Is this certificate real, whose is it, and does it hold today? At most four queries.

The public page, the API and the `verify` command all ask here. Nothing asks who is asking: what
is told is public, and a name is confirmed or denied, never given away by a blank number.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mumpuni.certificates.models import Certificate, numbers
from mumpuni.certificates.verification.answers import (
    BodyFacts,
    CertificateFacts,
    SanctionFact,
    Verdict,
    Verification,
)
from mumpuni.certificates.verification.facts import body_facts, certificate_facts
from mumpuni.certificates.verification.judging import judge
from mumpuni.certificates.verification.names import same_name
from mumpuni.kernel.time import legal_day

__all__ = [
    "BodyFacts",
    "CertificateFacts",
    "SanctionFact",
    "Verdict",
    "Verification",
    "same_name",
    "verify_blank",
    "verify_number",
    "verify_public_id",
]


def verify_public_id(typed: str, *, at: datetime | None = None) -> Verification:
    """Verify by the identifier in the QR code: exactly one certificate has it."""
    public_id = numbers.as_public_id(typed)
    if public_id is None:
        return _not_found(_("Alamat ini tidak lengkap atau salah; pindai kembali kode QR-nya."), at)
    return _answer(_read().filter(public_id=public_id), at)


def verify_number(typed: str, name: str = "", *, at: datetime | None = None) -> Verification:
    """V-03: verify by certificate or registration number; only letters and digits count.

    Where a number was printed again, the certificate that stands now is meant (V-08). A name, if
    given, must be the holder's.
    """
    if number := numbers.as_certificate_number(typed):
        found = _read().filter(number=number)
    elif registration := numbers.as_registration_number(typed):
        found = _read().filter(registration_number=registration)
    else:
        return _not_found(
            _(
                "Ini bukan pola nomor sertifikat atau nomor registrasi."
                " Contoh: 62010 2512 3 0000042 2026 atau TIK.1565.00042.2026."
            ),
            at,
        )
    return _answer(found, at, name)


def verify_blank(typed: str, name: str, *, at: datetime | None = None) -> Verification:
    """V-07: verify by the number of the printed blank, which needs the name on it as well."""
    number = numbers.as_blank_number(typed)
    if number is None:
        return _not_found(_("Nomor blangko terdiri atas delapan angka."), at)
    if not name.strip():
        return Verification(
            Verdict.UNCERTAIN,
            _("Tuliskan juga nama yang tercetak: nomor blangko saja belum cukup."),
            at or timezone.now(),
        )
    return _answer(_read().filter(blank_number=number), at, name)


def _read() -> QuerySet[Certificate]:
    """Return certificates, those that stand before those replaced, with all that is told."""
    return (
        Certificate.objects.standing_first()
        .select_related("request", "organisation__licence", "replaced_by")
        .prefetch_related("organisation__licence__terms", "organisation__licence__sanctions")
    )


def _answer(candidates: QuerySet[Certificate], at: datetime | None, name: str = "") -> Verification:
    checked_at = at or timezone.now()
    certificate = candidates.first()
    if certificate is None:
        return _not_found(
            _("Tidak ada sertifikat dengan nomor ini. Periksa kembali penulisannya."), checked_at
        )
    if name.strip() and not same_name(name, certificate.holder_name):
        return _name_differs(checked_at, simulated=certificate.simulated)
    today = legal_day(checked_at)
    facts, body = certificate_facts(certificate), body_facts(certificate, today)
    verdict, reason = judge(certificate, facts, body, today)
    successor = getattr(certificate, "replaced_by", None)
    return Verification(
        verdict,
        reason,
        checked_at,
        facts,
        body,
        replaced_by=successor.public_id if successor else "",
        simulated=certificate.simulated,
    )


def _not_found(reason: str, at: datetime | None) -> Verification:
    return Verification(Verdict.NOT_FOUND, reason, at or timezone.now())


def _name_differs(at: datetime, *, simulated: bool) -> Verification:
    """V-07: say that the name differs, and nothing about whose the number is."""
    reason = _(
        "Nomor ini terdaftar, tetapi atas nama lain. Dokumen yang memuat nomor ini bersama nama"
        " yang Anda tulis tidak cocok dengan register."
    )
    return Verification(Verdict.NOT_FOUND, reason, at, name_differs=True, simulated=simulated)
