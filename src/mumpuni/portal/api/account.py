"""Endpoints of whoever holds the token; password, second factor and tokens stay in the browser."""

from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from mumpuni.access import actions
from mumpuni.access.models import Individual
from mumpuni.access.roles import Permission, Role
from mumpuni.api.auth import ApiRequest
from mumpuni.kernel.errors import NotPermitted

router = Router()


class AccountOut(Schema):
    """As whom the token acts, and what it may do."""

    name: str
    organisation: int | None
    organisation_name: str
    roles: list[Role]
    permissions: list[Permission]


class DocumentIn(Schema):
    """One's identity document, as the body has it on record."""

    document_kind: Individual.Document
    document_number: Annotated[str, Field(min_length=1, max_length=32)]


@router.get("/account", response=AccountOut)
def account(request: ApiRequest) -> AccountOut:
    """Tell as whom the token acts."""
    person = request.auth
    return AccountOut(
        name=person.name,
        organisation=person.organisation_id,
        organisation_name=person.organisation_name,
        roles=sorted(person.roles),
        permissions=[permission for permission in Permission if person.holds(permission)],
    )


@router.post("/account/identity", response={204: None})
def claim_identity(request: ApiRequest, body: DocumentIn) -> Status[None]:
    """Say which person on record you are, so that your assignments and certificates are found."""
    person = request.auth
    if person.user_id is None or not person.holds(Permission.CANDIDATE_APPLY):
        raise NotPermitted(_("Anda tidak berwenang mengubah ini."))
    actions.claim_individual(person.user_id, body.document_kind, body.document_number)
    return Status(204, None)
