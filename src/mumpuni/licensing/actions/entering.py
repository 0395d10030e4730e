"""Licences granted before this system, entered from where they are recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from mumpuni.access.models import Organisation
from mumpuni.access.person import Person
from mumpuni.kernel import numbering, workflow
from mumpuni.kernel.time import last_day_of_term
from mumpuni.licensing.actions.grants import LICENCE_MONTHS
from mumpuni.licensing.models import Licence, LicenceApplication, LicenceScope, LicenceTerm
from mumpuni.schemes.models import SchemeVersion


@dataclass(frozen=True, kw_only=True)
class EnteredLicence:
    """A licence as its source tells; `body` is new and bears its number's digits as `code`."""

    body: Organisation
    body_type: str
    founder_kind: str
    founder_name: str
    candidate_group: str
    sector_code: str
    decree_number: str
    valid_from: date
    source: str
    valid_until: date | None = None
    schemes: Sequence[SchemeVersion] = field(default=())

    def licence(self) -> Licence:
        """Make its record, not saved yet."""
        return Licence(
            organisation=self.body,
            number=licence_number(int(self.body.code)),
            ordinal=int(self.body.code),
            simulated=self.body.simulated,
            source=self.source,
            **{name: getattr(self, name) for name in LicenceApplication.EDITABLE},
        )

    def term(self, licence: Licence) -> LicenceTerm:
        """Make the term that the source tells; without a last day, it has the policy's length."""
        months = LICENCE_MONTHS.on(self.valid_from)
        return LicenceTerm(
            licence=licence,
            decree_number=self.decree_number,
            valid_from=self.valid_from,
            valid_until=self.valid_until or last_day_of_term(self.valid_from, months),
        )

    def scope(self, licence: Licence) -> list[LicenceScope]:
        """Make a row of the scope for each scheme."""
        return [
            LicenceScope(licence=licence, scheme_version=one, valid_from=self.valid_from)
            for one in self.schemes
        ]


def licence_number(ordinal: int) -> str:
    """Write a licence's number."""
    return f"BNSP-LSP-{ordinal:04d}-ID"


@transaction.atomic
def enter_licences(
    entries: Sequence[EnteredLicence], actor: Person, *, at: datetime
) -> list[Licence]:
    """Enter bodies with their licences; the next licence granted is numbered after them.

    A fixed number of statements; the caller has validated the bodies' fields.
    """
    workflow.begin_all([entry.body for entry in entries], actor, at=at)
    licences = [entry.licence() for entry in entries]
    workflow.begin_all(licences, actor, at=at)
    made = list(zip(entries, licences, strict=True))
    LicenceTerm.objects.bulk_create(entry.term(licence) for entry, licence in made)
    LicenceScope.objects.bulk_create(row for entry, licence in made for row in entry.scope(licence))
    numbering.pass_over("licence", max(licence.ordinal for licence in licences))
    return licences
