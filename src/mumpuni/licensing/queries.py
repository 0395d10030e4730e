"""What pages, endpoints and other packages read of applications and licences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from mumpuni.access.person import Person
from mumpuni.licensing.models import (
    ApplicationDocument,
    Licence,
    LicenceApplication,
    LicenceScope,
    Sanction,
    Status,
)

__all__ = [
    "Status",
    "application_in_full",
    "applications",
    "document",
    "frozen_or_revoked",
    "in_scope_on",
    "inbox",
    "licence_of",
    "licences",
    "public_licences",
    "sanction_on",
    "scope_of",
    "status_on",
]


def status_on(licence: Licence, day: date) -> Status:
    """Tell how a licence stands on any past or future day; no query after `with_history`."""
    return licence.status_on(day)


def sanction_on(licence: Licence, day: date) -> Sanction | None:
    """Return the sanction in force on a day, if there is one."""
    return licence.sanction_on(day)


def licence_of(organisation_id: int) -> Licence | None:
    """Return the licence of a body with its terms and sanctions; three queries."""
    return (
        Licence.objects.with_history()
        .select_related("organisation__region")
        .filter(organisation_id=organisation_id)
        .first()
    )


def in_scope_on(licence: Licence, scheme_version_id: int, day: date) -> bool:
    """Tell whether the body may certify a scheme version on a day; one query."""
    return licence.scope.in_force(day).filter(scheme_version_id=scheme_version_id).exists()


def scope_of(licences: Iterable[Licence]) -> QuerySet[LicenceScope]:
    """Return the scope of licences with schemes, by title."""
    return (
        LicenceScope.objects.filter(licence__in=licences)
        .select_related("scheme_version__scheme")
        .order_by("scheme_version__title", "valid_from")
    )


def licences(person: Person) -> QuerySet[Licence]:
    """Return the licences one may see, with terms and sanctions."""
    return (
        Licence.objects.visible_to(person)
        .with_history()
        .select_related("organisation__region", "application")
    )


def public_licences(on: date | None = None) -> QuerySet[Licence]:
    """Return every licence with `status` on a day (today) and `valid_until`; one query."""
    return (
        Licence.objects.with_status(on or timezone.localdate())
        .select_related("organisation__region__parent__parent")
        .order_by("organisation__name")
    )


def frozen_or_revoked(on: date | None = None) -> QuerySet[Licence]:
    """Return the licences that are frozen or revoked on a day, with their sanctions."""
    return (
        public_licences(on)
        .filter(status__in=[Status.FROZEN, Status.REVOKED])
        .prefetch_related("sanctions")
    )


def applications(person: Person) -> QuerySet[LicenceApplication]:
    """Return the applications one may see, with `waiting_since`."""
    return (
        LicenceApplication.objects.visible_to(person)
        .with_waiting_since()
        .select_related("organisation__region")
    )


def application_in_full(person: Person) -> QuerySet[LicenceApplication]:
    """Return the applications one may see with documents and schemes."""
    return applications(person).prefetch_related("documents", "schemes__scheme_version__scheme")


def inbox(person: Person) -> QuerySet[LicenceApplication]:
    """Return what has left the applicant's desk and is not decided, the longest wait first."""
    return applications(person).open().exclude(state="draft").order_by("waiting_since")


def document(person: Person, application_id: int) -> QuerySet[ApplicationDocument]:
    """Return the documents of an application, if one may see it."""
    return ApplicationDocument.objects.filter(
        application__in=LicenceApplication.objects.visible_to(person).filter(pk=application_id)
    )
