"""Whose turn it is, and what was issued: the inbox, its desks, who is reminded, documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.apps import apps
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Membership, Organisation, User
from mumpuni.access.person import Person
from mumpuni.access.roles import GRANTS, Permission, Reach, Role, reach
from mumpuni.casework.models import IssuedDocument
from mumpuni.kernel.models import Record, Task
from mumpuni.kernel.policy import Policy
from mumpuni.reference.queries.calendar import add_working_days

P = Permission

REMIND = Policy(
    name="casework.remind_days",
    label=_("Pengingat sebelum tenggat"),
    unit=_("hari kerja"),
    default=5,
    source="rancangan (D-04)",
)


@dataclass(frozen=True)
class Desk:
    """A desk of the authority and the permissions by which its people act."""

    label: str | Promise
    permissions: tuple[Permission, ...]


DESKS: Final[dict[str, Desk]] = {
    "licensing": Desk(
        _("Lisensi"),
        (
            P.LICENCE_EXAMINE,
            P.LICENCE_ASSESS,
            P.LICENCE_DECIDE,
            P.VISIT_PLAN,
            P.VISIT_CONDUCT,
            P.FINDING_VERIFY,
            P.MEETING_MANAGE,
            P.MEETING_VOTE,
        ),
    ),
    "surveillance": Desk(_("Surveilans"), (P.SURVEILLANCE_PLAN,)),
    "schemes": Desk(_("Skema"), (P.SCHEME_VERIFY, P.STANDARD_CHANGE)),
    "law": Desk(
        _("Hukum"),
        (
            P.SANCTION_PROPOSE,
            P.SANCTION_REVIEW,
            P.SANCTION_DECREE,
            P.OBLIGATION_VERIFY,
            P.APPEAL_HANDLE,
            P.APPEAL_DECIDE,
            P.REPORT_HANDLE,
        ),
    ),
}


def tasks(person: Person) -> QuerySet[Task]:
    """Return the open tasks a person may see, with `assignee`.

    Those whose permission they hold for the authority or for their organisation; whoever divides
    tasks sees all of the authority's.
    """
    national = {one for one in Permission if Reach.NATIONAL in person.reaches(one)}
    own = {one for one in Permission if Reach.ORGANISATION in person.reaches(one)}
    seen = Q(organisation_id=None, permission__in=national)
    if P.TASK_ASSIGN in national:
        seen |= Q(organisation_id=None)
    if person.organisation_id is not None and own:
        seen |= Q(organisation_id=person.organisation_id, permission__in=own)
    name = User.objects.filter(pk=OuterRef("assignee_id")).values("name")
    return Task.objects.open().filter(seen).annotate(assignee=Subquery(name))


def desk_counts(person: Person, today: date) -> dict[str, dict[str, int]]:
    """Return per desk how many tasks a person sees, and how many are overdue; one query."""
    wanted = {
        f"{desk}_{what}": Count("pk", filter=Q(permission__in=one.permissions) & condition)
        for desk, one in DESKS.items()
        for what, condition in (("waiting", Q()), ("overdue", Q(due_on__lt=today)))
    }
    found = tasks(person).aggregate(**wanted)
    return {
        desk: {what: found[f"{desk}_{what}"] for what in ("waiting", "overdue")} for desk in DESKS
    }


def overdue(today: date) -> QuerySet[Task]:
    """Return the open tasks whose last day is over."""
    return Task.objects.open().filter(due_on__lt=today).order_by("pk")


def to_remind(today: date) -> QuerySet[Task]:
    """D-04: return the open tasks that are due soon or overdue and of which nobody was told."""
    until = add_working_days(today, REMIND.on(today))
    return Task.objects.open().filter(due_on__lte=until, reminded_on=None).order_by("due_on", "pk")


def whose(found: Iterable[Task], on: date) -> dict[Task, list[User]]:
    """Return whom each task waits for: its assignee, or whoever may act; two queries."""
    held = list(Membership.objects.in_force(on).select_related("user"))
    assigned = User.objects.in_bulk([one.assignee_id for one in found if one.assignee_id])
    return {
        task: [assigned[task.assignee_id]] if task.assignee_id in assigned else _who_may(task, held)
        for task in found
    }


def people_of(permissions: Iterable[str], on: date) -> QuerySet[User]:
    """Return the people of the authority who hold any of the permissions."""
    roles = {role for permission in permissions for role in _roles_with(permission)}
    memberships = Membership.objects.in_force(on).filter(role__in=roles)
    return User.objects.filter(pk__in=memberships.values("user")).order_by("name")


def _roles_with(permission: str) -> list[Role]:
    return [
        role
        for role, granted in GRANTS.items()
        if permission in granted and reach(role) == Reach.NATIONAL
    ]


def _who_may(task: Task, held: Iterable[Membership]) -> list[User]:
    """Return whose memberships let them act, each once."""
    found = {
        one.user.pk: one.user
        for one in held
        if task.permission in GRANTS[Role(one.role)]
        and (
            one.organisation_id == task.organisation_id
            if task.organisation_id
            else reach(Role(one.role)) == Reach.NATIONAL
        )
    }
    return list(found.values())


@dataclass(frozen=True)
class Standing:
    """How what a document is about stands on a day: a label, a word, and its tone."""

    label: str | Promise
    word: str | Promise
    tone: str
    url: str = ""


STANDINGS: dict[str, Callable[[IssuedDocument, date], Iterable[Standing]]] = {}
"""By kind of case, told by the packages above through `config/apps.py`."""


def documents_of(record: Record) -> QuerySet[IssuedDocument]:
    """Return the documents about a record, in the order of their days."""
    return IssuedDocument.objects.about(record)


def decisions_on(body: Organisation) -> QuerySet[IssuedDocument]:
    """Return what was decided about a body and all may read, in the order of the days."""
    return IssuedDocument.objects.filter(organisation=body, public=True)


def document(public_id: str) -> IssuedDocument | None:
    """Return a document by its address, with the body it is for."""
    found = IssuedDocument.objects.select_related("organisation")
    return found.filter(public_id=public_id).first()


def may_read(document: IssuedDocument, person: Person | None) -> bool:
    """D-08: everybody reads what is public, others what is said about a case that they see."""
    if document.public:
        return True
    if person is None:
        return False
    kind: Any = apps.get_model(document.case_kind)
    return bool(kind.objects.visible_to(person).filter(pk=document.case_id).exists())


def successor_of(document: IssuedDocument) -> IssuedDocument | None:
    """Return the document of the same kind and case that took its place last."""
    same = IssuedDocument.objects.filter(
        case_kind=document.case_kind, case_id=document.case_id, kind=document.kind
    )
    return same.filter(pk__gt=document.pk).order_by("-pk").first()


def standings(document: IssuedDocument, on: date) -> list[Standing]:
    """Return how the case of a document stands on a day."""
    tell = STANDINGS.get(document.case_kind)
    return list(tell(document, on)) if tell else []


def decrees_typed(ordinals: Collection[int], year: int) -> set[int]:
    """Return which ordinals of a year stand on decrees whose number somebody typed."""
    alike = "|".join(f"{ordinal:04d}" for ordinal in ordinals)
    numbers = IssuedDocument.objects.filter(
        kind=IssuedDocument.Kind.DECREE, number__regex=rf"^KEP\.({alike})/BNSP/[IVX]+/{year}$"
    ).values_list("number", flat=True)
    return {int(number[4:].partition("/")[0]) for number in numbers}
