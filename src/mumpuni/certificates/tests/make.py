"""Valid requests, certificates, replacements and reports for tests, made by the real verbs.

`issued_certificate` holds a valid certificate of a licensed body; what is not given is made.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from mumpuni.access.models import Organisation, User
from mumpuni.access.person import SYSTEM, Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.models import Session
from mumpuni.assessment.tests import make as assessment
from mumpuni.assessment.tests.make import admin, noon
from mumpuni.certificates import actions, jobs
from mumpuni.certificates.models import Certificate, CertificateRequest, MisuseReport, Replacement
from mumpuni.kernel.queries import events_of
from mumpuni.kernel.workflow import begin, perform
from mumpuni.transparency.actions import publish

ISSUED_ON = date(2026, 6, 8)
ISSUED_AT = noon(ISSUED_ON)
UNPRINTABLE = "王小明"


def officer() -> Person:
    """Make somebody who approves, suspends and replaces for the authority."""
    return access.person(Role.CERTIFICATION_OFFICER, of=access.authority())


def law_officer() -> Person:
    """Make somebody who handles reports of misuse."""
    return access.person(Role.LAW_OFFICER, of=access.authority())


def decided_session(candidates: int = 1, not_yet: int = 0, **given: Any) -> Session:
    """Make a closed session; everybody is competent unless told otherwise."""
    return assessment.decided_session(candidates=candidates, not_yet=not_yet, **given)


def draft_request(session: Session | None = None, *, on: date = ISSUED_ON) -> CertificateRequest:
    """Begin a request for a decided session."""
    for_session = session or decided_session()
    made = CertificateRequest(
        organisation=for_session.organisation, session=for_session, minutes_number="BA/01/VI/2026"
    )
    begin(made, admin(for_session.organisation), at=noon(on))
    return made


def submitted_request(
    session: Session | None = None, *, on: date = ISSUED_ON
) -> CertificateRequest:
    """Make a request that waits for the authority."""
    made = draft_request(session, on=on)
    perform(made, "submit", admin(made.organisation), at=noon(on))
    return made


def approved_request(
    session: Session | None = None, *, on: date = ISSUED_ON, issue: bool = False
) -> CertificateRequest:
    """Make a request that is approved; with certificates but no documents yet where asked."""
    made = submitted_request(session, on=on)
    event = perform(made, "approve", officer(), at=noon(on))
    if issue:
        jobs.issue(event_id=event.pk)
    return made


def issued_request(session: Session | None = None, *, on: date = ISSUED_ON) -> CertificateRequest:
    """Make a request whose certificates are issued and proven."""
    made = approved_request(session, on=on, issue=True)
    actions.prove_request(made.pk, at=noon(on))
    made.refresh_from_db()
    return made


def request_with_one_passed_over(session: Session | None = None) -> CertificateRequest:
    """Make an issued request that left out a candidate, whose name can be printed no longer."""
    made = approved_request(session or decided_session(candidates=3))
    individual = made.session.candidates.order_by("pk")[1].individual
    individual.name = UNPRINTABLE
    individual.save()
    actions.issue(made.pk, at=ISSUED_AT)
    actions.prove_request(made.pk, at=ISSUED_AT)
    made.refresh_from_db()
    return made


def issued_certificate(
    session: Session | None = None,
    *,
    name: str = "",
    by: User | None = None,
    on: date = ISSUED_ON,
    organisation: Organisation | None = None,
) -> Certificate:
    """Make a valid certificate with its document, for a holder of that name and account."""
    for_session = session or decided_session(organisation=organisation)
    individual = for_session.candidates.order_by("pk")[0].individual
    individual.name, individual.user = name or individual.name, by or individual.user
    individual.save()
    return issued_request(for_session, on=on).certificates.order_by("pk")[0]


def printed(certificate: Certificate) -> Certificate:
    """Let the log tell of a certificate and make its document."""
    publish(ISSUED_AT)
    actions.document_of(certificate, at=ISSUED_AT)
    return certificate


def take_to(certificate: Certificate, state: str) -> Certificate:
    """Take a valid certificate to a state by its steps."""
    match state:
        case "suspended":
            take(certificate, "suspend")
        case "revoked":
            take(certificate, "revoke")
        case "replaced":
            approved_replacement(certificate)
    certificate.refresh_from_db()
    return certificate


def take(certificate: Certificate, step: str, *, on: date = ISSUED_ON) -> None:
    """Take a step of a certificate as the authority."""
    perform(certificate, step, officer(), at=noon(on), note="Dibuat untuk pengujian.")


def draft_replacement(
    certificate: Certificate | None = None, *, name: str = "", reason: str = "misprint"
) -> Replacement:
    """Begin a replacement, of a new certificate unless one is given."""
    old = certificate or issued_certificate()
    made = Replacement(
        certificate=old,
        reason=reason,
        corrected_name=name or old.holder_name,
        explanation="Salah cetak pada blangko.",
    )
    begin(made, admin(old.organisation), at=ISSUED_AT)
    return made


def submitted_replacement(certificate: Certificate | None = None, **given: Any) -> Replacement:
    """Make a replacement that waits for the authority."""
    made = draft_replacement(certificate, **given)
    perform(made, "submit", admin(made.certificate.organisation), at=ISSUED_AT)
    return made


def approved_replacement(certificate: Certificate | None = None, **given: Any) -> Replacement:
    """Make a replacement that is approved, the proofs of the new certificate included."""
    made = submitted_replacement(certificate, **given)
    perform(made, "approve", officer(), at=ISSUED_AT)
    actions.prove_replacement(made.pk, at=ISSUED_AT)
    return made


def report(**changed: Any) -> MisuseReport:
    """File a report of misuse, as anybody does."""
    values: dict[str, Any] = {
        "claimed_number": "62019 2514 2 0000001 2026",
        "claimed_name": "Nama Palsu",
        "description": "Nomor dan nama tidak cocok.",
        "contact": "pelapor@contoh.test",
    }
    made = MisuseReport(**values | changed)
    begin(made, SYSTEM, at=ISSUED_AT)
    return made


def approval_of(request: CertificateRequest) -> int:
    """Return the key of the event that approved a request."""
    return events_of(request).filter(step="approve").values_list("pk", flat=True)[0]
