"""What a verification answers: a verdict with its reason, and every fact it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from mumpuni.certificates.models.certificates import CertifiedUnit
from mumpuni.licensing.queries import Status


class Verdict(models.TextChoices):
    """The word on the page; `VALID` alone means that the certificate holds today."""

    VALID = "valid", _("Berlaku")
    SUSPENDED = "suspended", _("Dibekukan")
    REVOKED = "revoked", _("Dicabut")
    EXPIRED = "expired", _("Kedaluwarsa")
    REPLACED = "replaced", _("Diganti")
    NOT_FOUND = "not_found", _("Tidak ditemukan")
    UNCERTAIN = "not_verifiable", _("Belum dapat dipastikan")


@dataclass(frozen=True)
class SanctionFact:
    """A sanction on the body; `lifted_on` None means that it still stands."""

    kind: str
    decree_number: str
    effective_on: date
    months: int | None
    lifted_on: date | None


@dataclass(frozen=True)
class BodyFacts:
    """The body that certified: how its licence stood on the day of issue, and today.

    `since` lists the sanctions that took force after the day of issue, oldest first.
    """

    organisation_id: int
    name: str
    licence_number: str
    status_at_issue: Status
    status_today: Status
    sanction_at_issue: SanctionFact | None
    sanction_today: SanctionFact | None
    since: tuple[SanctionFact, ...]


@dataclass(frozen=True)
class CertificateFacts:
    """The certificate as issued; `state_since` is the day of the decision that moved it."""

    public_id: str
    number: str
    registration_number: str
    blank_number: str
    holder_name: str
    scheme_number: str
    scheme_title: str
    scheme_title_en: str
    scheme_version: int
    field_name: str
    kkni_level: int | None
    units: tuple[CertifiedUnit, ...]
    decided_on: date
    issued_on: date
    valid_until: date
    state_since: date | None
    reissue_of_earlier: bool


class Question(models.TextChoices):
    """What was asked of a certificate besides its verdict."""

    FILE = "file", _("Berkas yang Anda unggah")
    SIGNATURE = "signature", _("Tanda tangan digital LSP")
    ISSUER = "issuer", _("Kunci LSP dipercaya")
    STATUS = "status", _("Status menurut register")
    LICENCE = "licence", _("Lisensi LSP pada hari terbit")
    LOGGED = "logged", _("Tercatat dalam log publik")
    WITNESSED = "witnessed", _("Log disaksikan pihak lain")


class Result(models.TextChoices):
    YES = "yes", _("Ya")
    NO = "no", _("Tidak")
    UNKNOWN = "unknown", _("Tidak dapat diperiksa")


@dataclass(frozen=True)
class Check:
    """A question that was asked, what came out, and the sentence that says so."""

    question: Question
    result: Result
    detail: str


@dataclass(frozen=True)
class Verification:
    """The answer to one question, at one instant.

    `certificate` and `body` are None where nothing was found, or where the name that was given
    differs (`name_differs`): then nothing about the holder is told. `replaced_by` is the public
    identifier of the certificate that took this one's place.
    """

    verdict: Verdict
    reason: str
    checked_at: datetime
    certificate: CertificateFacts | None = None
    body: BodyFacts | None = None
    replaced_by: str = ""
    name_differs: bool = False
    simulated: bool = False
    checks: tuple[Check, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the certificate is valid today."""
        return self.verdict == Verdict.VALID
