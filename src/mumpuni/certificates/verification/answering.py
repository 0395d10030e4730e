"""From a certificate, or from none, to the answer; one place for all who ask."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from mumpuni.certificates.models import Certificate
from mumpuni.certificates.verification.answers import Verdict, Verification
from mumpuni.certificates.verification.evidence import examine, told_by_log
from mumpuni.certificates.verification.facts import body_facts, certificate_facts
from mumpuni.certificates.verification.judging import judge
from mumpuni.certificates.verification.names import same_name
from mumpuni.credentials.status import PURPOSES
from mumpuni.kernel.time import legal_day
from mumpuni.licensing.queries import told_history


def read() -> QuerySet[Certificate]:
    """Return certificates, those that stand before those replaced, with all that is told."""
    return (
        Certificate.objects.standing_first()
        .select_related("credential__key", "credential__template", "status_list")
        .defer(*(f"status_list__{purpose}" for purpose in PURPOSES))  # long, and for others
        .annotate(
            successor=F("replaced_by__public_id"), **told_history("organisation"), **told_by_log()
        )
    )


def tell(certificate: Any, name: str, at: datetime, state_since: date | None) -> Verification:
    """Answer for a certificate that was found; a name, if given, must be the holder's."""
    if name.strip() and not same_name(name, certificate.holder_name):
        return _name_differs(at, simulated=certificate.simulated)
    today = legal_day(at)
    facts, body = certificate_facts(certificate, state_since), body_facts(certificate, today)
    checks = examine(certificate, body)
    verdict, reason = judge(certificate, facts, body, checks, today)
    return Verification(
        verdict,
        reason,
        at,
        facts,
        body,
        replaced_by=certificate.successor or "",
        simulated=certificate.simulated,
        checks=checks,
    )


def _name_differs(at: datetime, *, simulated: bool) -> Verification:
    """V-07: say that the name differs, and nothing about whose the number is."""
    reason = _(
        "Nomor ini terdaftar, tetapi atas nama lain. Dokumen yang memuat nomor ini bersama nama"
        " yang Anda tulis tidak cocok dengan register."
    )
    return Verification(Verdict.NOT_FOUND, reason, at, name_differs=True, simulated=simulated)


def nothing_found(at: datetime) -> Verification:
    return not_found(_("Tidak ada sertifikat dengan nomor ini. Periksa kembali penulisannya."), at)


def no_pattern(at: datetime) -> Verification:
    return not_found(
        _(
            "Ini bukan pola nomor sertifikat atau nomor registrasi."
            " Contoh: 62010 2512 3 0000042 2026 atau TIK.1565.00042.2026."
        ),
        at,
    )


def not_found(reason: str, at: datetime) -> Verification:
    return Verification(Verdict.NOT_FOUND, reason, at)


def name_needed(at: datetime) -> Verification:
    """V-07: a blank number alone is not enough."""
    return uncertain(_("Tuliskan juga nama yang tercetak: nomor blangko saja belum cukup."), at)


def uncertain(reason: str, at: datetime) -> Verification:
    return Verification(Verdict.UNCERTAIN, reason, at)
