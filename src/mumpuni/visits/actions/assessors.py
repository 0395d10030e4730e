"""Keeping the register of licensing assessors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from mumpuni.access.identity import is_plausible
from mumpuni.access.models import Individual, Organisation, User
from mumpuni.access.queries import individual_by_document
from mumpuni.kernel.errors import Invalid
from mumpuni.kernel.numbering import take
from mumpuni.kernel.workflow import Actor, Attempt, Changes, amend_parts, begin
from mumpuni.reference.models import Region
from mumpuni.visits import rules
from mumpuni.visits.models import DeclaredTie, LicensingAssessor, LicensingAssessorTerm

TERMS: Final = "terms"
TIES: Final = "ties"
SERIES: Final = "licensing-assessor"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Whom to enter: the account they work with, the identity document, what they are."""

    email: str
    name: str
    document_kind: str
    document_number: str
    grade: str
    province: Region | None = None


@transaction.atomic
def enter(entry: Entry, actor: Actor, *, at: datetime) -> LicensingAssessor:
    """Begin an entry of the register, for somebody who has an account."""
    individual = _individual(entry)
    assessor = LicensingAssessor(
        individual=individual,
        grade=entry.grade,
        province=entry.province,
        simulated=individual.simulated,
    )
    begin(assessor, actor, at=at)
    return assessor


def _individual(entry: Entry) -> Individual:
    user = User.objects.filter(email__iexact=entry.email).first()
    if user is None:
        problem = _("Tidak ada akun dengan alamat surel ini.")
        raise Invalid(problem, fields={"email": [problem]})
    if not is_plausible(entry.document_kind, entry.document_number):
        problem = _("Nomor identitas ini tidak mungkin benar. Periksa angkanya.")
        raise Invalid(problem, fields={"document_number": [problem]})
    known = individual_by_document(entry.document_kind, entry.document_number)
    rules.check_one_account(user, known)
    if known is None:
        known = Individual(name=entry.name.strip(), email=user.email)
        known.identify(entry.document_kind, entry.document_number)
    rules.same_person(known, entry.name)
    known.user = user
    known.save()
    return known


def activate(assessors: Sequence[LicensingAssessor], attempt: Attempt) -> None:
    """Give a number to those who have none."""
    new = [assessor for assessor in assessors if assessor.number is None]
    serials = take(SERIES, len(new)) if new else ()
    for assessor, serial in zip(new, serials, strict=True):
        assessor.number = f"AL.{serial:04d}"


def add_term(
    assessor: LicensingAssessor, values: Mapping[str, Any], actor: Actor, *, at: datetime
) -> None:
    """Enter a certificate and the period in which it keeps the assessor current."""

    def change(locked: LicensingAssessor) -> Changes:
        term = LicensingAssessorTerm(assessor=locked, **values)
        if term.valid_until < term.valid_from:
            problem = _("Masa berlaku berakhir sebelum dimulai.")
            raise Invalid(problem, fields={"valid_until": [problem]})
        if any(one.valid_from == term.valid_from for one in locked.terms.all()):
            problem = _("Sudah ada masa berlaku yang mulai hari itu.")
            raise Invalid(problem, fields={"valid_from": [problem]})
        term.save()
        return {TERMS: ["", f"{term} ({term.certificate_number})"]}

    amend_parts(assessor, TERMS, change, actor, at=at)


def declare_tie(
    assessor: LicensingAssessor,
    organisation: Organisation,
    values: Mapping[str, Any],
    actor: Actor,
    *,
    at: datetime,
) -> None:
    """Write down what ties an assessor to an organisation."""

    def change(locked: LicensingAssessor) -> Changes:
        tie = DeclaredTie(
            assessor=locked, organisation=organisation, declared_by=actor.key, **values
        )
        if tie.valid_until is not None and tie.valid_until < tie.valid_from:
            problem = _("Ikatan berakhir sebelum dimulai.")
            raise Invalid(problem, fields={"valid_until": [problem]})
        tie.save()
        return {TIES: ["", str(tie)]}

    amend_parts(assessor, TIES, change, actor, at=at)


def end_tie(tie: DeclaredTie, last_day: date, actor: Actor, *, at: datetime) -> None:
    """Say on which day a tie ended."""

    def change(_locked: LicensingAssessor) -> Changes:
        if last_day < tie.valid_from:
            problem = _("Ikatan berakhir sebelum dimulai.")
            raise Invalid(problem, fields={"valid_until": [problem]})
        tie.valid_until = last_day
        tie.save()
        return {TIES: [str(tie), f"{tie} – {last_day}"]}

    amend_parts(tie.assessor, TIES, change, actor, at=at)
