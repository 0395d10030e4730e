"""Endpoints of policies and of the audit trail, for those who set and audit."""

from datetime import date, datetime
from typing import Annotated

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from ninja import Field, ModelSchema, Router, Schema, Status
from ninja.pagination import paginate

from mumpuni.access.actions import set_policy
from mumpuni.access.person import Person
from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Key, Pages, SearchText
from mumpuni.api.steps import step_endpoints
from mumpuni.kernel.models import Event, PolicyValue
from mumpuni.kernel.policy import Policy
from mumpuni.portal import readings

router = Router()
PATH, VALUES = "/policies", "/policy-values"
LARGEST_VALUE = 2**31 - 1


class PolicyOut(Schema):
    """A policy as it stands today; without `since`, by its default."""

    name: str = Field(alias="policy.name")
    label: str
    unit: str
    value: int
    source: str
    since: date | None

    @staticmethod
    def resolve_label(line: readings.PolicyLine) -> str:
        return str(line.policy.label)

    @staticmethod
    def resolve_unit(line: readings.PolicyLine) -> str:
        return str(line.policy.unit)


class PolicyValueOut(ModelSchema):
    """What a policy says from a day on; withdrawn it never holds."""

    class Meta:
        model = PolicyValue
        fields = ["id", "state", "name", "valid_from", "value", "source", "entered_by"]


class PolicyValueIn(Schema):
    """A value from a day on, and the text that sets it."""

    value: Annotated[int, Field(ge=0, le=LARGEST_VALUE)]
    valid_from: date
    source: Annotated[str, Field(min_length=1, max_length=300)]


class EventOut(ModelSchema):
    """A line of the audit trail: who did what to which record, and what it changed."""

    class Meta:
        model = Event
        fields = [
            "id",
            "at",
            "actor",
            "actor_name",
            "organisation_id",
            "subject",
            "subject_id",
            "step",
            "before",
            "after",
            "note",
            "changes",
        ]


def _declared(person: Person, name: str) -> Policy:
    if not readings.sees_policies(person) or name not in Policy.registered:
        raise Http404
    return Policy.registered[name]


@router.get(PATH, response=list[PolicyOut])
@paginate(Pages)
def policies(request: ApiRequest) -> list[readings.PolicyLine]:
    """List the policies as they stand today."""
    person = request.auth
    seen = readings.sees_policies(person)
    return readings.policy_lines(person, timezone.localdate()) if seen else []


@router.get(PATH + "/{name}", response=PolicyOut)
def policy(request: ApiRequest, name: SearchText) -> readings.PolicyLine:
    """Show a policy as it stands today."""
    declared = _declared(request.auth, name)
    return readings.policy_line(request.auth, declared, timezone.localdate())


@router.post(PATH + "/{name}/values", response={201: PolicyValueOut})
def set_value(request: ApiRequest, name: SearchText, body: PolicyValueIn) -> Status[PolicyValue]:
    """Set what a policy says from a day on."""
    declared = _declared(request.auth, name)
    given = body.model_dump()
    return Status(201, set_policy(declared.name, **given, by=request.auth, at=timezone.now()))


@router.get(VALUES, response=list[PolicyValueOut])
@paginate(Pages)
def policy_values(request: ApiRequest, name: SearchText = "") -> QuerySet[PolicyValue]:
    """List every value ever set, those of one policy with `name`."""
    found = readings.policy_values(request.auth)
    return found.filter(name=name) if name else found


step_endpoints(router, VALUES, PolicyValue, readings.policy_values, PolicyValueOut)


@router.get("/events", response=list[EventOut])
@paginate(Pages)
def events(  # noqa: PLR0913 - what one may ask for
    request: ApiRequest,
    *,
    subject: SearchText = "",
    subject_id: Key | None = None,
    actor: SearchText = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Event]:
    """List the audit trail, the newest first; `subject` is a kind of record, `actor` an account."""
    asked = {
        "subject": subject or None,
        "subject_id": subject_id,
        "actor": actor or None,
        "at__gte": since,
        "at__lt": until,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    return readings.events(request.auth).filter(**given).order_by("-at", "-pk")
