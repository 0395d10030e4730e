"""Replacement: the old certificate steps back, the new one keeps its number and validity."""

from __future__ import annotations

from mumpuni.access.person import SYSTEM
from mumpuni.certificates.models import Certificate, Replacement
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
    new = Certificate(
        **{name: getattr(old, name) for name in KEPT},
        holder_name=replacement.corrected_name,
        replaces=old,
    )
    begin(new, SYSTEM, at=attempt.at, note=note)
