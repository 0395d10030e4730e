"""What pages, endpoints and other packages read of applications and licences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from mumpuni.access.models import Organisation
from mumpuni.access.person import Person
from mumpuni.access.queries import organisation_of
from mumpuni.access.roles import Permission
from mumpuni.kernel.errors import NotPermitted
from mumpuni.licensing.models import (
    ApplicationDocument,
    ApplicationScheme,
    History,
    Licence,
    LicenceApplication,
    LicenceScope,
    LicenceTerm,
    Sanction,
    Status,
)
from mumpuni.licensing.models.applications import OPEN_STATES
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.queries import verified_versions

__all__ = [
    "History",
    "Status",
    "applicant",
    "application_in_full",
    "applications",
    "documents",
    "history_in",
    "in_scope_on",
    "inbox",
    "is_licensed",
    "licence_in_full",
    "licence_of",
    "licences",
    "public_licences",
    "sanction_on",
    "sanctioned_licences",
    "schemes_chosen",
    "schemes_to_add",
    "scope_of",
    "status_on",
    "told_history",
]
# what decides how a licence stood on a day
HISTORY: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "terms": (LicenceTerm, ("valid_from", "valid_until")),
    "sanctions": (
        Sanction,
        ("kind", "decree_number", "effective_on", "months", "imposed_at", "lifted_on"),
    ),
}


def status_on(licence: Licence, day: date) -> Status:
    """Tell how a licence stands on any past or future day; no query after `with_history`."""
    return licence.status_on(day)


def sanction_on(licence: Licence, day: date) -> Sanction | None:
    """Return the sanction in force on a day, if there is one."""
    return licence.sanction_on(day)


def told_history(organisation: str) -> dict[str, ArraySubquery]:
    """Return, to annotate records of which a field tells the organisation, what `history_in` reads."""
    body = Q(licence__organisation=OuterRef(organisation))
    return {
        f"told_{kind}": ArraySubquery(
            model._base_manager.filter(body).values(told=JSONObject(**{one: one for one in fields}))
        )
        for kind, (model, fields) in HISTORY.items()
    }


def history_in(record: Model) -> History:
    """Return the history of a licence from a record annotated with `told_history`; no query."""
    return History(**{kind: _told(record, kind) for kind in HISTORY})


def _told(record: Model, kind: str) -> list[Any]:
    model, fields = HISTORY[kind]
    readers: Any = {one: model._meta.get_field(one) for one in fields}
    return [
        model(**{one: field.to_python(row[one]) for one, field in readers.items()})
        for row in getattr(record, f"told_{kind}")
    ]


def licence_of(organisation_id: int) -> Licence | None:
    """Return the licence of a body with its terms and sanctions; three queries."""
    return (
        Licence.objects.with_history()
        .select_related("organisation__region")
        .filter(organisation_id=organisation_id)
        .first()
    )


def is_licensed(organisation_id: int) -> bool:
    """Tell whether a body was ever licensed, however its licence stands; one query."""
    return Licence.objects.filter(organisation_id=organisation_id).exists()


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
    """Return the licences one may see, with `status` today, terms and sanctions."""
    return (
        Licence.objects.visible_to(person)
        .with_status(timezone.localdate())
        .with_history()
        .select_related("organisation__region", "application")
    )


def licence_in_full(person: Person) -> QuerySet[Licence]:
    """Return the licences one may see with all that their page and its steps read."""
    return licences(person).prefetch_related("organisation__memberships")


def public_licences(on: date | None = None) -> QuerySet[Licence]:
    """Return every licence with `status` on a day (today) and `valid_until`; one query."""
    return (
        Licence.objects.with_status(on or timezone.localdate())
        .select_related("organisation__region__parent__parent")
        .order_by("organisation__name")
    )


def sanctioned_licences(on: date | None = None) -> QuerySet[Licence]:
    """Return the licences on which a sanction is in force, with their sanctions."""
    day = on or timezone.localdate()
    holding = Sanction.objects.in_force(day).values("licence")
    return public_licences(day).filter(pk__in=holding).prefetch_related("sanctions")


def applicant(person: Person) -> Organisation:
    """Return the organisation for which one may apply; one query.

    Raises:
        NotPermitted: the person acts for none, or does not administrate it.
    """
    body = organisation_of(person) if person.holds(Permission.LICENCE_APPLY) else None
    if body is None:
        raise NotPermitted(_("Lisensi diajukan oleh administrator lembaga."))
    return body


def applications(person: Person) -> QuerySet[LicenceApplication]:
    """Return the applications one may see, with `waiting_since`."""
    return (
        LicenceApplication.objects.visible_to(person)
        .with_waiting_since()
        .select_related("organisation__region")
    )


def application_in_full(person: Person) -> QuerySet[LicenceApplication]:
    """Return the applications one may see with all that their page and its steps read."""
    schemes = ApplicationScheme.objects.select_related("scheme_version__scheme")
    return (
        applications(person)
        .select_related("organisation__licence")
        .prefetch_related(
            "documents",
            Prefetch("schemes", schemes.order_by("scheme_version__title")),
            "organisation__memberships",
        )
    )


def inbox(person: Person) -> QuerySet[LicenceApplication]:
    """Return what has been submitted and is not decided."""
    return applications(person).filter(state__in=OPEN_STATES - {"draft"})


def documents(person: Person, application_id: int) -> QuerySet[ApplicationDocument]:
    """Return the documents of an application, if one may see it."""
    seen = LicenceApplication.objects.visible_to(person).filter(pk=application_id)
    return ApplicationDocument.objects.filter(application__in=seen)


def schemes_chosen(application: LicenceApplication) -> QuerySet[SchemeVersion]:
    """Return the schemes in an application."""
    return SchemeVersion.objects.filter(pk__in=application.schemes.values("scheme_version"))


def schemes_to_add(application: LicenceApplication, text: str = "") -> QuerySet[SchemeVersion]:
    """Return the verified schemes not in an application yet whose title or number has the text."""
    found = verified_versions().exclude(pk__in=application.schemes.values("scheme_version"))
    if text:
        found = found.filter(Q(title__icontains=text) | Q(scheme__number__icontains=text))
    return found.order_by("title", "pk")
