"""Certificates of the demonstration: issued as the worker would, then revoked or replaced."""

from __future__ import annotations

from datetime import timedelta

from mumpuni.access.roles import Role
from mumpuni.assessment.models import Session
from mumpuni.certificates import actions
from mumpuni.certificates.models import Certificate, CertificateRequest, Replacement
from mumpuni.kernel.workflow import begin, perform
from mumpuni.simulation.demo.bodies import Body
from mumpuni.simulation.demo.cast import Authority, noon

REQUESTED, APPROVED, LATER = (timedelta(days=days) for days in (5, 7, 21))


def ask(body: Body, session: Session) -> CertificateRequest:
    """Send in the request for the competent candidates of a session."""
    admin, at = body[Role.BODY_ADMIN], noon(session.held_on + REQUESTED)
    request = CertificateRequest(
        organisation=body.organisation,
        session=session,
        minutes_number=f"BA/{session.number}",
    )
    begin(request, admin, at=at)
    perform(request, "submit", admin, at=at)
    return request


def issue(authority: Authority, request: CertificateRequest) -> list[Certificate]:
    """Approve a request and do at once what the worker will then find done."""
    at = noon(request.session.held_on + APPROVED)
    perform(request, "approve", authority[Role.CERTIFICATION_OFFICER], at=at)
    actions.issue(request.pk, at=at)
    actions.prove_request(request.pk, at=at)
    return list(request.certificates.order_by("number"))


def suspend(authority: Authority, certificate: Certificate, note: str) -> None:
    """Suspend a certificate a fortnight after its issue."""
    _decide(authority, certificate, "suspend", note)


def revoke(authority: Authority, certificate: Certificate, note: str) -> None:
    """Revoke a certificate a fortnight after its issue."""
    _decide(authority, certificate, "revoke", note)


def replace(authority: Authority, body: Body, certificate: Certificate, name: str) -> None:
    """Replace a certificate on which the name was misprinted."""
    at = noon(certificate.issued_on + LATER)
    replacement = Replacement(
        certificate=certificate,
        reason=Replacement.Reason.MISPRINT,
        corrected_name=name,
        explanation="Gelar tertulis sebagai nama (simulasi).",
    )
    begin(replacement, body[Role.BODY_ADMIN], at=at)
    perform(replacement, "submit", body[Role.BODY_ADMIN], at=at)
    perform(replacement, "approve", authority[Role.CERTIFICATION_OFFICER], at=at)
    actions.prove_replacement(replacement.pk, at=at)


def _decide(authority: Authority, certificate: Certificate, step: str, note: str) -> None:
    at = noon(certificate.issued_on + LATER)
    perform(certificate, step, authority[Role.CERTIFICATION_OFFICER], at=at, note=note)
