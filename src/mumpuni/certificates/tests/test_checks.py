"""C-15: whatever SQL changes of a certificate, the comparison with the log says which it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.certificates import actions, checks, jobs
from mumpuni.certificates.models import (
    Certificate,
    CertificateCheck,
    CertificateRequest,
    Credential,
    CredentialTemplate,
)
from mumpuni.certificates.tests import make
from mumpuni.certificates.tests.test_pages import signed_in
from mumpuni.credentials.models import SigningKey
from mumpuni.kernel.tests.worlds import around_tests
from mumpuni.transparency.actions import publish
from mumpuni.transparency.models import Leaf
from mumpuni.transparency.tests.make import tamper

pytestmark = pytest.mark.django_db

type Harm = Callable[[Certificate], object]


@pytest.fixture(scope="module")
def request_of_three(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[CertificateRequest]:
    def issue() -> CertificateRequest:
        return make.issued_request(make.decided_session(candidates=3))

    with around_tests(django_db_blocker, issue) as request:
        yield request


@pytest.fixture
def harmed(request_of_three: CertificateRequest) -> Certificate:
    """Return the certificate in the middle, to which something is done after the log told of it."""
    publish(make.ISSUED_AT)
    return request_of_three.certificates.order_by("pk")[1]


def index_of(certificate: Certificate) -> int | None:
    issue = Leaf.objects.get(subject=certificate.subject, subject_id=certificate.pk, action="issue")
    return issue.index


def found() -> set[tuple[str, str, int | None]]:
    return {(one.kind, one.number, one.leaf) for one in checks.findings()}


def audit(*options: str) -> tuple[int, str]:
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("audit", "--database", *options, stdout=out)
    return int(str(stopped.value.code)), out.getvalue()


@pytest.mark.parametrize("state", ["valid", "suspended", "revoked", "replaced"])
def test_certificates_as_they_were_issued_and_moved_are_in_order(
    state: str, harmed: Certificate
) -> None:
    make.take_to(harmed, state)

    assert not found()


def test_one_that_was_suspended_and_reinstated_is_in_order(harmed: Certificate) -> None:
    make.take(harmed, "suspend")
    make.take(harmed, "reinstate")

    assert not found()


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("holder_name", "Nama Palsu", "certificate-altered"),
        ("holder_name", "Nama\u007fPalsu", "certificate-altered"),
        ("number", "62010 2512 3 9999999 2026", "certificate-altered"),
        ("registration_number", "TIK.1565.99999.2026", "certificate-altered"),
        ("decided_on", date(2020, 1, 1), "certificate-altered"),
        ("valid_until", date(2099, 6, 7), "certificate-altered"),
        ("issued_on", date(2020, 1, 1), "certificate-altered"),
        ("public_id", "A" * 16, "certificate-altered"),
        ("status_index", 7, "certificate-altered"),
        ("status_list", None, "certificate-altered"),
        ("units", [], "facts-differ"),
        ("units", {"a": "b"}, "facts-differ"),
        ("scheme_title", "Ahli Bedah", "facts-differ"),
        ("scheme_number", "SKM/1", "facts-differ"),
        ("kkni_level", 9, "facts-differ"),
        ("body_name", "LSP Lain", "facts-differ"),
        ("licence_number", "BNSP-LSP-9999-ID", "facts-differ"),
        ("simulated", True, "facts-differ"),
        ("state", "revoked", "state-differs"),
    ],
)
def test_c15_an_altered_certificate_is_named(
    column: str, value: Any, kind: str, harmed: Certificate
) -> None:
    Certificate.objects.filter(pk=harmed.pk).update(**{column: value})
    number = value if column == "number" else harmed.number

    assert found() == {(kind, number, index_of(harmed))}


def test_a_revocation_undone_by_sql_is_named(harmed: Certificate) -> None:
    make.take(harmed, "revoke")
    Certificate.objects.filter(pk=harmed.pk).update(state="valid")

    assert found() == {("state-differs", harmed.number, index_of(harmed))}


def test_a_certificate_given_to_another_body_is_named(harmed: Certificate) -> None:
    other = make.issued_certificate()
    Certificate.objects.filter(pk=harmed.pk).update(organisation=other.organisation)

    assert found() == {("issuer-differs", harmed.number, index_of(harmed))}


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("rdfc_signature", "certificate-altered"),
        ("jcs_signature", "certificate-altered"),
        ("jwt_signature", "signature-wrong"),
        ("digest", "digest-differs"),
    ],
)
def test_altered_proofs_are_named(column: str, kind: str, harmed: Certificate) -> None:
    Credential.objects.filter(pk=harmed.pk).update(**{column: bytes(64)})

    assert found() == {(kind, harmed.number, index_of(harmed))}


def test_signatures_of_another_certificate_are_named(harmed: Certificate) -> None:
    other = Credential.objects.exclude(pk=harmed.pk).earliest("pk")
    Credential.objects.filter(pk=harmed.pk).update(
        rdfc_signature=other.rdfc_signature,
        jcs_signature=other.jcs_signature,
        jwt_signature=other.jwt_signature,
        digest=other.digest,
    )

    assert found() == {("certificate-altered", harmed.number, index_of(harmed))}


def test_a_certificate_without_its_signatures_is_named(harmed: Certificate) -> None:
    Credential.objects.filter(pk=harmed.pk).delete()

    assert found() == {("credential-missing", harmed.number, index_of(harmed))}


def test_a_deleted_certificate_is_named_by_its_leaf(harmed: Certificate) -> None:
    key, index = harmed.pk, index_of(harmed)
    Credential.objects.filter(pk=key).delete()
    Certificate.objects.filter(pk=key).delete()

    [finding] = checks.findings()
    assert (finding.kind, finding.certificate, finding.leaf) == ("certificate-missing", key, index)


def test_an_altered_template_is_named_with_its_certificates(harmed: Certificate) -> None:
    template = harmed.credential.template
    content = template.content.replace(harmed.scheme_title, "Ahli Bedah")
    CredentialTemplate.objects.filter(pk=template.pk).update(content=content)

    assert {kind for kind, _number, _leaf in found()} == {"template-altered"}
    assert len(found()) == 1 + 3


def test_a_template_that_was_exchanged_is_named(harmed: Certificate) -> None:
    forged = json.loads(harmed.credential.template.content)
    forged["credentialSubject"]["achievement"]["name"] = "Ahli Bedah"
    content = json.dumps(forged)
    digest = sha256(content.encode()).hexdigest()
    CredentialTemplate.objects.create(digest=digest, content=content)
    Credential.objects.filter(pk=harmed.pk).update(template=digest)

    assert found() == {
        ("template-untold", "", None),
        ("certificate-altered", harmed.number, index_of(harmed)),
    }


def test_an_exchanged_key_is_named(harmed: Certificate) -> None:
    keys = SigningKey.objects.filter(pk=harmed.credential.key_id)
    keys.update(public_key=bytes(32))
    assert {kind for kind, _number, _leaf in found()} == {"signature-wrong"}

    keys.update(kind=SigningKey.Kind.SEAL)
    assert {kind for kind, _number, _leaf in found()} == {"key-altered"}


def test_a_deleted_leaf_is_named_with_its_certificate(harmed: Certificate) -> None:
    index = index_of(harmed)
    tamper("DELETE FROM transparency_leaf WHERE index = %s", str(index))

    status, said = audit()
    assert status == 1
    assert f"leaf {index} is not in the database" in said
    assert f"certificate {harmed.number} is signed, and its issue is not in the log" in said


def test_an_altered_leaf_is_named_with_its_certificate(harmed: Certificate) -> None:
    index = index_of(harmed)
    tamper("UPDATE transparency_leaf SET commitment = sha256('x') WHERE index = %s", str(index))

    status, said = audit()
    assert status == 1
    assert f"leaf {index} is not what was published" in said
    assert f"certificate {harmed.number} (leaf {index}) is not what the log was told" in said


def copied(certificate: Certificate, **given: Any) -> Certificate:
    """Insert a certificate that nobody issued, for somebody who waits for one."""
    waiting = make.submitted_request().session.candidates.get()
    columns = [column.attname for column in Certificate._meta.concrete_fields]
    same = {name: getattr(certificate, name) for name in columns if name != "id"}
    forged = {"number": "62010 2512 3 9999999 2026", "registration_number": "TIK.1.99999.2026"}
    own = {"public_id": "A" * 16, "status_index": 7, "candidate_id": waiting.pk}
    return Certificate.objects.create(**same | forged | own | given)


@pytest.mark.parametrize("given", [{}, {"status_list_id": None}, {"created_at": make.ISSUED_AT}])
def test_a_certificate_that_was_put_in_by_sql_is_named(
    given: dict[str, Any], harmed: Certificate
) -> None:
    forged = copied(harmed, **given)

    assert found() == {("never-signed", forged.number, None)}


def test_one_that_still_waits_for_its_signatures_is_in_order() -> None:
    make.approved_request(issue=True)

    assert not found()


def test_a_revocation_that_was_moved_to_another_certificate_is_named(harmed: Certificate) -> None:
    other = harmed.request.certificates.earliest("pk")
    make.take(harmed, "revoke")
    tamper("UPDATE transparency_leaf SET subject_id = %s WHERE action = 'revoke'", str(other.pk))

    assert {(kind, number) for kind, number, _leaf in found()} == {
        ("state-differs", harmed.number),
        ("state-differs", other.number),
        ("move-differs", other.number),
    }


def test_the_audit_command_tells_of_certificates(harmed: Certificate) -> None:
    status, said = audit()
    assert status == 0
    assert "yes certificates: 3 certificates compared, findings: 0" in said

    Certificate.objects.filter(pk=harmed.pk).update(holder_name="Nama Palsu")
    status, said = audit("--json")
    assert status == 1
    check, summary = [one for one in json.loads(said)["checks"] if not one["holds"]]
    assert harmed.number in check["told"]
    assert summary["told"] == "3 certificates compared, findings: 1"


def test_the_nightly_check_keeps_what_it_found(harmed: Certificate) -> None:
    Certificate.objects.filter(pk=harmed.pk).update(holder_name="Nama Palsu")

    jobs.check_certificates(int(timezone.now().timestamp()))

    kept = CertificateCheck.objects.get()
    assert (kept.certificates, kept.found) == (3, 1)
    assert kept.findings[0]["public_id"] == harmed.public_id


@pytest.mark.usefixtures("request_of_three")
def test_many_certificates_cost_as_few_queries_as_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(9):
        assert not found()


def last_check_as(role: Role) -> Any:
    client = signed_in(access.member(role))
    return client.get(reverse("certificates:check"))


def test_the_auditor_reads_what_the_last_check_found(harmed: Certificate) -> None:
    assert "Belum pernah diperiksa." in last_check_as(Role.AUDITOR).text

    actions.check_certificates(timezone.now())
    assert "Semua cocok" in last_check_as(Role.AUDITOR).text

    Certificate.objects.filter(pk=harmed.pk).update(scheme_title="Ahli Bedah")
    CredentialTemplate.objects.create(digest="0" * 64, content="{}")
    actions.check_certificates(timezone.now())
    shown = last_check_as(Role.AUDITOR).text
    assert f'href="{harmed.get_absolute_url()}"' in shown
    assert "Isi berbeda dari yang ditandatangani" in shown
    assert "Templat tidak tercatat dalam log" in shown


def test_nobody_else_reads_it() -> None:
    assert last_check_as(Role.CERTIFICATION_OFFICER).status_code == 403
    assert Client().get(reverse("certificates:check")).status_code == 302
