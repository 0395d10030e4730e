"""The comparison of all certificates with the log, and what is kept of it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import structlog

from mumpuni.certificates import checks
from mumpuni.certificates.models import CertificateCheck, Credential

log = structlog.get_logger("mumpuni.certificates")

MOST_KEPT = 1_000


def check_certificates(at: datetime) -> CertificateCheck:
    """Compare all certificates with the log; tell each finding, keep the first thousand (C-15)."""
    kept, found = [], 0
    for finding in checks.findings():
        found += 1
        told = asdict(finding)
        log.error("certificate_finding", **told)
        if found <= MOST_KEPT:
            kept.append(told)
    return CertificateCheck.objects.create(
        at=at, certificates=Credential.objects.count(), found=found, findings=kept
    )
