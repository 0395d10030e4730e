"""The verdict on a certificate that was found, with a sentence that says why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mumpuni.certificates.models import Certificate
from mumpuni.certificates.verification.answers import (
    BodyFacts,
    CertificateFacts,
    Check,
    Question,
    Result,
    Verdict,
)
from mumpuni.licensing.queries import Status


def judge(
    certificate: Certificate,
    facts: CertificateFacts,
    body: BodyFacts,
    checks: Collection[Check],
    today: date,
) -> tuple[Verdict, str]:
    """V-01: a decision outweighs the calendar, and what is unsure is never called valid."""
    match certificate.state:
        case Certificate.State.REVOKED:
            return Verdict.REVOKED, _decided(_("Sertifikat ini dicabut"), facts)
        case Certificate.State.REPLACED:
            return Verdict.REPLACED, _replaced(facts)
        case Certificate.State.SUSPENDED:
            return Verdict.SUSPENDED, _decided(_("Sertifikat ini dibekukan"), facts)
    if doubt := _doubt(certificate, facts, body, checks):
        return Verdict.UNCERTAIN, doubt
    if facts.valid_until < today:
        return Verdict.EXPIRED, _("Masa berlaku sertifikat ini berakhir pada %s.") % _written(
            facts.valid_until
        )
    return Verdict.VALID, _valid(facts, body)


def _doubt(
    certificate: Certificate, facts: CertificateFacts, body: BodyFacts, checks: Collection[Check]
) -> str:
    """Return why a certificate can be called neither valid nor expired; empty where it can."""
    if certificate.status_list_id and not certificate.proven:  # V-02
        return _("Sertifikat ini masih dalam proses penerbitan.")
    failed = {check.question for check in checks if check.result == Result.NO}
    if Question.SIGNATURE in failed:  # V-13
        return _(
            "Isi register untuk sertifikat ini berubah sejak ditandatangani."
            " Jangan diandalkan sebelum BNSP menjelaskannya."
        )
    if Question.ISSUER in failed:  # V-14
        return _(
            "Sertifikat ini ditandatangani dengan kunci yang bocor, dan log publik tidak memuatnya"
            " sebelum kunci itu bocor."
        )
    return "" if body.status_at_issue == Status.ACTIVE else _unlicensed(facts, body)


def _decided(what: str, facts: CertificateFacts) -> str:
    """Tell the day, never the note: it may speak of a person."""
    if facts.state_since is None:
        return f"{what}."
    return _("%(what)s sejak %(day)s.") % {"what": what, "day": _written(facts.state_since)}


def _replaced(facts: CertificateFacts) -> str:
    sentence = _decided(_("Sertifikat ini diganti"), facts)
    return f"{sentence} {_('Mintalah sertifikat penggantinya.')}"


def _unlicensed(facts: CertificateFacts, body: BodyFacts) -> str:
    """V-05: a certificate dated on a day without an active licence asks for a ruling by BNSP."""
    return _(
        "Pada hari terbit %(day)s lisensi %(body)s tidak aktif (%(status)s)."
        " Tanyakan kepada BNSP sebelum mengandalkan sertifikat ini."
    ) % {
        "day": _written(facts.issued_on),
        "body": body.name,
        "status": str(body.status_at_issue.label).lower(),
    }


def _valid(facts: CertificateFacts, body: BodyFacts) -> str:
    """V-04: what befalls the licence later is told and leaves earlier certificates valid."""
    sentences = [_("Sertifikat ini terdaftar dan berlaku sampai %s.") % _written(facts.valid_until)]
    if facts.reissue_of_earlier:
        sentences.append(_("Nomor ini pernah dicetak sebelumnya; cetakan lama tidak berlaku."))
    if body.status_today != Status.ACTIVE:
        since = _(
            "Lisensi %(body)s kini tidak aktif (%(status)s); sertifikat yang terbit sebelumnya"
            " tetap berlaku."
        )
        status = str(body.status_today.label).lower()
        sentences.append(since % {"body": body.name, "status": status})
    return " ".join(sentences)


def _written(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
