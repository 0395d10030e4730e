"""Endpoints of organisations and of who belongs to them."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, ModelSchema, Router, Schema, Status
from ninja.pagination import paginate

from mumpuni.access import invitations, queries
from mumpuni.access.models import Membership, Organisation
from mumpuni.access.roles import Role
from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Pages, SearchText
from mumpuni.api.steps import step_endpoints
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid
from mumpuni.reference.models import Region
from mumpuni.reference.queries import region

router = Router()
PATH, MEMBERS = "/organisations", "/members"
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]


class OrganisationOut(ModelSchema):
    """An organisation; `region` is the code of a regency."""

    region: str | None

    class Meta:
        model = Organisation
        fields = ["id", "kind", "name", "code", "email", "phone", "website", "address"]

    @staticmethod
    def resolve_region(organisation: Organisation) -> str | None:
        return organisation.region_id


class OrganisationAmendment(ModelSchema):
    """What is to be changed of the profile; what is left out stays."""

    region: Annotated[str, Field(max_length=16)] | None = None

    class Meta:
        model = Organisation
        fields = ["email", "phone", "website", "address"]
        fields_optional = "__all__"

    def values(self) -> dict[str, Any]:
        """Return what was given, the region as the entry its code stands for."""
        given = self.model_dump(exclude_unset=True)
        return given | ({"region": _region(given["region"])} if "region" in given else {})


class OrganisationIn(OrganisationAmendment):
    """An organisation to register."""

    kind: Organisation.Kind
    name: Annotated[str, Field(min_length=1, max_length=200)]


class MemberOut(ModelSchema):
    """Who holds a role in an organisation, from a day to a day, both included."""

    name: str
    email: str

    class Meta:
        model = Membership
        fields = ["id", "state", "organisation", "role", "valid_from", "valid_until"]

    @staticmethod
    def resolve_name(membership: Membership) -> str:
        return str(membership.user)

    @staticmethod
    def resolve_email(membership: Membership) -> str:
        return membership.user.email


class InvitationIn(Schema):
    """Whom to give a role; `name` is for an account that is not there yet."""

    email: Email
    name: Annotated[str, Field(min_length=1, max_length=200)]
    role: Role
    valid_until: date | None = None


def _region(code: str | None) -> Region | None:
    found = region(code) if code else None
    if code and found is None:
        unknown = _("Kode wilayah ini tidak dikenal.")
        raise Invalid(unknown, fields={"region": [unknown]})
    return found


@router.get(PATH, response=list[OrganisationOut])
@paginate(Pages)
def organisations(
    request: ApiRequest, kind: Organisation.Kind | None = None, q: SearchText = ""
) -> QuerySet[Organisation]:
    """List the organisations you look after, by name; `q` is part of it."""
    found = queries.registered(request.auth).filter(name__icontains=q).order_by("name", "pk")
    return found.filter(kind=kind) if kind else found


@router.get(PATH + "/{int:pk}", response=OrganisationOut)
def organisation(request: ApiRequest, pk: int) -> Organisation:
    """Show an organisation."""
    return get_object_or_404(queries.registered(request.auth), pk=pk)


@router.post(PATH, response={201: OrganisationOut})
def register(request: ApiRequest, body: OrganisationIn) -> Status[Organisation]:
    """Register an organisation."""
    made = Organisation(**body.values())
    workflow.begin(made, request.auth, at=timezone.now())
    return Status(201, made)


@router.patch(PATH + "/{int:pk}", response=OrganisationOut)
def amend(request: ApiRequest, pk: int, body: OrganisationAmendment) -> Organisation:
    """Change the profile of an organisation."""
    found = organisation(request, pk)
    workflow.amend(found, body.values(), request.auth, at=timezone.now())
    return found


@router.post(PATH + "/{int:pk}/members", response={201: MemberOut})
def invite(request: ApiRequest, pk: int, body: InvitationIn) -> Status[Membership]:
    """Give a role to whoever has an e-mail address; the invitation is mailed."""
    given = body.model_dump()
    found = organisation(request, pk)
    return Status(201, invitations.invite(found, **given, by=request.auth, at=timezone.now()))


@router.get(MEMBERS, response=list[MemberOut])
@paginate(Pages)
def members(
    request: ApiRequest, state: Membership.State | None = None, role: Role | None = None
) -> QuerySet[Membership]:
    """List who belongs to the organisations you look after, by name."""
    asked = {"state": state, "role": role}
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.members(request.auth).filter(**given).order_by("user__name", "pk")


@router.get(MEMBERS + "/{int:pk}", response=MemberOut)
def member(request: ApiRequest, pk: int) -> Membership:
    """Show a membership."""
    return get_object_or_404(queries.members(request.auth), pk=pk)


step_endpoints(router, MEMBERS, Membership, queries.members, MemberOut)
