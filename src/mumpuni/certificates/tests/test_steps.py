"""Suspension, revocation, replacement, reports: what each step requires and leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from inline_snapshot import snapshot

from mumpuni.access.models import Membership
from mumpuni.access.person import SYSTEM, Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.tests.make import admin, noon
from mumpuni.certificates import jobs
from mumpuni.certificates.actions import sign_status_lists
from mumpuni.certificates.models import Certificate, CertificateRequest, MisuseReport, Replacement
from mumpuni.certificates.tests import make
from mumpuni.credentials.models import StatusList
from mumpuni.credentials.queries import resolver
from mumpuni.credentials.status import PURPOSES, SIZES, decode, entry_at
from mumpuni.credentials.verification import verify
from mumpuni.kernel.errors import Invalid, NotPermitted, Refused
from mumpuni.kernel.queries import events_of
from mumpuni.kernel.workflow import amend, begin, perform
from mumpuni.transparency.models import Leaf

pytestmark = pytest.mark.django_db


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def everybody(record_of: Certificate | CertificateRequest) -> dict[str, Person]:
    """One actor of each kind, the body's own and a stranger's among them."""
    body = record_of.organisation
    people = {
        role.value: access.person(role, of=body if role.value.startswith("body") else None)
        for role in Role
        if role != Role.SYSTEM
    }
    other = access.organisation()
    return people | {
        "other_body": access.person(Role.BODY_ADMIN, of=other),
        "system": SYSTEM,
    }


def test_who_may_take_which_step(certificate: Certificate) -> None:
    request = certificate.request
    replacement = Replacement(certificate=certificate)
    people = everybody(certificate)
    table: dict[str, list[str]] = {}
    for record in (request, certificate, replacement, MisuseReport()):
        for state in type(record).State.values:
            record.state = state
            table |= access.matrix({f"{record._meta.model_name} {state}": record}, people)

    assert table == snapshot(
        {
            "certificaterequest draft body_admin": ["submit"],
            "certificaterequest submitted certification_officer": ["approve", "refuse"],
            "certificaterequest approved system": ["finish"],
            "certificate valid certification_officer": ["suspend", "revoke"],
            "certificate valid system": ["replace"],
            "certificate suspended certification_officer": ["reinstate", "revoke"],
            "replacement draft body_admin": ["submit"],
            "replacement submitted certification_officer": ["approve", "refuse"],
            "misusereport received law_officer": ["handle", "close"],
            "misusereport handled law_officer": ["close"],
        }
    )


@pytest.mark.parametrize("step", ["suspend", "revoke"])
def test_a_decision_against_a_holder_needs_a_reason(step: str, certificate: Certificate) -> None:
    assert refusal(lambda: perform(certificate, step, make.officer(), at=make.ISSUED_AT)) == "K-01"


def test_a_suspended_certificate_may_be_reinstated_and_a_revoked_one_may_not(
    certificate: Certificate,
) -> None:
    make.take_to(certificate, "suspended")
    make.take(certificate, "reinstate")
    assert certificate.state == Certificate.State.VALID

    make.take(certificate, "revoke")

    assert refusal(lambda: make.take(certificate, "reinstate")) == "wrong-state"


def test_l14_nobody_decides_on_a_certificate_of_a_body_they_belong_to(
    certificate: Certificate,
) -> None:
    both = access.member(Role.CERTIFICATION_OFFICER)
    Membership.objects.create(
        user=both,
        organisation=certificate.organisation,
        role=Role.BODY_ADMIN,
        valid_from=access.SINCE,
    )
    officer = access.person(Role.CERTIFICATION_OFFICER, of=access.authority(), by=both)
    replacement = make.submitted_replacement(certificate)

    def revoke() -> object:
        return perform(certificate, "revoke", officer, at=make.ISSUED_AT, note="Alasan.")

    def approve() -> object:
        return perform(replacement, "approve", officer, at=make.ISSUED_AT)

    assert [refusal(revoke), refusal(approve)] == ["L-14", "L-14"]


# C-06
def test_c06_the_new_certificate_keeps_number_and_validity_and_nothing_else_of_the_paper() -> None:
    old = make.issued_certificate(name="Dewi Ayo")
    amend(old, {"blank_number": "10617234"}, admin(old.organisation), at=make.ISSUED_AT)

    replacement = make.approved_replacement(old, name="Dewi Ayu")

    old.refresh_from_db()
    new = old.replaced_by
    assert replacement.state == Replacement.State.APPROVED
    assert (old.state, new.state) == (Certificate.State.REPLACED, Certificate.State.VALID)
    assert (old.holder_name, new.holder_name) == ("Dewi Ayo", "Dewi Ayu")
    for kept in ("number", "registration_number", "issued_on", "valid_until", "units"):
        assert getattr(new, kept) == getattr(old, kept)
    assert new.public_id != old.public_id
    assert (old.blank_number, new.blank_number) == ("10617234", None)
    assert new.credential.digest != old.credential.digest
    assert (new.status_list_id, new.status_index) != (old.status_list_id, old.status_index)


def test_c06_a_certificate_replaced_twice_is_a_chain() -> None:
    first = make.issued_certificate(name="A")
    make.approved_replacement(first, name="B")
    second = Certificate.objects.get(replaces=first)
    make.approved_replacement(second, name="C")

    assert Certificate.objects.get(replaces=second).holder_name == "C"
    standing = Certificate.objects.filter(request=first.request).exclude(state="replaced")
    assert standing.count() == 1


def test_a_replacement_is_proven_once(certificate: Certificate) -> None:
    replacement = make.approved_replacement(certificate)
    new = Certificate.objects.get(replaces=replacement.certificate)
    event = events_of(replacement).get(step="approve")

    jobs.prove_replacement(event_id=event.pk)

    told = Leaf.objects.filter(subject="certificates.certificate", subject_id=new.pk)
    assert [leaf.action for leaf in told] == ["issue"]


# C-14: log and lists tell what was decided
@pytest.mark.parametrize(
    ("state", "actions", "bits"),
    [
        ("suspended", ["suspend"], (0, 1, 0)),
        ("revoked", ["revoke"], (1, 0, 2)),
        ("replaced", ["supersede"], (1, 0, 1)),
    ],
)
def test_every_decision_is_told_to_the_log_and_shown_in_the_signed_lists(
    state: str, actions: list[str], bits: tuple[int, int, int], certificate: Certificate
) -> None:
    make.take_to(certificate, state)

    sign_status_lists(make.ISSUED_AT)

    told = Leaf.objects.filter(subject_id=certificate.pk).exclude(action__in=["issue", "key"])
    assert [leaf.action for leaf in told] == actions
    assert shown(certificate) == bits


def test_a_suspension_that_is_lifted_is_shown_no_more(certificate: Certificate) -> None:
    make.take_to(certificate, "suspended")
    sign_status_lists(make.ISSUED_AT)

    make.take(certificate, "reinstate")
    sign_status_lists(make.ISSUED_AT)

    assert shown(certificate) == (0, 0, 0)


def shown(certificate: Certificate) -> tuple[int, ...]:
    """Read what the published lists say of a certificate, after checking who signed them."""
    kept = StatusList.objects.get(pk=certificate.status_list_id or 0)
    found = []
    for purpose in PURPOSES:
        text = getattr(kept, purpose).encode()
        document = verify(text, resolver(), at=make.ISSUED_AT).require()
        bits = decode(document["credentialSubject"]["encodedList"])
        found.append(entry_at(bits, certificate.status_index or 0, SIZES[purpose]))
    return tuple(found)


@pytest.mark.parametrize("state", ["suspended", "revoked", "replaced"])
def test_c07_only_a_certificate_that_stands_is_replaced(
    state: str, certificate: Certificate
) -> None:
    make.take_to(certificate, state)

    assert refusal(lambda: make.draft_replacement(certificate)) == "C-07"


def test_c07_what_has_expired_is_not_replaced(certificate: Certificate) -> None:
    replacement = make.draft_replacement(certificate)
    late = noon(date(2029, 6, 8))
    actor = admin(replacement.certificate.organisation)

    assert refusal(lambda: perform(replacement, "submit", actor, at=late)) == "C-07"


@pytest.mark.parametrize(
    ("reason", "name", "code"),
    [
        ("name_change", "", "C-08"),
        ("loss", "Nama Lain", "C-08"),
        ("misprint", "Нурсултан", "C-09"),
    ],
)
def test_c08_the_name_fits_the_reason(
    reason: str, name: str, code: str, certificate: Certificate
) -> None:
    replacement = make.draft_replacement(certificate, reason=reason, name=name)
    actor = admin(replacement.certificate.organisation)

    assert refusal(lambda: perform(replacement, "submit", actor, at=make.ISSUED_AT)) == code


def test_a_certificate_has_one_replacement_under_way(certificate: Certificate) -> None:
    make.draft_replacement(certificate)

    assert refusal(lambda: make.draft_replacement(certificate)) == "invalid"


# C-12
@pytest.mark.parametrize("number", ["1061723", "106172345", "1061723x", "١٠٦١٧٢٣٤"])
def test_c12_a_blank_number_has_eight_digits(number: str, certificate: Certificate) -> None:
    with pytest.raises(Invalid) as refused:
        amend(
            certificate,
            {"blank_number": number},
            admin(certificate.organisation),
            at=make.ISSUED_AT,
        )

    assert "blank_number" in refused.value.fields


def test_c12_a_blank_belongs_to_one_certificate() -> None:
    session = make.decided_session(candidates=2)
    first, second = make.issued_request(session).certificates.all()
    actor = admin(session.organisation)
    amend(first, {"blank_number": "10617234"}, actor, at=make.ISSUED_AT)

    with pytest.raises(Invalid, match="sudah terdaftar"):
        amend(second, {"blank_number": "10617234"}, actor, at=make.ISSUED_AT)


def test_c12_many_certificates_have_no_blank() -> None:
    session = make.decided_session(candidates=2)
    actor = admin(session.organisation)

    for certificate in make.issued_request(session).certificates.all():
        amend(certificate, {"blank_number": ""}, actor, at=make.ISSUED_AT)

    assert set(Certificate.objects.values_list("blank_number", flat=True)) == {None}


def test_facts_of_a_certificate_are_nobodys_to_change(certificate: Certificate) -> None:
    for actor in (admin(certificate.organisation), make.officer(), SYSTEM):
        with pytest.raises(NotPermitted):
            amend(certificate, {"holder_name": "Lain"}, actor, at=make.ISSUED_AT)


def test_anybody_may_report_and_the_contact_stays_out_of_the_trail() -> None:
    report = make.report(description="<b>x</b>" * 100)

    assert report.state == MisuseReport.State.RECEIVED
    assert all("contoh.test" not in str(event.changes) for event in events_of(report))


def test_a_report_of_a_book_is_refused() -> None:
    with pytest.raises(Invalid):
        make.report(description="x" * 5001)


def test_a_report_is_handled_and_closed_with_a_note() -> None:
    report = make.report()

    assert (
        refusal(lambda: perform(report, "handle", make.law_officer(), at=make.ISSUED_AT)) == "K-01"
    )
    for step in ("handle", "close"):
        perform(report, step, make.law_officer(), at=make.ISSUED_AT, note="Sudah diperiksa.")

    assert report.state == MisuseReport.State.CLOSED


def test_a_person_does_not_file_a_report_as_themselves() -> None:
    with pytest.raises(NotPermitted):
        begin(MisuseReport(claimed_number="1", description="x"), make.officer(), at=make.ISSUED_AT)
