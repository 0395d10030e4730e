"""What pages, endpoints and other packages read of applications and licences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from mumpuni.access.models import Organisation
from mumpuni.access.person import Person
from mumpuni.access.queries import organisation_of
from mumpuni.access.roles import Permission
from mumpuni.kernel.errors import NotPermitted
from mumpuni.kernel.models import Task
from mumpuni.kernel.workflow import Text
from mumpuni.licensing.models import (
    EXPLAINED,
    ApplicationDocument,
    ApplicationScheme,
    EndingReminder,
    History,
    Licence,
    LicenceApplication,
    LicenceScope,
    LicenceTerm,
    Sanction,
    Status,
    route_of,
)
from mumpuni.licensing.models.applications import OPEN_STATES, TURN
from mumpuni.reference.models import Region
from mumpuni.schemes.models import CompetencyStandard, SchemeVersion
from mumpuni.schemes.queries import verified_versions

__all__ = [
    "History",
    "Phase",
    "Status",
    "applicant",
    "application_in_full",
    "applications",
    "bodies_using",
    "documents",
    "history_in",
    "in_scope_on",
    "inbox",
    "is_licensed",
    "licence_in_full",
    "licence_of",
    "licences",
    "licences_to_remind",
    "offices",
    "public_licences",
    "route",
    "sanction_on",
    "sanctioned_licences",
    "schemes_addable",
    "schemes_droppable",
    "schemes_to_add",
    "scope_of",
    "scope_using",
    "status_on",
    "told_history",
    "turn",
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


def bodies_using(standard: CompetencyStandard, on: date) -> QuerySet[Organisation]:
    """Return who owns a verified scheme built from a standard, or has one in scope on a day."""
    versions = SchemeVersion.objects.assessable().built_from(standard)
    licensed = scope_using(standard, on)
    return Organisation.objects.filter(
        Q(pk__in=versions.values("scheme__organisation"))
        | Q(pk__in=licensed.values("licence__organisation"))
    ).order_by("pk")


def scope_using(standard: CompetencyStandard, on: date) -> QuerySet[LicenceScope]:
    """Return the places in scopes, on a day, of verified schemes built from a standard."""
    versions = SchemeVersion.objects.assessable().built_from(standard)
    return LicenceScope.objects.in_force(on).filter(scheme_version__in=versions)


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
    scope = LicenceScope.objects.select_related("scheme_version__scheme")
    return (
        LicenceApplication.objects.visible_to(person)
        .with_turn()
        .with_assessors()
        .with_waiting_since()
        .select_related("organisation__region", "organisation__licence")
        .prefetch_related(
            Prefetch(
                "documents",
                ApplicationDocument.objects.select_related("carried_from__application"),
            ),
            Prefetch("schemes", schemes.order_by("scheme_version__title")),
            "organisation__memberships",
            "organisation__licence__terms",
            "organisation__licence__sanctions",
            Prefetch("organisation__licence__scope", scope.order_by("scheme_version__title")),
        )
    )


@dataclass(frozen=True)
class Phase:
    """A state on the way of an application: behind it, where it is now, or ahead."""

    state: LicenceApplication.State
    explained: Text
    stands: str

    @property
    def is_present(self) -> bool:
        """Whether the application is there now."""
        return self.stands == PRESENT


PASSED, PRESENT, AHEAD = "passed", "present", "ahead"


def route(application: LicenceApplication) -> list[Phase]:
    """Return the way of an application from its draft to the grant; no query while it is open.

    One that ended otherwise is nowhere on it any more: its trail tells how far it came.
    """
    state = LicenceApplication.State
    way = [state.DRAFT, *route_of(application), state.GRANTED]
    present = state(application.state)
    if present == state.RETURNED:
        present = state.DOCUMENT_VERIFICATION
    here = way.index(present) if present in way else None
    return [Phase(one, EXPLAINED[one], _stands(place, here)) for place, one in enumerate(way)]


def _stands(place: int, here: int | None) -> str:
    if here is None or place > here:
        return AHEAD
    return PRESENT if place == here else PASSED


def turn(application: LicenceApplication) -> Task | None:
    """Return whose turn it is in an application in full, since and until when; no query."""
    readers: Any = {one: Task._meta.get_field(one) for one in TURN}
    for row in application.told_turn:
        return Task(**{one: field.to_python(row[one]) for one, field in readers.items()})
    return None


def inbox(person: Person) -> QuerySet[LicenceApplication]:
    """Return what has been submitted and is not decided."""
    return applications(person).filter(state__in=OPEN_STATES - {"draft"})


def documents(person: Person, application_id: int) -> QuerySet[ApplicationDocument]:
    """Return the documents of an application, if one may see it."""
    seen = LicenceApplication.objects.visible_to(person).filter(pk=application_id)
    return ApplicationDocument.objects.filter(application__in=seen)


def schemes_to_add(application: LicenceApplication, text: str = "") -> QuerySet[SchemeVersion]:
    """Return the verified schemes with the text that are neither licensed nor applied for yet."""
    found = verified_versions().exclude(pk__in=application.schemes.values("scheme_version"))
    found = found.exclude(pk__in=_standing(application))
    if application.kind == LicenceApplication.Kind.RENEWAL:
        found = found.none()
    if text:
        found = found.filter(Q(title__icontains=text) | Q(scheme__number__icontains=text))
    return found.order_by("title", "pk")


def schemes_addable(application: LicenceApplication) -> QuerySet[SchemeVersion]:
    """Return what may be added: new schemes, and those of the scope that were to be dropped."""
    new, dropped = schemes_to_add(application), _rows(application, ApplicationScheme.Action.DROP)
    return SchemeVersion.objects.filter(Q(pk__in=new.values("pk")) | Q(pk__in=dropped))


def schemes_droppable(application: LicenceApplication) -> QuerySet[SchemeVersion]:
    """Return what may be dropped: schemes of the scope, and those that were to be added."""
    added = _rows(application, ApplicationScheme.Action.ADD)
    return SchemeVersion.objects.filter(Q(pk__in=_standing(application)) | Q(pk__in=added))


def _rows(application: LicenceApplication, action: str) -> QuerySet[Any, Any]:
    return application.schemes.filter(action=action).values("scheme_version")


def _standing(application: LicenceApplication) -> QuerySet[Any, Any]:
    scope = LicenceScope.objects.filter(licence__organisation=application.organisation_id)
    return scope.filter(valid_until=None).values("scheme_version")


def offices(application: LicenceApplication) -> QuerySet[Region]:
    """Return where an office may be: today's regencies and cities, and where it is on record."""
    recorded = Q(pk=application.organisation.region_id)
    regencies = Q(level=Region.Level.REGENCY, current=True)
    return Region.objects.filter(recorded | regencies).order_by("name")


def licences_to_remind(on: date, days: int) -> QuerySet[Licence]:
    """Return the licences that end within so many days and of which their bodies were not told.

    A body whose renewal is under way knows.
    """
    told = EndingReminder.objects.filter(
        licence=OuterRef("pk"), valid_until=OuterRef("valid_until"), days__lte=days
    )
    renewing = LicenceApplication.objects.filter(
        organisation=OuterRef("organisation"),
        kind=LicenceApplication.Kind.RENEWAL,
        state__in=OPEN_STATES - {LicenceApplication.State.DRAFT},
    )
    return (
        Licence.objects.with_status(on)
        .filter(Q(status=Status.ACTIVE) | Q(status=Status.FROZEN))
        .filter(Q(valid_until__lte=on + timedelta(days=days)))
        .exclude(Exists(told))
        .exclude(Exists(renewing))
    )
