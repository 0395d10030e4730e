"""Filling an application: its documents with their verdicts, its schemes, its dates."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.kernel.workflow import Attempt, Changes
from mumpuni.licensing import rules
from mumpuni.licensing.models import ApplicationDocument, ApplicationScheme, LicenceApplication
from mumpuni.schemes.queries import verified_versions

type PartChange = Callable[[LicenceApplication], Changes]
type Upload = UploadedFile[bytes]

Verdict = ApplicationDocument.Verdict
LONGEST_NAME = 200


def date_submission(application: LicenceApplication, attempt: Attempt) -> None:
    application.submitted_on = attempt.on


def date_decision(application: LicenceApplication, attempt: Attempt) -> None:
    application.decided_on = attempt.on


def attaching(uploads: Mapping[str, Upload], attempt: Attempt) -> PartChange:
    """Return the change that adds documents by kind; what was rejected of a kind is replaced."""

    def change(application: LicenceApplication) -> Changes:
        for kind, upload in uploads.items():
            _check(kind, upload, attempt)
        changes = {}
        for kind, upload in uploads.items():
            if _attach(application, kind, upload, attempt):
                changes[kind] = ["", _name(upload)]
        return changes

    return change


def _check(kind: str, upload: Upload, attempt: Attempt) -> None:
    """Name the field beside which the page shows what is wrong with a file."""
    try:
        rules.check_size(_name(upload), upload.size or 0, attempt)
        rules.check_pdf(_name(upload), upload.open())
    except Invalid as refused:
        refused.fields[kind] = [refused.message]
        raise


def _attach(application: LicenceApplication, kind: str, upload: Upload, attempt: Attempt) -> bool:
    """Keep a file once: the same one again changes nothing, unless it was rejected."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    present = application.documents.filter(kind=kind, withdrawn_at=None)
    same = present.filter(sha256=digest.hexdigest()).first()
    if same is not None:
        if same.verdict == Verdict.REJECTED:
            raise Refused(
                _("“%s” sama dengan berkas yang dikembalikan. Unggah yang sudah diperbaiki.")
                % _name(upload),
                code="L-17",
            )
        return False
    present.filter(verdict=Verdict.REJECTED).update(withdrawn_at=attempt.at)
    application.documents.create(
        kind=kind,
        file=upload,
        file_name=_name(upload),
        size=upload.size or 0,
        sha256=digest.hexdigest(),
    )
    return True


def _name(upload: Upload) -> str:
    """Return the uploader's name of a file as text to show; it names nothing on disk."""
    printable = "".join(sign for sign in upload.name or "" if sign.isprintable())
    return printable[-LONGEST_NAME:] or "dokumen.pdf"


def withdrawing(document_id: int, attempt: Attempt) -> PartChange:
    """Return the change that takes back a document; an accepted one stays."""

    def change(application: LicenceApplication) -> Changes:
        found = application.documents.filter(pk=document_id, withdrawn_at=None).exclude(
            verdict=Verdict.ACCEPTED
        )
        changes = {document.kind: [document.file_name, ""] for document in found}
        found.update(withdrawn_at=attempt.at)
        return changes

    return change


@dataclass(frozen=True)
class Judgement:
    """What an examiner says of a document."""

    verdict: str
    remark: str = ""


def judging(judgements: Mapping[int, Judgement]) -> PartChange:
    """Return the change that writes verdicts, by the key of the document."""

    def change(application: LicenceApplication) -> Changes:
        changes = {}
        for document in application.documents.filter(withdrawn_at=None, pk__in=judgements):
            given = judgements[document.pk]
            before = (document.verdict, document.remark)
            document.verdict, document.remark = given.verdict, given.remark.strip()
            if before == (document.verdict, document.remark):
                continue
            rules.check_judgement(document)
            document.save(update_fields=["verdict", "remark"])
            changes[document.kind] = [
                _told(*before),
                _told(document.verdict, document.remark),
            ]
        return changes

    return change


def _told(verdict: str, remark: str) -> str:
    return f"{verdict}: {remark}" if remark else verdict


def exchanging(add: Collection[int] = (), drop: Collection[int] = ()) -> PartChange:
    """Return the change that adds verified schemes to an application and drops others."""

    def change(application: LicenceApplication) -> Changes:
        leaving = application.schemes.filter(scheme_version__in=drop)
        left = [str(row) for row in leaving.select_related("scheme_version")]
        leaving.delete()
        present = set(application.schemes.values_list("scheme_version", flat=True))
        wanted = set(add) - present
        new = list(verified_versions().filter(pk__in=wanted))
        if len(new) < len(wanted):
            raise Invalid(_("Skema yang dipilih tidak ada atau tidak terverifikasi."), code="L-04")
        ApplicationScheme.objects.bulk_create(
            ApplicationScheme(application=application, scheme_version=version) for version in new
        )
        if not (left or new):
            return {}
        return {"schemes": ["; ".join(left), "; ".join(map(str, new))]}

    return change
