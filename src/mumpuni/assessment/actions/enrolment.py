"""How a person comes into a session: found or entered by identity document, then begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mumpuni.access.models import Individual, User
from mumpuni.access.person import Person
from mumpuni.access.queries import individual_by_document, individual_of
from mumpuni.access.rules import account_may_claim
from mumpuni.assessment.models import Candidate, Session
from mumpuni.assessment.rules.identity import (
    document_number_plausible,
    same_person,
)
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who somebody is, as their identity document has it."""

    name: str
    document_kind: str
    document_number: str
    born_in: str = ""
    born_on: date | None = None
    sex: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""

    def individual(self) -> Individual:
        """Return the person as a new record, not yet saved."""
        made = Individual(
            name=self.name,
            born_in=self.born_in,
            born_on=self.born_on,
            sex=self.sex,
            email=self.email,
            phone=self.phone,
            address=self.address,
        )
        made.identify(self.document_kind, self.document_number)
        return made


@transaction.atomic
def enrol(
    session: Session,
    identity: Identity | Individual,
    values: Mapping[str, Any],
    person: Person,
    *,
    at: datetime,
) -> Candidate:
    """Begin a candidate; a person whom the document finds is not entered a second time.

    Raises:
        Refused: A-28, the document belongs to somebody of another name; or a rule of beginning.
    """
    individual = identity if isinstance(identity, Individual) else _find_or_enter(identity)
    candidate = Candidate(session=session, individual=individual, **values)
    workflow.begin(candidate, person, at=at)
    return candidate


@transaction.atomic
def apply(
    session: Session,
    identity: Identity | None,
    values: Mapping[str, Any],
    person: Person,
    *,
    at: datetime,
) -> Candidate:
    """Begin one's own candidacy; who one is, is told the first time only.

    Raises:
        Refused: A-28, the document is of another name; K-40, nothing ties it to this account.
    """
    individual = individual_of(person)
    if individual is None:
        if identity is None:
            message = _("Isi identitas Anda.")
            raise Invalid(message, fields={"identity": [message]})
        individual = _claim(identity, person)
    return enrol(session, individual, values, person, at=at)


def _claim(identity: Identity, person: Person) -> Individual:
    assert person.user_id is not None, "an account claims an identity"
    document_number_plausible(identity.document_kind, identity.document_number)
    user = User.objects.get(pk=person.user_id)
    known = individual_by_document(identity.document_kind, identity.document_number)
    if known is None:
        known = identity.individual()
        known.email = known.email or user.email
    else:
        account_may_claim(known, user.pk)  # first: strangers learn nothing of whose number it is
        same_person(known, identity.name)
    known.user = user
    known.save()
    return known


def _find_or_enter(identity: Identity) -> Individual:
    document_number_plausible(identity.document_kind, identity.document_number)
    known = individual_by_document(identity.document_kind, identity.document_number)
    if known is None:
        made = identity.individual()
        made.save()
        return made
    same_person(known, identity.name)
    return known
