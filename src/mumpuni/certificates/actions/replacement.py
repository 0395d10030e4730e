"""Replacement: the old certificate steps back, the new one keeps its number and validity."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mumpuni.access.person import SYSTEM
from mumpuni.certificates.actions.proving import prove
from mumpuni.certificates.models import Certificate, Replacement
from mumpuni.credentials.status import take_positions
from mumpuni.kernel.workflow import Attempt, begin, perform

KEPT = (
    "organisation_id",
    "candidate_id",
    "request_id",
    "number",
    "registration_number",
    "scheme_number",
    "scheme_title",
    "scheme_title_en",
    "scheme_version",
    "field_name",
    "kkni_level",
    "units",
    "body_name",
    "licence_number",
    "decided_on",
    "issued_on",
    "valid_until",
    "simulated",
)


def reissue(replacement: Replacement, attempt: Attempt) -> None:
    """C-06: replace the certificate; public identifier, blank and document are new."""
    old = replacement.certificate
    note = str(replacement.get_reason_display())
    perform(old, "replace", SYSTEM, at=attempt.at, note=note)
    [place] = take_positions(old.organisation, attempt.on.year, 1)
    new = Certificate(
        **{name: getattr(old, name) for name in KEPT},
        holder_name=replacement.corrected_name,
        replaces=old,
        status_list_id=place.status_list_id,
        status_index=place.position,
    )
    begin(new, SYSTEM, at=attempt.at, note=note)


@transaction.atomic
def prove_replacement(replacement_id: int, *, at: datetime) -> None:
    """Prove the certificate that took another's place, if it has no proofs yet."""
    replaced = Replacement.objects.filter(pk=replacement_id).values("certificate")
    prove(Certificate.objects.filter(replaces__in=replaced).select_for_update(), at=at)
