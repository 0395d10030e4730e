"""Documents get proofs for decades, a few at a time, and further ones before those end (C-16)."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mumpuni.access.person import SYSTEM
from mumpuni.certificates.models import Certificate
from mumpuni.credentials.errors import Unsignable
from mumpuni.credentials.seals import time_stamp
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.time import legal_day
from mumpuni.kernel.workflow import amend

if TYPE_CHECKING:
    from mumpuni.credentials.seals.archiving import Archivist

log = structlog.get_logger("mumpuni.certificates")

RENEWAL_DAYS = Policy(
    name="certificates.archive_renewal_days",
    label=_("Cap waktu arsip diperbarui sebelum berakhir"),
    unit=_("hari"),
    default=180,
    source="rancangan (C-16)",
)
BATCH = 100


def archive_documents(at: datetime, *, after: int = 0) -> int:
    """Give a batch of documents that are due their proofs; return where to go on, 0 at the end.

    Raises:
        TimeStampFailed: the authority gives no stamps; those that were given are kept.
    """
    from mumpuni.credentials.seals.archiving import (  # noqa: PLC0415 - heavy, and for workers alone
        Archivist,
    )

    if not settings.TSA_URL:
        return 0
    archivist = Archivist(time_stamp(settings.TSA_URL))
    keys = list(_due(at).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
    for key in keys:
        _archive(key, archivist, at)
    return keys[-1] if len(keys) == BATCH else 0


def _due(at: datetime) -> QuerySet[Certificate]:
    """Return those whose document has no proofs, or some that end soon."""
    soon = at + timedelta(days=RENEWAL_DAYS.on(legal_day(at)))
    return Certificate.objects.filter(
        Q(archived_until=None) | Q(archived_until__lt=soon), state=Certificate.State.VALID
    ).exclude(document="")


@transaction.atomic
def _archive(key: int, archivist: Archivist, at: datetime) -> None:
    certificate = _due(at).select_for_update(of=("self",), skip_locked=True).filter(pk=key).first()
    if certificate is None:
        return
    try:
        with certificate.document.open() as file:
            content = file.read()
        _require_as_kept(content, certificate)
        archived = archivist.archived(content)
    except (OSError, Unsignable) as error:
        log.exception("document_not_archived", certificate=key, reason=str(error))
        return
    digest = hashlib.sha256(archived.pdf).hexdigest()
    before = str(certificate.document.name)
    name = f"certificates/{certificate.issued_on:%Y/%m}/{certificate.public_id}-{digest[:12]}.pdf"
    stored = default_storage.save(name, ContentFile(archived.pdf))
    changes = {"document": stored, "document_sha256": digest, "archived_until": archived.until}
    amend(certificate, changes, SYSTEM, at=at)
    transaction.on_commit(partial(default_storage.delete, before))


def _require_as_kept(content: bytes, certificate: Certificate) -> None:
    if hashlib.sha256(content).hexdigest() != certificate.document_sha256:
        raise Unsignable("it is not what was sealed")
