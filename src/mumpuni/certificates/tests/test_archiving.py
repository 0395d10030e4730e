"""C-16: documents get proofs for decades, and what was handed out before stays genuine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from mumpuni.certificates import actions, jobs
from mumpuni.certificates.actions import archiving
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.tests import make
from mumpuni.certificates.verification import Verdict
from mumpuni.certificates.verification.files import Unreadable, verify_file
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.seals import TimeStampFailed, check_seal
from mumpuni.credentials.tests.tsa import UNTIL, Authority, served
from mumpuni.kernel.jobs import do_queued
from mumpuni.kernel.queries import events_of
from mumpuni.kernel.workflow import perform

pytestmark = pytest.mark.django_db

AT = make.ISSUED_AT + timedelta(days=40)


@pytest.fixture(autouse=True)
def authority(settings: Settings, tmp_path: Path) -> Iterator[Authority]:
    settings.MEDIA_ROOT = tmp_path
    authority = Authority()
    with served(authority) as settings.TSA_URL:
        yield authority


def printed() -> Certificate:
    return make.printed(make.issued_certificate())


def content_of(certificate: Certificate) -> bytes:
    certificate.refresh_from_db()
    with certificate.document.open() as file:
        content: bytes = file.read()
    return content


def verdict(content: bytes) -> Verdict:
    return verify_file(content, at=AT).verdict


def refused(content: bytes) -> bool:
    try:
        return verdict(content) == Verdict.UNCERTAIN
    except Unreadable:
        return True


def test_a_document_gets_proofs_behind_what_was_handed_out(authority: Authority) -> None:
    certificate = printed()
    before = content_of(certificate)

    assert actions.archive_documents(AT) == 0

    after = content_of(certificate)
    assert after != before
    assert after.startswith(before)
    assert certificate.document_sha256 == hashlib.sha256(after).hexdigest()
    assert certificate.archived_until == UNTIL
    root = bytes(SigningKey.objects.get(kind=SigningKey.Kind.SEAL).certificate)
    report = check_seal(after, roots=[root], stamp_roots=[authority.certificate])
    assert report.holds
    assert report.stamped_at


def test_the_trail_tells_of_it_and_the_file_of_before_is_gone(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    certificate = printed()
    before = str(certificate.document.name)

    with django_capture_on_commit_callbacks(execute=True):
        actions.archive_documents(AT)

    event = events_of(certificate).latest("pk")
    assert event.actor_name == "Sistem"
    assert event.changes.keys() == {"document", "document_sha256", "archived_until"}
    assert not default_storage.exists(before)
    assert content_of(certificate)


def test_v15_the_file_of_before_and_the_one_of_now_are_both_what_was_issued() -> None:
    certificate = printed()
    before = content_of(certificate)
    actions.archive_documents(AT)
    after = content_of(certificate)

    assert verdict(before) == Verdict.VALID
    assert verdict(after) == Verdict.VALID
    cut = (after[:-40], after[: len(before) + 900], before[:-40])
    for changed in (after + b"\n", before + b"\n", *cut):
        assert refused(changed)


def test_v15_so_they_are_when_the_key_of_the_seal_was_stolen_since() -> None:
    certificate = printed()
    before = content_of(certificate)
    actions.archive_documents(AT)
    SigningKey.objects.filter(kind=SigningKey.Kind.SEAL).update(
        state=SigningKey.State.COMPROMISED, compromised_at=AT
    )

    assert verdict(before) == Verdict.VALID
    assert verdict(content_of(certificate)) == Verdict.VALID
    place = before.index(b"/Title") + 12
    assert verdict(before[:place] + b"\0" + before[place + 1 :]) == Verdict.UNCERTAIN


def test_proofs_are_renewed_before_they_end_and_not_sooner() -> None:
    certificate = printed()
    actions.archive_documents(AT)
    once = content_of(certificate)

    actions.archive_documents(UNTIL - timedelta(days=181))
    assert content_of(certificate) == once

    actions.archive_documents(UNTIL - timedelta(days=179))
    twice = content_of(certificate)
    assert twice != once
    assert twice.startswith(once)
    assert verdict(once) == Verdict.VALID


def test_only_documents_of_valid_certificates_get_proofs() -> None:
    revoked, unprinted = printed(), make.issued_certificate()
    before = content_of(revoked)
    perform(revoked, "revoke", make.officer(), at=AT, note="Uji.")

    actions.archive_documents(AT)

    assert content_of(revoked) == before
    unprinted.refresh_from_db()
    assert unprinted.archived_until is None


def test_without_an_authority_nothing_is_done(settings: Settings) -> None:
    certificate = printed()
    settings.TSA_URL = ""

    assert actions.archive_documents(AT) == 0

    certificate.refresh_from_db()
    assert certificate.archived_until is None


def test_what_is_not_as_it_was_sealed_is_named_and_not_stamped(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    altered, gone, sound = printed(), printed(), printed()
    place = Path(altered.document.path)
    place.write_bytes(place.read_bytes().replace(b"/Title", b"/Titel", 1))
    Path(gone.document.path).unlink()

    actions.archive_documents(AT)

    for certificate in (altered, gone, sound):
        certificate.refresh_from_db()
    assert [one.archived_until for one in (altered, gone, sound)] == [None, None, UNTIL]
    named = [one.msg for one in caplog.records if "document_not_archived" in str(one.msg)]
    assert [one["certificate"] for one in named if isinstance(one, dict)] == [altered.pk, gone.pk]


@pytest.mark.django_db(transaction=True)
def test_jobs_take_a_batch_each_and_go_on_where_the_authority_failed(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archiving, "BATCH", 2)
    request = make.issued_request(make.decided_session(candidates=5))
    certificates = [make.printed(one) for one in request.certificates.order_by("pk")]

    def done() -> list[bool]:
        found = Certificate.objects.order_by("pk").values_list("archived_until", flat=True)
        return [one is not None for one in found]

    last = actions.archive_documents(AT)
    assert last == certificates[1].pk
    authority.status = "rejection"
    with pytest.raises(TimeStampFailed):
        jobs.archive_documents(timestamp=0, after=last)
    assert done() == [True, True, False, False, False]

    authority.status = "granted"
    jobs.archive_documents(timestamp=0, after=last)
    assert done() == [True, True, True, True, False]
    do_queued()
    assert done() == [True] * 5
