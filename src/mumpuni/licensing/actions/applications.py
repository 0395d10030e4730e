"""Filling an application: its documents with their verdicts, its schemes, its dates."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext as _

from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.kernel.workflow import Attempt, Changes
from mumpuni.licensing import rules
from mumpuni.licensing.models import (
    ApplicationDocument,
    ApplicationScheme,
    LicenceApplication,
    ProposedChange,
)
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.queries import verified_versions

type PartChange = Callable[[LicenceApplication], Changes]
type Upload = UploadedFile[bytes]

Verdict, Action = ApplicationDocument.Verdict, ApplicationScheme.Action
Proposed = ProposedChange.Field
LONGEST_NAME = 200


def date_submission(application: LicenceApplication, attempt: Attempt) -> None:
    application.submitted_on = attempt.on


def propose_course(application: LicenceApplication, attempt: Attempt) -> None:
    """A scope that grows by few schemes is not assessed in full, unless the desk wants it."""
    if application.kind == LicenceApplication.Kind.SCOPE:
        added = [row for row in application.schemes.all() if row.action == Action.ADD]
        most = rules.SCOPE_ASSESSMENT_SCHEMES.on(attempt.on)
        application.needs_assessment = len(added) > most


def date_decision(application: LicenceApplication, attempt: Attempt) -> None:
    application.decided_on = attempt.on


def attaching(uploads: Mapping[str, Upload], attempt: Attempt) -> PartChange:
    """Return the change that adds documents by kind; what was rejected of a kind is replaced."""

    def change(application: LicenceApplication) -> Changes:
        for kind, upload in uploads.items():
            rules.check_asked_for(application, kind)
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
    """Return the change that adds verified schemes to the scope that is asked for, and drops others.

    What is licensed already is named only where it is to leave the scope.
    """

    def change(application: LicenceApplication) -> Changes:
        rows = application.schemes.select_related("scheme_version")
        undone = rows.filter(
            Q(scheme_version__in=drop, action=Action.ADD)
            | Q(scheme_version__in=add, action=Action.DROP)
        )
        left = [str(row) for row in undone if row.action == Action.ADD]
        stays = [str(row) for row in undone if row.action == Action.DROP]
        present = {row.scheme_version_id for row in rows}
        undone.delete()
        licence = application.held_licence
        held = {row.scheme_version_id: row for row in licence.standing_scope} if licence else {}
        new = _verified(set(add) - present - held.keys())
        rules.check_adding(application, new)
        leaving = [row.scheme_version for key, row in held.items() if key in set(drop) - present]
        ApplicationScheme.objects.bulk_create(
            ApplicationScheme(application=application, scheme_version=version, action=action)
            for action, versions in ((Action.ADD, new), (Action.DROP, leaving))
            for version in versions
        )
        before, after = [*left, *map(str, leaving)], [*stays, *map(str, new)]
        return {"schemes": ["; ".join(before), "; ".join(after)]} if before or after else {}

    return change


def _verified(wanted: set[int]) -> list[SchemeVersion]:
    found = list(verified_versions().filter(pk__in=wanted))
    if len(found) < len(wanted):
        raise Invalid(_("Skema yang dipilih tidak ada atau tidak terverifikasi."), code="L-04")
    return found


def proposing(values: Mapping[str, str]) -> PartChange:
    """Return the change that proposes what shall be on record of the body from the decision on.

    What is on record already is no proposal.
    """

    def change(application: LicenceApplication) -> Changes:
        cleaned = {name: _cleaned(application, name, value) for name, value in values.items()}
        before = {one.field: one.value for one in application.proposals.all()}
        recorded = {name: application.recorded(name) for name in cleaned}
        application.proposals.filter(field__in=cleaned).delete()
        ProposedChange.objects.bulk_create(
            ProposedChange(application=application, field=name, value=value)
            for name, value in cleaned.items()
            if value != recorded[name]
        )
        return {
            name: [before.get(name, recorded[name]), value]
            for name, value in cleaned.items()
            if value != before.get(name, recorded[name])
        }

    return change


def _cleaned(application: LicenceApplication, name: str, value: str) -> str:
    """Refuse what the record itself would refuse, and a place that is left empty (L-01)."""
    value = value.strip()
    if not value and name in {Proposed.ADDRESS, Proposed.REGION}:
        message = _("Alamat dan wilayah kantor tidak dapat dikosongkan.")
        raise Invalid(message, code="L-01", fields={name: [message]})
    record = application if name in LicenceApplication.EDITABLE else application.organisation
    column: Any = record._meta.get_field(name)
    try:
        column.clean(value, record)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), fields={name: error.messages}) from error
    return value
