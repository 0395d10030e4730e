"""Who sees what: records that belong to an organisation or concern a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Manager, Model, Q, QuerySet

from mumpuni.access.roles import Permission, Reach
from mumpuni.kernel.models import Record

if TYPE_CHECKING:
    from mumpuni.access.person import Person


class OwnedQuerySet[R: Record](QuerySet[R]):
    """Every read begins here."""

    def visible_to(self, person: Person) -> Self:
        """Keep what the person may see: all, their organisation's, or what concerns them."""
        kind = self.model
        if not issubclass(kind, OwnedRecord):
            raise TypeError(f"{kind.__name__} has no owner")
        reaches = person.reaches(kind.view_permission)
        if Reach.NATIONAL in reaches:
            return self
        seen = Q(pk__in=[])
        if Reach.ORGANISATION in reaches and person.organisation_id is not None:
            for path in kind.owners:
                seen |= _among(kind, path, person.organisation_id)
        if person.user_id is not None:
            for permission, path in kind.personal.items():
                if Reach.PERSONAL in person.reaches(permission):
                    seen |= _among(kind, path, person.user_id)
        return self.filter(seen)


class _OneOf(Func):
    """Whether a value is in an array, for which PostgreSQL can look into an index."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


def _among(kind: type[Record], path: str, key: int) -> Q:
    """Match a column of the record itself, or the keys found at the end of a path.

    The keys are gathered first, so that a path over many rows never doubles a record, and that
    several ways to see it are looked up in their indexes instead of tried on every row.
    """
    found = {path: key}
    if "__" not in path:
        return Q(**found)
    return Q(_OneOf(F("pk"), ArraySubquery(kind._base_manager.filter(**found).values("pk"))))


class OwnedRecord(Record):
    """A record of an organisation.

    `owners` are the paths to the keys of organisations it belongs to; `personal` says through
    which path a permission that everybody holds as an individual reaches the user concerned.
    """

    owners: ClassVar[tuple[str, ...]] = ("organisation_id",)
    personal: ClassVar[Mapping[Permission, str]] = {}
    view_permission: ClassVar[Permission]

    class Meta:
        abstract = True


def concerns(record: Record, permission: str, far: Reach, person: Person) -> bool:
    """Tell whether a permission of that reach extends to this record."""
    if far == Reach.NATIONAL:
        return True
    if not isinstance(record, OwnedRecord):
        return False
    if far == Reach.ORGANISATION:
        return person.organisation_id is not None and any(
            person.organisation_id in _follow(record, path) for path in record.owners
        )
    path = record.personal.get(Permission(permission))
    return (
        path is not None and person.user_id is not None and person.user_id in _follow(record, path)
    )


def _follow(record: Model, path: str) -> set[Any]:
    """Walk a path of relations from a record, saved or not, to the keys at its end."""
    reached: list[Any] = [record]
    for part in path.split("__"):
        onward: list[Any] = []
        for one in reached:
            value = getattr(one, part, None)
            if isinstance(value, Manager):
                onward.extend(value.all() if one.pk else ())
            else:
                onward.append(value)
        reached = [value for value in onward if value is not None]
    return set(reached)
