"""What proves a certificate: its signature, and what the public log says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mumpuni.certificates import award
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.verification.answers import BodyFacts, Check, Question, Result
from mumpuni.credentials.errors import NotVerified
from mumpuni.licensing.queries import Status
from mumpuni.transparency.models import Cosignature, Leaf

type Answer = tuple[Result, str]


@dataclass(frozen=True)
class Logged:
    """Where and since when the log tells of an issue; `witnessed_to` is the size others saw."""

    index: int
    at: datetime
    witnessed_to: int

    @property
    def witnessed(self) -> bool:
        return self.index < self.witnessed_to


def told_by_log() -> dict[str, Subquery]:
    """Return, to annotate certificates, what `logged` reads."""
    issue = Leaf.objects.filter(
        subject=Certificate._meta.label_lower,
        subject_id=OuterRef("pk"),
        action=Leaf.Action.ISSUE,
        index__isnull=False,
    )
    seen = Cosignature.objects.order_by("-checkpoint").values("checkpoint")
    return {
        "logged_index": Subquery(issue.values("index")[:1]),
        "logged_at": Subquery(issue.values("at")[:1]),
        "witnessed_to": Subquery(seen[:1]),
    }


def logged(certificate: Any) -> Logged | None:
    """Return what the log says of a certificate annotated with `told_by_log`."""
    if certificate.logged_index is None:
        return None
    return Logged(certificate.logged_index, certificate.logged_at, certificate.witnessed_to or 0)


def examine(certificate: Certificate, body: BodyFacts) -> tuple[Check, ...]:
    """Answer every question about a certificate."""
    told = logged(certificate)
    answers = {
        Question.SIGNATURE: _signature(certificate),
        Question.ISSUER: _issuer(certificate, told),
        Question.STATUS: _status(certificate),
        Question.LICENCE: _licence(body),
        Question.LOGGED: _logged(told),
        Question.WITNESSED: _witnessed(told),
    }
    return tuple(Check(question, *answer) for question, answer in answers.items())


def _signature(certificate: Certificate) -> Answer:
    if not certificate.proven:
        return Result.UNKNOWN, _("Sertifikat ini belum atau tidak ditandatangani secara digital.")
    try:
        award.check(_proof(certificate))
    except NotVerified:
        return Result.NO, _("Isi register tidak sama dengan yang ditandatangani.")
    return Result.YES, _("Utuh: isi register sama dengan yang ditandatangani.")


def _issuer(certificate: Certificate, told: Logged | None) -> Answer:
    if not certificate.proven:
        return Result.UNKNOWN, ""
    key = _proof(certificate).key
    if key.is_trusted(told.at if told else None):
        return Result.YES, key.controller
    return Result.NO, _("Kuncinya bocor, dan log publik belum memuatnya sebelum saat itu.")


def _proof(certificate: Certificate) -> Any:
    """Return the credential, which knows the certificate that was read."""
    proof = certificate.credential
    proof.certificate = certificate
    return proof


def _status(certificate: Certificate) -> Answer:
    """Tell the state, and how old the list is that verifiers without a network read."""
    stands = certificate.state == Certificate.State.VALID
    told = str(certificate.get_state_display())
    if certificate.status_list and certificate.status_list.signed_at:
        signed = _moment(certificate.status_list.signed_at)
        told = _("%(state)s; daftar status ditandatangani %(signed)s WIB.") % {
            "state": told,
            "signed": signed,
        }
    return (Result.YES if stands else Result.NO), told


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")


def _licence(body: BodyFacts) -> Answer:
    active = body.status_at_issue == Status.ACTIVE
    return (Result.YES if active else Result.NO), str(body.status_at_issue.label)


def _logged(told: Logged | None) -> Answer:
    if told is None:
        return Result.UNKNOWN, _("Log publik belum memuatnya.")
    return Result.YES, _("Baris %(index)s, sejak %(since)s WIB.") % {
        "index": told.index,
        "since": _moment(told.at),
    }


def _witnessed(told: Logged | None) -> Answer:
    if told is None or not told.witnessed:
        return Result.UNKNOWN, _("Belum ada saksi luar yang menandatangani bagian log ini.")
    return Result.YES, _("Saksi luar menandatangani log yang memuatnya.")
