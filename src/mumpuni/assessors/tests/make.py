"""Valid records for tests."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from mumpuni.access.models import Organisation, User
from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessors import actions
from mumpuni.assessors.models import Assessor
from mumpuni.kernel.workflow import perform
from mumpuni.schemes.models import Scheme, SchemeVersion

TODAY = date(2026, 6, 1)

_ordinals = count(1)


def noon(day: date) -> datetime:
    """Return noon in Jakarta on a day."""
    return datetime.combine(day, time(5), tzinfo=UTC)


def registrar() -> Person:
    """Make somebody who keeps the register."""
    return access.person(Role.REGISTRAR, of=access.authority())


def body_admin(organisation: Organisation) -> Person:
    """Make somebody who proposes assessors for a body."""
    return access.person(Role.BODY_ADMIN, of=organisation)


def proposed_assessor(
    organisation: Organisation,
    schemes: Sequence[SchemeVersion | Scheme],
    on: date = TODAY,
    *,
    name: str = "",
    by: User | None = None,
    **changed: Any,
) -> Assessor:
    """Make an assessor whom a body has proposed; `by` is the assessor's own account."""
    ordinal = next(_ordinals)
    values: dict[str, Any] = {
        "name": name or f"Asesor {ordinal}",
        "document_kind": "nik",
        "document_number": f"317405020285{ordinal:04d}",
        "certificate_number": f"74909 2424 0 {ordinal:07d} {on.year}",
        "certified_on": on,
        "schemes": [one if isinstance(one, Scheme) else one.scheme for one in schemes],
    }
    assessor = actions.propose(
        actions.Proposal(**values | changed),
        organisation.pk,
        body_admin(organisation),
        at=noon(on),
    )
    if by is not None:
        assessor.individual.user = by
        assessor.individual.save()
    return assessor


def registered_assessor(
    organisation: Organisation,
    schemes: Sequence[SchemeVersion | Scheme],
    on: date = TODAY,
    **given: Any,
) -> Assessor:
    """Make an assessor who is registered since a day, current for three years from it."""
    assessor = proposed_assessor(organisation, schemes, on, **given)
    perform(assessor, "register", registrar(), at=noon(on))
    return assessor
