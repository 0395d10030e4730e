"""Documents: one file per certificate, its digest kept in the audit trail."""

from __future__ import annotations

import hashlib
from datetime import datetime

import structlog
import typst
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from mumpuni.access.person import SYSTEM
from mumpuni.certificates.documents import certificate_pdf
from mumpuni.certificates.models import Certificate, CertificateRequest
from mumpuni.kernel.models import Progress
from mumpuni.kernel.queries import progress_of
from mumpuni.kernel.workflow import amend, perform

SHOWN_EVERY = 10  # documents between two writings of the progress

log = structlog.get_logger("mumpuni.certificates")


class DocumentsLack(Exception):
    """Some documents could not be made; the job tries them again."""


def make_documents(request_id: int) -> None:
    """Make what documents a request still lacks, show how far it is, then finish the request.

    Raises:
        DocumentsLack: some could not be made; what was made stays.
    """
    request = CertificateRequest.objects.get(pk=request_id)
    if request.state != CertificateRequest.State.APPROVED:
        return
    progress = progress_of(request)
    lacking = list(request.certificates.filter(document="", state=Certificate.State.VALID))
    failed = 0
    for place, certificate in enumerate(lacking):
        if place % SHOWN_EVERY == 0:
            _show(progress, len(lacking) - place, failed)
        failed += not _make_document(certificate)
    _conclude(progress, failed)
    if failed:
        raise DocumentsLack(f"{failed} of request {request_id}")
    perform(request, "finish", SYSTEM, at=timezone.now())


def print_replacement(replacement_id: int, *, at: datetime) -> None:
    """Make the document of the certificate that took another's place, if it has none yet."""
    certificate = Certificate.objects.get(replaces__replacements=replacement_id)
    if not certificate.document:
        print_certificate(certificate, at=at)


def print_certificate(certificate: Certificate, *, at: datetime) -> None:
    """Make the document and keep its digest; a file left by a run that broke off is replaced."""
    content = certificate_pdf(certificate)
    name = f"certificates/{certificate.issued_on:%Y/%m}/{certificate.public_id}.pdf"
    default_storage.delete(name)
    stored = default_storage.save(name, ContentFile(content))
    digest = hashlib.sha256(content).hexdigest()
    amend(certificate, {"document": stored, "document_sha256": digest}, SYSTEM, at=at)


def _make_document(certificate: Certificate) -> bool:
    try:
        print_certificate(certificate, at=timezone.now())
    except (OSError, typst.TypstError) as error:
        log.exception("document_failed", certificate=certificate.pk, error=type(error).__name__)
        return False
    return True


def _show(progress: Progress | None, left: int, failed: int) -> None:
    if progress is None:
        return
    progress.state = Progress.State.RUNNING
    progress.started_at = progress.started_at or timezone.now()
    progress.done, progress.failed = progress.total - left - failed, failed
    progress.save(update_fields=["state", "started_at", "done", "failed"])


def _conclude(progress: Progress | None, failed: int) -> None:
    if progress is None:
        return
    progress.state = Progress.State.FAILED if failed else Progress.State.DONE
    progress.done, progress.failed = progress.total - failed, failed
    progress.message = (
        _("Sebagian dokumen belum dapat dibuat; pekerjaan ini dicoba lagi.") if failed else ""
    )
    progress.finished_at = timezone.now()
    progress.save(update_fields=["state", "done", "failed", "message", "finished_at"])
