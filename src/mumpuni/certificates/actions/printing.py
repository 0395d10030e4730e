"""Documents: made at the first asking, sealed, kept, and never made again."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from mumpuni.access.person import SYSTEM
from mumpuni.certificates import award, publication
from mumpuni.certificates.documents import CREDENTIAL, LOG_PROOF, certificate_pdf
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.rules import check_may_download
from mumpuni.credentials import compact, keys
from mumpuni.credentials.models import SigningKey
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.time import legal_day
from mumpuni.kernel.workflow import amend

ED25519 = SigningKey.Kind.ED25519
REASON = "Sertifikat kompetensi / Certificate of competence"


@transaction.atomic
def document_of(certificate: Certificate, *, at: datetime) -> FieldFile:
    """Return the document of a certificate that stands.

    Raises:
        Refused: it does not stand, or the log does not tell of it yet (C-10).
    """
    check_may_download(certificate)
    if not certificate.document:
        locked = (
            Certificate.objects.select_for_update(of=("self",))
            .select_related("organisation", "status_list", "credential")
            .get(pk=certificate.pk)
        )
        if not locked.document:
            _print(locked, at)
        certificate.refresh_from_db(fields=["document", "document_sha256"])
    return certificate.document


def _print(certificate: Certificate, at: datetime) -> None:
    """Make the document and keep its digest; a file left by a run that broke off is replaced."""
    content = keys.sealed(
        _proven_pdf(certificate, at),
        certificate.organisation,
        reason=REASON,
        at=at,
        name=certificate.body_name,
    )
    name = f"certificates/{certificate.issued_on:%Y/%m}/{certificate.public_id}.pdf"
    default_storage.delete(name)
    stored = default_storage.save(name, ContentFile(content))
    digest = hashlib.sha256(content).hexdigest()
    amend(certificate, {"document": stored, "document_sha256": digest}, SYSTEM, at=at)


def _proven_pdf(certificate: Certificate, at: datetime) -> bytes:
    """Return the form with the credential and its place in the log attached."""
    try:
        proof = publication.log_proof(certificate.public_id)
    except publication.NotPublished as error:
        raise Refused(
            _("Sertifikat ini sedang dicatat dalam log publik; coba lagi satu menit lagi."),
            code="C-10",
        ) from error
    attachments = {CREDENTIAL: publication.credential(certificate.public_id), LOG_PROOF: proof}
    return certificate_pdf(
        certificate, attachments=attachments, offline_code=_offline_code(certificate, at)
    )


def _offline_code(certificate: Certificate, at: datetime) -> str:
    key = keys.ensure_keys(certificate.organisation, legal_day(at).year, at, [ED25519])[ED25519]
    return compact.encode(award.claims_of(certificate), keys.signer(key))
