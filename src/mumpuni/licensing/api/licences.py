"""Endpoints of licences: terms, scope, sanctions, and the status on any day."""

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import ModelSchema, Router, Schema
from ninja.pagination import paginate

from mumpuni.access.person import Person
from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Pages, SearchText
from mumpuni.licensing import queries
from mumpuni.licensing.models import BodyType, Licence, Sanction
from mumpuni.licensing.queries import Status

router = Router()
PATH = "/licences"


class LicenceOut(ModelSchema):
    """A licence; `status` is how it stands today, `state` what was decided last."""

    status: Status
    valid_until: date | None
    organisation_name: str

    class Meta:
        model = Licence
        fields = [
            "id",
            "state",
            "number",
            "organisation",
            "body_type",
            "candidate_group",
            "sector_code",
            "simulated",
        ]

    @staticmethod
    def resolve_organisation_name(licence: Licence) -> str:
        return licence.organisation.name


class LicenceTermOut(Schema):
    """A term of a licence; both days included."""

    decree_number: str
    valid_from: date
    valid_until: date


class SanctionOut(Schema):
    """A sanction; without `lifted_on` it goes on, whatever its term."""

    kind: Sanction.Kind
    decree_number: str
    effective_on: date
    months: int | None
    reason: str
    lifted_on: date | None


class LicenceScopeOut(Schema):
    """A scheme version in the scope of a licence."""

    scheme_version: int
    title: str
    number: str
    valid_from: date
    valid_until: date | None


class LicenceInFull(LicenceOut):
    """A licence with its terms, scope and sanctions."""

    terms: list[LicenceTermOut]
    sanctions: list[SanctionOut]
    scope: list[LicenceScopeOut]

    @staticmethod
    def resolve_sanctions(licence: Licence) -> list[Sanction]:
        return licence.imposed_sanctions

    @staticmethod
    def resolve_scope(licence: Licence) -> list[LicenceScopeOut]:
        return [
            LicenceScopeOut(
                scheme_version=row.scheme_version_id,
                title=row.scheme_version.title,
                number=row.scheme_version.number,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
            )
            for row in queries.scope_of([licence])
        ]


class StatusOut(Schema):
    """How a licence stood, or will stand by what is known now, on a day."""

    on: date
    status: Status
    sanction: SanctionOut | None


def _found(person: Person, pk: int) -> Licence:
    return get_object_or_404(queries.licence_in_full(person), pk=pk)


@router.get(PATH, response=list[LicenceOut])
@paginate(Pages)
def licences(
    request: ApiRequest,
    status: Status | None = None,
    body_type: BodyType | None = None,
    q: SearchText = "",
) -> QuerySet[Licence]:
    """List licences by number; `q` is part of the body's name."""
    asked = {"status": status, "body_type": body_type, "organisation__name__icontains": q or None}
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.licences(request.auth).filter(**given).order_by("number")


@router.get(PATH + "/{int:pk}", response=LicenceInFull)
def licence(request: ApiRequest, pk: int) -> Licence:
    """Show a licence with its terms, scope and sanctions."""
    return _found(request.auth, pk)


@router.get(PATH + "/{int:pk}/status", response=StatusOut)
def status(request: ApiRequest, pk: int, on: date | None = None) -> StatusOut:
    """Tell how a licence stands on a day, today unless one is named."""
    found, day = _found(request.auth, pk), on or timezone.localdate()
    sanction = queries.sanction_on(found, day)
    return StatusOut(
        on=day,
        status=queries.status_on(found, day),
        sanction=None if sanction is None else SanctionOut.from_orm(sanction),
    )
