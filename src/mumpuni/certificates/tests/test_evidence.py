"""What proves a certificate, and what an answer says when it does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mumpuni.certificates.models import Certificate, Credential, CredentialTemplate
from mumpuni.certificates.tests import make
from mumpuni.certificates.verification import Verdict, Verification, verify_public_id
from mumpuni.credentials.keys import ensure_keys
from mumpuni.credentials.models import SigningKey
from mumpuni.kernel.workflow import amend, perform
from mumpuni.transparency.actions import publish

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def look(certificate: Certificate) -> Verification:
    return verify_public_id(certificate.public_id, at=make.ISSUED_AT + DAY)


def results(answer: Verification) -> dict[str, str]:
    return {str(check.question): str(check.result) for check in answer.checks}


def test_every_question_about_a_certificate_is_answered(certificate: Certificate) -> None:
    publish(make.ISSUED_AT)

    assert results(look(certificate)) == {
        "signature": "yes",
        "issuer": "yes",
        "status": "yes",
        "licence": "yes",
        "logged": "yes",
        "witnessed": "unknown",
    }


def test_what_the_log_does_not_tell_yet_is_valid_and_says_so(certificate: Certificate) -> None:
    answer = look(certificate)

    assert answer.verdict == Verdict.VALID
    assert results(answer)["logged"] == "unknown"


# V-13: what was changed behind our back
@pytest.mark.parametrize(
    "changed",
    [
        {"holder_name": "Orang Lain"},
        {"number": "62019 2514 2 0000099 2026"},
        {"scheme_title": "Skema Lain"},
        {"field_name": "Bidang Lain"},
        {"units": [{"code": "J.620100.001.01", "title": "Unit Lain"}]},
        {"body_name": "LSP Lain"},
        {"simulated": True},
    ],
)
def test_v13_a_fact_that_was_changed_in_the_database_is_never_called_valid(
    changed: dict[str, object], certificate: Certificate
) -> None:
    Certificate.objects.filter(pk=certificate.pk).update(**changed)

    answer = look(certificate)

    assert (answer.verdict, results(answer)["signature"]) == (Verdict.UNCERTAIN, "no")


@pytest.mark.parametrize("field", ["jcs_signature", "digest", "rdfc_signature"])
def test_v13_nor_is_a_proof_that_was_changed(field: str, certificate: Certificate) -> None:
    kept = bytes(getattr(certificate.credential, field))
    changed = kept[:-1] + bytes([kept[-1] ^ 1])
    Credential.objects.filter(pk=certificate.pk).update(**{field: changed})

    assert look(certificate).verdict == Verdict.UNCERTAIN


def test_v13_nor_a_template(certificate: Certificate) -> None:
    template = certificate.credential.template
    content = template.content.replace("Certification", "Badge")
    CredentialTemplate.objects.filter(pk=template.pk).update(content=content)

    assert look(certificate).verdict == Verdict.UNCERTAIN


def compromise(certificate: Certificate) -> None:
    key = certificate.credential.key
    amend(
        key, {"compromised_at": make.ISSUED_AT + DAY / 2}, make.officer(), at=make.ISSUED_AT + DAY
    )
    perform(key, "compromise", make.officer(), at=make.ISSUED_AT + DAY, note="Laptop dicuri.")


# V-14: a key that others have
def test_v14_what_the_log_told_before_the_compromise_stays_valid(certificate: Certificate) -> None:
    publish(make.ISSUED_AT)

    compromise(certificate)

    assert look(certificate).verdict == Verdict.VALID


def test_v14_what_it_did_not_tell_by_then_is_not_trusted(certificate: Certificate) -> None:
    compromise(certificate)
    publish(make.ISSUED_AT + DAY)

    answer = look(certificate)

    assert (answer.verdict, results(answer)["issuer"]) == (Verdict.UNCERTAIN, "no")
    assert "bocor" in answer.reason


def test_a_new_years_key_leaves_what_the_old_one_signed_valid(certificate: Certificate) -> None:
    body, year = certificate.organisation, make.ISSUED_ON.year

    ensure_keys(body, year + 1, make.ISSUED_AT + 365 * DAY, [SigningKey.Kind.ED25519])

    certificate.credential.key.refresh_from_db()
    assert certificate.credential.key.state == SigningKey.State.RETIRED
    assert look(certificate).verdict == Verdict.VALID
