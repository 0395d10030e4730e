"""Reading the register: who may assess what for whom, today and on any past day."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from mumpuni.assessors.models import Appointment, Assessor, AssessorQuerySet, AssessorScope
from mumpuni.schemes import queries as schemes
from mumpuni.schemes.models import Scheme, SchemeVersion

if TYPE_CHECKING:
    from mumpuni.access.person import Person


class Standing(StrEnum):
    """What the register says of an assessor on a day."""

    NOT_REGISTERED = "not_registered"
    CURRENT = "active"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    REVOKED = "revoked"


def assessors(person: Person) -> QuerySet[Assessor]:
    """Return the assessors a person may see, with person and `last_day`."""
    return _shown(Assessor.objects.visible_to(person))


def assessors_in_full(person: Person) -> QuerySet[Assessor]:
    """Return the same with terms, scope, appointments and suspensions; five queries."""
    return assessors(person).prefetch_related(
        "terms",
        "suspensions",
        Prefetch("scope", AssessorScope.objects.select_related("scheme")),
        Prefetch("appointments", Appointment.objects.select_related("organisation")),
    )


def own_entry(person: Person) -> Assessor | None:
    """Return the person's own entry in the register, if there is one; one query."""
    if person.user_id is None:
        return None
    return Assessor.objects.filter(individual__user_id=person.user_id).first()


def expiring(rows: QuerySet[Assessor], day: date, within_days: int) -> QuerySet[Assessor]:
    """Keep those whose latest term ends within some days from a day on."""
    end = day + timedelta(days=within_days)
    return rows.filter(Q(last_day__gte=day), Q(last_day__lte=end))


def is_current(assessor: Assessor, day: date) -> bool:
    """Tell whether an assessor may assess on a day; one query."""
    return Assessor.objects.current_on(day).filter(pk=assessor.pk).exists()


def has_scheme(assessor: Assessor, scheme_id: int, day: date) -> bool:
    """Tell whether a scheme is within an assessor's scope on a day; one query."""
    return Assessor.objects.with_scheme_on(scheme_id, day).filter(pk=assessor.pk).exists()


def is_appointed(assessor: Assessor, organisation_id: int, day: date) -> bool:
    """Tell whether an assessor belongs to a body on a day; one query."""
    return Assessor.objects.appointed_on(organisation_id, day).filter(pk=assessor.pk).exists()


def available(organisation_id: int, scheme_id: int, day: date) -> QuerySet[Assessor]:
    """Return who may assess a scheme for a body on a day, by name."""
    return (
        _shown(Assessor.objects.current_on(day))
        .with_scheme_on(scheme_id, day)
        .appointed_on(organisation_id, day)
        .order_by("individual__name")
    )


def standing_on(assessor: Assessor, day: date) -> Standing:
    """Return what the register says on a day, from dated facts; two queries unless prefetched."""
    if assessor.registered_on is None or day < assessor.registered_on:
        return Standing.NOT_REGISTERED
    if assessor.revoked_on is not None and day >= assessor.revoked_on:
        return Standing.REVOKED
    if any(
        one.suspended_on <= day and (one.lifted_on is None or day < one.lifted_on)
        for one in assessor.suspensions.all()
    ):
        return Standing.SUSPENDED
    within = any(term.valid_from <= day <= term.valid_until for term in assessor.terms.all())
    return Standing.CURRENT if within else Standing.EXPIRED


def schemes_on_offer() -> QuerySet[Scheme]:
    """Return the schemes that may be assessed against, each with its newest such version."""
    usable = schemes.verified_versions().order_by("-version")
    return (
        Scheme.objects.filter(versions__in=SchemeVersion.objects.assessable())
        .distinct()
        .prefetch_related(Prefetch("versions", usable, to_attr="usable_versions"))
        .order_by("number", "pk")
    )


def _shown(rows: AssessorQuerySet) -> AssessorQuerySet:
    return rows.select_related("individual", "proposed_by").with_last_day()
