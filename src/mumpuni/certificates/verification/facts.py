"""From records to facts; all but the days of decisions was fetched by `answering.read`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mumpuni.certificates.models import Certificate
from mumpuni.certificates.verification.answers import BodyFacts, CertificateFacts, SanctionFact
from mumpuni.kernel.queries import latest_steps
from mumpuni.kernel.time import legal_day
from mumpuni.licensing.models import Sanction
from mumpuni.licensing.queries import history_in

DECIDED_BY = {
    Certificate.State.SUSPENDED: "suspend",
    Certificate.State.REVOKED: "revoke",
    Certificate.State.REPLACED: "replace",
}


def certificate_facts(certificate: Certificate, state_since: date | None) -> CertificateFacts:
    """Return the certificate as issued, and since when a decision has held it where it is."""
    return CertificateFacts(
        public_id=certificate.public_id,
        number=certificate.number,
        registration_number=certificate.registration_number,
        blank_number=certificate.blank_number or "",
        holder_name=certificate.holder_name,
        scheme_number=certificate.scheme_number,
        scheme_title=certificate.scheme_title,
        scheme_title_en=certificate.scheme_title_en,
        scheme_version=certificate.scheme_version,
        field_name=certificate.field_name,
        kkni_level=certificate.kkni_level,
        units=tuple(certificate.units),
        decided_on=certificate.decided_on,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        state_since=state_since,
        reissue_of_earlier=certificate.replaces_id is not None,
    )


def states_since(certificates: Sequence[Certificate]) -> dict[int, date]:
    """Return the day of the decision that moved each certificate; a query per state met."""
    days: dict[int, date] = {}
    for state, step in DECIDED_BY.items():
        moved = [one for one in certificates if one.state == state]
        days |= {key: legal_day(event.at) for key, event in latest_steps(moved, step).items()}
    return days


def body_facts(certificate: Certificate, today: date) -> BodyFacts:
    """Return how the body's licence stood on the day of issue, and what happened since."""
    history, issued_on = history_in(certificate), certificate.issued_on
    sanctions = sorted(history.sanctions, key=lambda sanction: sanction.effective_on)
    return BodyFacts(
        certificate.organisation_id,
        certificate.body_name,
        certificate.licence_number,
        status_at_issue=history.status_on(issued_on),
        status_today=history.status_on(today),
        sanction_at_issue=_sanction(history.sanction_on(issued_on)),
        sanction_today=_sanction(history.sanction_on(today)),
        since=tuple(
            _fact(sanction)
            for sanction in sanctions
            if sanction.imposed_at is not None and issued_on < sanction.effective_on <= today
        ),
    )


def _sanction(sanction: Sanction | None) -> SanctionFact | None:
    return None if sanction is None else _fact(sanction)


def _fact(sanction: Sanction) -> SanctionFact:
    return SanctionFact(
        kind=sanction.kind,
        decree_number=sanction.decree_number,
        effective_on=sanction.effective_on,
        months=sanction.months,
        lifted_on=sanction.lifted_on,
    )
