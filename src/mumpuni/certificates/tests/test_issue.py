"""From a decided session to certificates: what is required, what comes of it, once only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries, Settings

from mumpuni.access.models import Membership
from mumpuni.access.person import SYSTEM
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.models import Candidate
from mumpuni.assessment.tests import make as assessment
from mumpuni.assessment.tests.make import admin, noon
from mumpuni.certificates import actions, jobs
from mumpuni.certificates.models import Certificate, CertificateRequest
from mumpuni.certificates.rules import check_name_printable
from mumpuni.certificates.tests import make
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.seals import SealReport, check_seal
from mumpuni.credentials.tests.tsa import STAMPED_AT, Authority, served
from mumpuni.kernel.errors import NotPermitted, Refused
from mumpuni.kernel.models import Event, Progress
from mumpuni.kernel.queries import progress_of
from mumpuni.kernel.time import last_day_of_term
from mumpuni.kernel.workflow import begin, perform
from mumpuni.licensing.models import LicenceScope
from mumpuni.licensing.tests import make as licensing
from mumpuni.schemes.models import SchemeVersion
from mumpuni.transparency.actions import publish

pytestmark = pytest.mark.django_db


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def submit(request: CertificateRequest, on: date = make.ISSUED_ON) -> None:
    perform(request, "submit", admin(request.organisation), at=noon(on))


def approve(request: CertificateRequest, on: date = make.ISSUED_ON) -> None:
    perform(request, "approve", make.officer(), at=noon(on))


def test_c01_no_certificate_is_asked_for_before_the_plenary_has_decided() -> None:
    session = assessment.plenary_session(candidates=1, not_yet=0)

    assert refusal(lambda: make.draft_request(session)) == "C-01"


def test_c01_nor_made_for_a_candidate_who_is_not_competent() -> None:
    session = make.decided_session(candidates=2, not_yet=1)
    request = make.approved_request(session)
    failed = session.candidates.get(state=Candidate.State.NOT_YET_COMPETENT)
    certificate = Certificate(
        candidate=failed, organisation=session.organisation, request=request, holder_name="X"
    )

    assert refusal(lambda: begin(certificate, SYSTEM, at=make.ISSUED_AT)) == "C-01"


def test_c02_a_body_asks_for_its_own_sessions_only() -> None:
    session, other = make.decided_session(), licensing.licensed_body()
    request = CertificateRequest(organisation=other, session=session, minutes_number="BA/1")

    assert refusal(lambda: begin(request, admin(other), at=make.ISSUED_AT)) == "C-02"


def test_c03_a_request_for_nobody_is_refused() -> None:
    request = make.draft_request(make.decided_session(candidates=1, not_yet=1))

    assert refusal(lambda: submit(request)) == "C-03"


# C-04: the request is refused as one for nobody (C-03), and the database refuses the row
def test_c04_a_decision_is_certified_once() -> None:
    certificate = make.issued_certificate()
    again = make.draft_request(certificate.request.session)

    assert refusal(lambda: submit(again)) == "C-03"
    with pytest.raises(Exception, match="certificate_once_per_decision"):
        Certificate.objects.create(
            **{
                **{
                    name: getattr(certificate, name)
                    for name in actions.replacement.KEPT
                    if name not in {"number", "registration_number"}
                },
                "number": "1",
                "registration_number": "1",
            },
        )


@pytest.mark.parametrize(
    ("issued_on", "months", "last"),
    [
        (date(2026, 6, 8), 36, date(2029, 6, 7)),
        (date(2026, 1, 1), 36, date(2028, 12, 31)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 3, 1), 12, date(2027, 2, 28)),
    ],
)
def test_c11_validity_ends_the_day_before_the_anniversary(
    issued_on: date, months: int, last: date
) -> None:
    """C-11."""
    assert last_day_of_term(issued_on, months) == last


def test_c11_the_term_is_the_schemes() -> None:
    version = assessment.scheme(validity_months=24)
    session = make.decided_session(scheme_version=version)

    assert make.issued_certificate(session).valid_until == date(2028, 6, 7)


def test_c09_a_name_that_cannot_be_printed_is_refused_before_the_authority_sees_it() -> None:
    session = make.decided_session()
    individual = session.candidates.get().individual
    individual.name = "王小明"
    individual.save()
    request = make.draft_request(session)

    assert refusal(lambda: submit(request)) == "C-09"


def test_c09_the_refusal_shows_each_letter_and_numbers_what_nobody_sees() -> None:
    with pytest.raises(Refused) as refused:
        check_name_printable("Dewi 王王 \u202eiaH")

    assert "王, U+202E." in str(refused.value)


def test_l10_a_frozen_body_cannot_request_certificates() -> None:
    request = make.draft_request()
    licensing.freeze(request.organisation.licence, on=date(2026, 6, 2))

    assert refusal(lambda: submit(request)) == "L-10"


def test_l10_nor_are_they_approved_once_it_is_frozen() -> None:
    request = make.submitted_request()
    licensing.freeze(request.organisation.licence, on=make.ISSUED_ON)

    assert refusal(lambda: approve(request)) == "L-10"


def test_l11_the_scheme_was_in_scope_on_the_day_of_assessment() -> None:
    request = make.draft_request()
    LicenceScope.objects.update(valid_until=F("valid_from"))

    assert refusal(lambda: submit(request)) == "L-11"


def test_l14_nobody_approves_for_a_body_they_belong_to() -> None:
    request = make.submitted_request()
    both = access.member(Role.CERTIFICATION_OFFICER)
    Membership.objects.create(
        user=both,
        organisation=request.organisation,
        role=Role.BODY_DECIDER,
        valid_from=access.SINCE,
    )
    officer = access.person(Role.CERTIFICATION_OFFICER, of=access.authority(), by=both)

    assert refusal(lambda: perform(request, "approve", officer, at=make.ISSUED_AT)) == "L-14"


def test_a_session_has_one_request_under_way() -> None:
    request = make.draft_request()

    assert refusal(lambda: make.draft_request(request.session)) == "invalid"


def test_a_refused_request_may_be_followed_by_another() -> None:
    request = make.submitted_request()
    officer = make.officer()
    assert refusal(lambda: perform(request, "refuse", officer, at=make.ISSUED_AT)) == "K-01"

    perform(request, "refuse", officer, at=make.ISSUED_AT, note="Berita acara tidak terbaca.")

    assert make.draft_request(request.session).state == CertificateRequest.State.DRAFT


def test_approval_issues_every_competent_candidate_with_the_facts_of_the_day() -> None:
    session = make.decided_session(candidates=3, not_yet=1)

    request = make.issued_request(session)

    certificates = list(request.certificates.order_by("pk"))
    version: SchemeVersion = session.scheme_version
    assert request.state == CertificateRequest.State.ISSUED
    assert [one.number for one in certificates] == [
        "62019 2514 2 0000001 2026",
        "62019 2514 2 0000002 2026",
    ]
    ordinal = session.organisation.licence.ordinal
    assert [one.registration_number for one in certificates] == [
        f"TIK.{ordinal:03}.00001.2026",
        f"TIK.{ordinal:03}.00002.2026",
    ]
    first = certificates[0]
    assert (first.issued_on, first.decided_on) == (make.ISSUED_ON, assessment.HELD_ON)
    assert (first.scheme_title, first.scheme_number) == (version.title, version.number)
    assert len(first.units) == version.scheme_units.count()
    assert len({one.public_id for one in certificates}) == len(certificates)
    assert all(one.proven for one in certificates)


def test_c13_a_request_of_which_everybody_is_passed_over_ends_and_may_be_made_again() -> None:
    session = make.decided_session(candidates=1)
    request = make.approved_request(session)
    individual = session.candidates.get().individual
    individual.name = "王小明"
    individual.save()

    jobs.issue(event_id=make.approval_of(request))

    request.refresh_from_db()
    progress = progress_of(request)
    assert request.state == CertificateRequest.State.ISSUED
    assert progress is not None
    assert (progress.state, progress.done, progress.failed) == (Progress.State.DONE, 0, 1)
    individual.name = "Wang Xiaoming"
    individual.save()
    assert make.draft_request(session).state == CertificateRequest.State.DRAFT


def test_the_document_is_made_at_the_first_asking_and_its_digest_told_in_the_audit_trail() -> None:
    certificate = make.issued_certificate()
    publish(make.ISSUED_AT)

    document = actions.document_of(certificate, at=make.ISSUED_AT)

    event = Event.objects.get(
        subject="certificates.certificate", subject_id=certificate.pk, step="amend"
    )
    with document.open() as file:
        assert sha256(file.read()).hexdigest() == certificate.document_sha256
    assert event.changes["document_sha256"] == ["", certificate.document_sha256]
    assert actions.document_of(certificate, at=timezone.now()).name == document.name


def test_a_time_stamp_authority_proves_when_the_document_was_sealed(settings: Settings) -> None:
    certificate, authority = make.issued_certificate(), Authority()

    with served(authority) as settings.TSA_URL:
        make.printed(certificate)

    report = seal_of(certificate, stamp_roots=[authority.certificate])
    assert report.holds
    assert report.stamped_at == STAMPED_AT


def test_a_time_stamp_authority_that_is_silent_keeps_no_holder_waiting(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    certificate = make.issued_certificate()
    settings.TSA_URL = "http://127.0.0.1:9/"

    make.printed(certificate)

    report = seal_of(certificate)
    assert report.holds
    assert report.stamped_at is None
    assert "seal_without_time_stamp" in caplog.text


def seal_of(certificate: Certificate, stamp_roots: Sequence[bytes] = ()) -> SealReport:
    key = SigningKey.objects.get(organisation=certificate.organisation, kind=SigningKey.Kind.SEAL)
    with certificate.document.open() as file:
        content = file.read()
    return check_seal(content, roots=[bytes(key.certificate)], stamp_roots=stamp_roots)


def test_c10_there_is_no_document_before_the_log_tells_of_the_certificate() -> None:
    certificate = make.issued_certificate()

    assert refusal(lambda: actions.document_of(certificate, at=make.ISSUED_AT)) == "C-10"


def test_facts_never_follow_later_changes() -> None:
    certificate = make.issued_certificate(name="Dewi Ayu")
    individual = certificate.candidate.individual
    individual.name = "Nama Baru"
    individual.save()

    certificate.refresh_from_db()

    assert certificate.holder_name == "Dewi Ayu"


def test_jobs_run_twice_make_nothing_twice() -> None:
    request = make.issued_request(make.decided_session(candidates=2))
    before = list(request.certificates.order_by("pk").values())
    events = Event.objects.count()

    jobs.issue(event_id=make.approval_of(request))
    actions.prove_request(request.pk, at=make.ISSUED_AT)

    assert list(request.certificates.order_by("pk").values()) == before
    assert Event.objects.count() == events


def test_a_run_that_broke_off_is_taken_up_where_it_stopped() -> None:
    request = make.approved_request(make.decided_session(candidates=3), issue=True)
    first = request.certificates.order_by("pk")[0]
    actions.prove_request(request.pk, at=make.ISSUED_AT, between=(first.pk, first.pk))
    request.refresh_from_db()
    assert request.state == CertificateRequest.State.APPROVED

    jobs.prove(request_id=request.pk, first=first.pk, last=first.pk + 2)

    request.refresh_from_db()
    progress = progress_of(request)
    assert request.state == CertificateRequest.State.ISSUED
    assert not request.certificates.filter(credential=None).exists()
    assert progress is not None
    assert (progress.state, progress.done, progress.total) == (Progress.State.DONE, 3, 3)
    assert progress.started_at is not None
    assert progress.started_at < first.created_at


# C-13: one row's trouble is not the others'
def test_c13_who_cannot_be_certified_is_passed_over_and_told_row_by_row() -> None:
    request = make.request_with_one_passed_over()

    refusal_kept = request.refusals.get()
    assert request.state == CertificateRequest.State.ISSUED
    assert request.certificates.count() == 2
    assert refusal_kept.candidate.individual.name == make.UNPRINTABLE
    assert refusal_kept.code == "C-09"


def test_numbering_a_batch_takes_a_fixed_number_of_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    request = make.approved_request(make.decided_session(candidates=6))

    with django_assert_max_num_queries(22):
        actions.issue(request.pk, at=make.ISSUED_AT)


@pytest.mark.django_db(transaction=True)
def test_the_issue_of_two_bodies_at_once_shares_no_number() -> None:
    requests = [make.approved_request(make.decided_session(candidates=3)) for _place in range(2)]

    def issue(request: CertificateRequest) -> None:
        actions.issue(request.pk, at=make.ISSUED_AT)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(issue, [*requests, *requests]))

    numbers = list(Certificate.objects.order_by("number").values_list("number", flat=True))
    assert [int(number.split()[3]) for number in numbers] == [1, 2, 3, 4, 5, 6]


def test_only_the_system_makes_certificates() -> None:
    certificate = make.issued_certificate()
    certificate.pk = None

    with pytest.raises(NotPermitted):
        begin(certificate, make.officer(), at=make.ISSUED_AT)


def test_approval_queues_the_issue_in_its_own_transaction() -> None:
    request = make.submitted_request()
    queued = ProcrastinateJob.objects.filter(task_name=jobs.issue.name)

    with transaction.atomic():
        approve(request)
        transaction.set_rollback(True)
    assert not queued.exists()

    request.refresh_from_db()
    approve(request)
    assert [job.args for job in queued] == [{"event_id": make.approval_of(request)}]
