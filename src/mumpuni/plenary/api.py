"""Endpoints of meetings and votes."""

from datetime import date, datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from ninja.pagination import paginate
from ninja.responses import Status

from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Key, Pages, SearchText
from mumpuni.api.steps import step_endpoints
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid
from mumpuni.plenary import actions, queries
from mumpuni.plenary.models import AgendaItem, Ballot, Meeting, Member

router = Router()

MOST_MEMBERS = 100
Users = Annotated[list[Key], Field(max_length=MOST_MEMBERS)]
Place = Annotated[str, Field(min_length=1, max_length=200)]


class MeetingOut(Schema):
    """A meeting; its number is given when it is opened."""

    id: int
    state: Meeting.State
    kind: Meeting.Kind
    number: str | None
    held_on: date
    place: str
    chair_id: int
    minutes_note: str
    opened_at: datetime | None
    closed_at: datetime | None


class SeatOut(Schema):
    """Somebody's seat."""

    user_id: int
    name: str
    present: bool

    @staticmethod
    def resolve_name(member: Member) -> str:
        return str(member.user)


class BallotOut(Schema):
    """A member's ballot; `choice` is null until the votes are counted."""

    user_id: int
    choice: Ballot.Choice | None
    reason: str | None
    cast_at: datetime


class AgendaItemOut(Schema):
    """A question about a record, and what the vote came to."""

    id: int
    state: AgendaItem.State
    meeting_id: int
    subject: str = Field(description="kind of record, as `licensing.licenceapplication`")
    subject_id: int
    question: str
    title: str
    organisation_id: int | None
    outcome: AgendaItem.Outcome | None
    decided_at: datetime | None

    @staticmethod
    def resolve_subject(item: AgendaItem) -> str:
        return item.case_kind

    @staticmethod
    def resolve_subject_id(item: AgendaItem) -> int:
        return item.case_id

    @staticmethod
    def resolve_outcome(item: AgendaItem) -> str | None:
        return item.outcome or None


class MeetingInFull(MeetingOut):
    """A meeting with members and agenda."""

    members: list[SeatOut]
    items: list[AgendaItemOut]


class AgendaItemInFull(AgendaItemOut):
    """An item with its ballots."""

    ballots: list[BallotOut]

    @staticmethod
    def resolve_ballots(item: AgendaItem, context: Any) -> list[dict[str, Any]]:
        return [
            {
                "user_id": ballot.user_id,
                "choice": ballot.choice if told else None,
                "reason": ballot.reason if told else None,
                "cast_at": ballot.cast_at,
            }
            for ballot, told in queries.Votable(item, context["request"].auth).ballots
        ]


class MeetingIn(Schema):
    """A meeting to plan; the chair is always a member."""

    kind: Meeting.Kind = Meeting.Kind.PLENARY
    held_on: date
    place: Place
    chair_id: Key
    member_ids: Users


class MeetingChange(Schema):
    """What may change of a meeting; after its opening only the note for the minutes."""

    held_on: date | None = None
    place: Place | None = None
    minutes_note: Annotated[str, Field(max_length=20_000)] | None = None


class UsersIn(Schema):
    """Users by key."""

    user_ids: Users


class ItemIn(Schema):
    """A record that waits for a vote."""

    subject: Annotated[str, Field(max_length=64)]
    subject_id: Key
    question: Annotated[str, Field(max_length=40)]


class BallotIn(Schema):
    """A vote; whoever withdraws says why."""

    choice: Ballot.Choice
    reason: Annotated[str, Field(max_length=1_000)] = ""


@router.get("/meetings", response=list[MeetingOut])
@paginate(Pages)
def meetings(
    request: ApiRequest,
    state: Meeting.State | None = None,
    kind: Meeting.Kind | None = None,
    q: SearchText = "",
) -> QuerySet[Meeting]:
    """List the meetings, the newest first; `q` is part of number, place or agenda."""
    found = queries.meetings(request.auth)
    if state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    return queries.search_meetings(found, q).order_by("-held_on", "-pk")


@router.get("/meetings/{int:pk}", response=MeetingInFull)
def meeting(request: ApiRequest, pk: int) -> Meeting:
    """Show a meeting with members and agenda."""
    return get_object_or_404(queries.meetings_in_full(request.auth), pk=pk)


@router.post("/meetings", response={201: MeetingInFull})
def plan(request: ApiRequest, body: MeetingIn) -> Status[Meeting]:
    """Plan a meeting."""
    given = body.model_dump(exclude={"member_ids"})
    made = actions.plan(Meeting(**given), body.member_ids, request.auth, at=timezone.now())
    return Status(201, meeting(request, made.pk))


@router.patch("/meetings/{int:pk}", response=MeetingInFull)
def amend_meeting(request: ApiRequest, pk: int, body: MeetingChange) -> Meeting:
    """Change a meeting, or write the note for its minutes."""
    given = body.model_dump(exclude_none=True)
    workflow.amend(meeting(request, pk), given, request.auth, at=timezone.now())
    return meeting(request, pk)


@router.put("/meetings/{int:pk}/members", response=MeetingInFull)
def seat(request: ApiRequest, pk: int, body: UsersIn) -> Meeting:
    """Give the seats of a planned meeting."""
    actions.seat(meeting(request, pk), body.user_ids, request.auth, at=timezone.now())
    return meeting(request, pk)


@router.put("/meetings/{int:pk}/presence", response=MeetingInFull)
def mark_present(request: ApiRequest, pk: int, body: UsersIn) -> Meeting:
    """Write down which members are there; all others are not."""
    actions.mark_present(meeting(request, pk), body.user_ids, request.auth, at=timezone.now())
    return meeting(request, pk)


@router.post("/meetings/{int:pk}/items", response={201: AgendaItemOut})
def put(request: ApiRequest, pk: int, body: ItemIn) -> Status[AgendaItem]:
    """Put a record that waits for a vote on the agenda."""
    record = meeting(request, pk)
    waiting = queries.asking(body.subject, body.question, body.subject_id, request.auth)
    if waiting is None:
        raise Invalid(_("Perkara ini tidak sedang menunggu keputusan sidang."), code="P-09")
    return Status(201, actions.put(waiting, record, request.auth, at=timezone.now()))


@router.get("/agenda-items", response=list[AgendaItemOut])
@paginate(Pages)
def items(
    request: ApiRequest,
    state: AgendaItem.State | None = None,
    outcome: AgendaItem.Outcome | None = None,
    q: SearchText = "",
) -> QuerySet[AgendaItem]:
    """List what was or will be voted on, the newest first; `q` is part of the title."""
    found = queries.items(request.auth)
    if state:
        found = found.filter(state=state)
    if outcome:
        found = found.filter(outcome=outcome)
    return queries.search_items(found, q).order_by("-pk")


@router.get("/agenda-items/{int:pk}", response=AgendaItemInFull)
def item(request: ApiRequest, pk: int) -> AgendaItem:
    """Show an item with its ballots."""
    return get_object_or_404(queries.items(request.auth), pk=pk)


@router.post("/agenda-items/{int:pk}/ballots", response={201: BallotOut})
def cast(request: ApiRequest, pk: int, body: BallotIn) -> Status[Ballot]:
    """Vote; the answer says `excluded` where a tie keeps you from voting."""
    made = actions.cast(
        item(request, pk), body.choice, body.reason, request.auth, at=timezone.now()
    )
    return Status(201, made)


step_endpoints(router, "/meetings", Meeting, queries.meetings, MeetingOut)
step_endpoints(router, "/agenda-items", AgendaItem, queries.items, AgendaItemOut)
