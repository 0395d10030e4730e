"""Reading the register: who may assess what for whom, today and on any past day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.assessors.models import Appointment, Assessor, AssessorQuerySet, AssessorScope
from mumpuni.schemes import queries as schemes
from mumpuni.schemes.models import Scheme, SchemeVersion

if TYPE_CHECKING:
    from mumpuni.access.person import Person


class Standing(models.TextChoices):
    """What the register says of an assessor on a day."""

    NOT_REGISTERED = "not_registered", _("Belum terdaftar")
    CURRENT = "active", _("Berlaku")
    SUSPENDED = "suspended", _("Dibekukan")
    EXPIRED = "expired", _("Masa berlaku habis")
    REVOKED = "revoked", _("Dicabut")


def assessors(person: Person) -> QuerySet[Assessor]:
    """Return the assessors a person may see, with person and `last_day`."""
    return _shown(Assessor.objects.visible_to(person))


def assessors_in_full(person: Person) -> QuerySet[Assessor]:
    """Return the same with terms, scope, appointments and suspensions; five queries."""
    return assessors(person).prefetch_related(
        "terms",
        "suspensions",
        Prefetch(
            "scope", AssessorScope.objects.prefetch_related(Prefetch("scheme", schemes_named()))
        ),
        Prefetch("appointments", Appointment.objects.select_related("organisation")),
    )


def search_assessors(rows: QuerySet[Assessor], text: str) -> QuerySet[Assessor]:
    """Keep those whose name, number or proposer has every word."""
    named = Q()
    for word in text.split():
        named &= (
            Q(individual__name__icontains=word)
            | Q(number__icontains=word)
            | Q(proposed_by__in=Organisation.objects.filter(name__icontains=word))
        )
    return rows.filter(named)


def own_entry(person: Person) -> Assessor | None:
    """Return the person's own entry in the register, if there is one; one query."""
    if person.user_id is None:
        return None
    return Assessor.objects.filter(individual__user_id=person.user_id).first()


def expiring(rows: QuerySet[Assessor], day: date, within_days: int) -> QuerySet[Assessor]:
    """Keep those whose latest term ends within some days from a day on."""
    end = day + timedelta(days=within_days)
    return rows.filter(Q(last_day__gte=day), Q(last_day__lte=end))


def open_places(assessor: Assessor) -> QuerySet[Appointment]:
    """Return the appointments that have no end."""
    return assessor.appointments.filter(valid_until=None).select_related("organisation")


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


def schemes_named() -> QuerySet[Scheme]:
    """Return all schemes, each with the titles of its published versions, newest first."""
    published = SchemeVersion.objects.published().order_by("-version")
    return Scheme.objects.prefetch_related(
        Prefetch("versions", published, to_attr="usable_versions")
    )


def schemes_on_offer() -> QuerySet[Scheme]:
    """Return the schemes that may be assessed against, each with its newest such version."""
    usable = schemes.verified_versions().order_by("-version")
    with_one = SchemeVersion.objects.assessable().values("scheme")
    return (
        Scheme.objects.filter(pk__in=with_one)
        .prefetch_related(Prefetch("versions", usable, to_attr="usable_versions"))
        .order_by("number", "pk")
    )


def schemes_for(organisation_ids: Iterable[int]) -> QuerySet[Scheme]:
    """Return the schemes that assessors of some bodies may need: theirs and the authority's."""
    return schemes_on_offer().filter(
        Q(organisation__in=organisation_ids) | Q(organisation__kind=Organisation.Kind.AUTHORITY)
    )


def _shown(rows: AssessorQuerySet) -> AssessorQuerySet:
    return rows.select_related("individual", "proposed_by").with_last_day()
