"""Beginning an application with everything that is known already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mumpuni.access.models import Organisation
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Actor, Changes
from mumpuni.licensing.actions.applications import exchanging
from mumpuni.licensing.models import ApplicationDocument, LicenceApplication, items_of
from mumpuni.schemes.models import SchemeVersion

Kind, Verdict = LicenceApplication.Kind, ApplicationDocument.Verdict


@dataclass(frozen=True)
class Opening:
    """A kind of application that may be begun, or the reason why it is closed."""

    kind: LicenceApplication.Kind
    refusal: Refused | None


def openings(body: Organisation, actor: Actor, *, at: datetime) -> list[Opening]:
    """Return every kind of application, closed ones with the rule that closes them."""
    return [Opening(kind, _refusal(kind, body, actor, at)) for kind in Kind]


def _refusal(
    kind: LicenceApplication.Kind, body: Organisation, actor: Actor, at: datetime
) -> Refused | None:
    try:
        workflow.check_begin(LicenceApplication(organisation=body, kind=kind), actor, at=at)
    except Refused as refused:
        return refused
    return None


def prefilled(kind: str, body: Organisation, on: date) -> LicenceApplication:
    """Make an application, not saved yet, with the facts of the licence that the body has."""
    application = LicenceApplication(organisation=body, kind=kind, begun_on=on)
    licence = application.held_licence
    if licence is not None:
        for name in LicenceApplication.EDITABLE:
            setattr(application, name, getattr(licence, name))
    return application


def begin_application(application: LicenceApplication, actor: Actor, *, at: datetime) -> None:
    """Begin an application; accepted documents come along, and schemes that cannot stay go."""
    with transaction.atomic():
        workflow.begin(application, actor, at=at)
        workflow.amend_parts(application, "documents", _carry, actor, at=at)
        if application.kind == Kind.RENEWAL:
            change = exchanging(drop=_no_longer_verified(application))
            workflow.amend_parts(application, "schemes", change, actor, at=at)


def _carry(application: LicenceApplication) -> Changes:
    """L-31: of each kind, what was accepted last comes along; what was rejected never does."""
    wanted = [item.document for item in items_of(application) if item.carried]
    accepted = ApplicationDocument.objects.filter(
        application__organisation=application.organisation,
        application__state=LicenceApplication.State.GRANTED,
        kind__in=wanted,
        verdict=Verdict.ACCEPTED,
        withdrawn_at=None,
    ).order_by("-application__decided_on", "-application_id", "pk")
    carried = list(_newest_of_each_kind(accepted))
    ApplicationDocument.objects.bulk_create(
        ApplicationDocument(
            application=application,
            kind=one.kind,
            file=one.file.name,
            file_name=one.file_name,
            size=one.size,
            sha256=one.sha256,
            carried_from=one,
        )
        for one in carried
    )
    return {one.kind: ["", one.file_name] for one in carried}


def _newest_of_each_kind(
    documents: Iterable[ApplicationDocument],
) -> Iterable[ApplicationDocument]:
    source: dict[str, int] = {}
    for one in documents:
        if source.setdefault(one.kind, one.application_id) == one.application_id:
            yield one


def _no_longer_verified(application: LicenceApplication) -> list[int]:
    licence = application.held_licence
    return [
        row.scheme_version_id
        for row in (licence.standing_scope if licence else ())
        if row.scheme_version.state != SchemeVersion.State.VERIFIED
    ]
