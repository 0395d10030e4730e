"""Reading the register, visits and findings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.http import Http404

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Permission, Reach
from mumpuni.access.scope import OwnedQuerySet, OwnedRecord
from mumpuni.visits.models import (
    DeclaredTie,
    Finding,
    FindingEvidence,
    LicensingAssessor,
    Photo,
    TeamMember,
    Visit,
)

if TYPE_CHECKING:
    from mumpuni.access.person import Person
    from mumpuni.kernel.models import Record

CONTENT = ("answers", "photos", "findings")


def assessors(person: Person) -> QuerySet[LicensingAssessor]:
    """Return the entries of the register a person may see, with person and `last_day`."""
    return (
        LicensingAssessor.objects.visible_to(person)
        .select_related("individual", "province")
        .with_last_day()
    )


def assessor_in_full(person: Person) -> QuerySet[LicensingAssessor]:
    """Return the same with terms, ties and visits; three more queries."""
    parts = TeamMember.objects.select_related("visit__organisation").order_by("-visit__starts_on")
    return assessors(person).prefetch_related(
        "terms",
        Prefetch("ties", DeclaredTie.objects.select_related("organisation")),
        Prefetch("parts", parts),
    )


def ties(person: Person, assessor_id: int) -> QuerySet[DeclaredTie]:
    """Return the ties declared of an assessor one may see."""
    seen = LicensingAssessor.objects.visible_to(person).filter(pk=assessor_id)
    return DeclaredTie.objects.filter(assessor__in=seen).select_related("organisation", "assessor")


def available(first: date, last: date) -> QuerySet[LicensingAssessor]:
    """Return who is current and free on some days, with `load`, the visits they have ahead."""
    busy = TeamMember.objects.filter(
        assessor=OuterRef("pk"),
        visit__state__in=[Visit.State.ASSIGNED, Visit.State.RUNNING],
        visit__starts_on__lte=last,
        visit__ends_on__gte=first,
    )
    ahead = Q(parts__visit__state__in=[Visit.State.PLANNED, Visit.State.ASSIGNED])
    return (
        LicensingAssessor.objects.current_from(first, last)
        .filter(~Exists(busy))
        .select_related("individual__user")
        .annotate(load=Count("parts", filter=ahead))
        .order_by("load", "individual__name")
    )


def visits(person: Person) -> QuerySet[Visit]:
    """Return the visits a person may see; a body sees its own once the letter is issued."""
    seen = Visit.objects.visible_to(person)
    if not sees_all(person):
        seen = seen.announced()
    return seen.select_related("organisation")


def visit_in_full(person: Person) -> QuerySet[Visit]:
    """Return the same with team, answers, photos and findings; four more queries."""
    return visits(person).prefetch_related(_team(), *CONTENT)


def gather(visit: Visit) -> None:
    """Read what a page shows of a visit and its rules follow; a team that is made with its ties."""
    if visit.state == Visit.State.PLANNED:
        prefetch_related_objects(
            [visit],
            _team(
                "assessor__terms",
                "assessor__ties",
                "assessor__individual__user__memberships",
            ),
        )
    else:
        prefetch_related_objects([visit], _team(), *CONTENT)


def _team(*further: str, of: str = "team") -> Prefetch[str]:
    members = TeamMember.objects.select_related("assessor__individual__user")
    return Prefetch(of, members.prefetch_related(*further))


def letters(person: Person) -> QuerySet[Visit]:
    """Return the visits one may see whose letter was issued, in full."""
    return visit_in_full(person).exclude(letter_number="")


def members_of(visit: Visit) -> QuerySet[TeamMember]:
    """Return the team with what ties each to bodies."""
    return visit.team.select_related("assessor__individual__user")


def photos(person: Person, visit_id: int) -> QuerySet[Photo]:
    """Return the pictures of a visit one may see; a body sees them once it is reported."""
    seen = visits(person).filter(pk=visit_id)
    if not sees_all(person):
        seen = seen.filter(state=Visit.State.REPORTED)
    return Photo.objects.filter(visit__in=seen)


def visits_about(record: Record) -> QuerySet[Visit]:
    """Return the visits made for a record, the newest first."""
    return Visit.objects.about(record).select_related("organisation").order_by("-starts_on", "-pk")


def findings(person: Person) -> QuerySet[Finding]:
    """Return the findings a person may see; a body sees its own once they were raised."""
    seen = Finding.objects.visible_to(person)
    if not sees_all(person):
        seen = seen.raised()
    return seen.select_related("visit__organisation")


def finding_in_full(person: Person) -> QuerySet[Finding]:
    """Return the same with evidence and what the rules follow."""
    return findings(person).prefetch_related(
        "evidence", "visit__organisation__memberships", _team(of="visit__team")
    )


def evidence(person: Person, finding_id: int) -> QuerySet[FindingEvidence]:
    """Return the files of a finding one may see."""
    return FindingEvidence.objects.filter(finding__in=findings(person).filter(pk=finding_id))


def case_of(person: Person, kind: str, pk: int) -> tuple[Record, int]:
    """Return a record that a visit may be planned for, if one may see it, and its organisation.

    Raises:
        Http404: there is no such record, or not for them.
    """
    try:
        model: Any = apps.get_model(kind)
    except (LookupError, ValueError):
        raise Http404 from None
    manager = model._default_manager if issubclass(model, OwnedRecord) else None
    rows = manager.all() if manager else None
    if not isinstance(rows, OwnedQuerySet):
        raise Http404
    found: Record | None = rows.visible_to(person).filter(pk=pk).first()
    organisation_id: int | None = getattr(found, "organisation_id", None)
    if found is None or organisation_id is None:
        raise Http404
    return found, organisation_id


def bodies_called(text: str) -> QuerySet[Organisation]:
    """Return the certification bodies of a code or a name in full."""
    bodies = Organisation.objects.filter(kind=Organisation.Kind.CERTIFICATION_BODY)
    return bodies.filter(Q(code=text) | Q(name__iexact=text)) if text else bodies.none()


def sees_all(person: Person) -> bool:
    """Tell whether somebody sees what bodies are not told of yet."""
    return Reach.NATIONAL in person.reaches(Permission.VISIT_VIEW)


def sees_content(person: Person, visit: Visit) -> bool:
    """Tell whether somebody sees answers and conclusion: the body does once they are reported."""
    return visit.state == Visit.State.REPORTED or sees_all(person)
