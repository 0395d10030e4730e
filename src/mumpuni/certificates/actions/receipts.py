"""Keeping that a batch of verifications was answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mumpuni.certificates.models import VerificationReceipt


def keep_receipt(code: str, at: datetime, by_verdict: Mapping[str, int], digest: str) -> None:
    """V-11: keep how many rows were answered how and the digest of their file; one query."""
    VerificationReceipt.objects.create(
        public_id=code,
        given_at=at,
        rows=sum(by_verdict.values()),
        summary=dict(by_verdict),
        digest=digest,
    )
