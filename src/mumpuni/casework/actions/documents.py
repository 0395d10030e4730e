"""Issuing documents, and setting them on paper once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mumpuni.access.models import Organisation
from mumpuni.access.queries import authority
from mumpuni.casework import queries
from mumpuni.casework.documents import printed
from mumpuni.casework.models import IssuedDocument
from mumpuni.credentials import keys
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.models import Record
from mumpuni.kernel.numbering import take

log = structlog.get_logger("mumpuni.casework")

ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def drafted(  # noqa: PLR0913 - what is issued, about what, to whom, when
    record: Record,
    *,
    kind: str,
    number: str,
    title: str,
    facts: Mapping[str, Any],
    organisation: Organisation | None,
    on: date,
    effective_on: date | None = None,
    public: bool = False,
    simulated: bool = False,
) -> IssuedDocument:
    """Return a document about a record, to be issued; simulated as the body it is for."""
    return IssuedDocument(
        case_kind=record.subject,
        case_id=record.pk,
        kind=kind,
        number=number,
        title=title,
        facts=facts,
        organisation=organisation,
        issued_on=on,
        effective_on=effective_on,
        public=public,
        simulated=simulated or (organisation is not None and organisation.simulated),
    )


def issue_document(record: Record, **given: Any) -> IssuedDocument:
    """Issue one document about a record, given as `drafted` takes it."""
    document = drafted(record, **given)
    issue_documents([document])
    return document


def issue_documents(documents: Sequence[IssuedDocument]) -> None:
    """Issue documents in the transaction of the step that decides on them.

    Raises:
        Refused: a number was given before (D-06).
    """
    try:
        with transaction.atomic():
            IssuedDocument.objects.bulk_create(documents)
    except IntegrityError as error:
        raise Refused(
            _("Nomor %s sudah dipakai dokumen lain.")
            % ", ".join(sorted({document.number for document in documents})),
            code="D-06",
        ) from error


def decree_numbers(on: date, count: int = 1) -> list[str]:
    """Take the next numbers of decrees of a year (L-51); those somebody typed are passed over."""
    numbers: list[str] = []
    while len(numbers) < count:
        ordinals = take(f"decree/{on.year}", count - len(numbers))
        typed = queries.decrees_typed(ordinals, on.year)
        numbers += [
            f"KEP.{ordinal:04d}/BNSP/{ROMAN[on.month - 1]}/{on.year}"
            for ordinal in ordinals
            if ordinal not in typed
        ]
    return numbers


def file_of(document: IssuedDocument, *, at: datetime) -> bytes:
    """Return the sealed PDF file, set at the first asking and the same ever after.

    Raises:
        Refused: what is kept is not what was issued (D-07).
    """
    if not document.file:
        _set(document, at)
    assert document.file.name is not None
    try:
        with default_storage.open(document.file.name) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != document.sha256:
        log.error("document_altered", document=document.pk, file=document.file.name)
        raise Refused(
            _("Berkas yang tersimpan bukan berkas yang diterbitkan, sehingga tidak diberikan."),
            code="D-07",
        )
    return content


@transaction.atomic
def _set(document: IssuedDocument, at: datetime) -> None:
    """Set, seal and keep the file; whoever comes second waits for the first and finds it."""
    locked = IssuedDocument.objects.select_for_update().get(pk=document.pk)
    if not locked.file:
        by = authority()
        if by is None:
            raise Refused(
                _("Otoritas belum terdaftar, sehingga dokumen belum dapat disegel."), code="D-07"
            )
        content = keys.sealed(printed(locked), by, reason=locked.title, at=at)
        name = f"documents/{locked.issued_on:%Y/%m}/{locked.public_id}.pdf"
        default_storage.delete(name)  # left by a run that broke off
        locked.file = default_storage.save(name, ContentFile(content))
        locked.sha256 = hashlib.sha256(content).hexdigest()
        locked.save(update_fields=["file", "sha256"])
    document.file, document.sha256 = locked.file, locked.sha256
