"""Reading meetings: what is planned, what was decided, what waits for a vote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from mumpuni.access.models import Membership, User
from mumpuni.access.roles import GRANTS, Permission
from mumpuni.access.scope import OwnedRecord
from mumpuni.kernel.models import Record
from mumpuni.kernel.workflow import Text
from mumpuni.plenary.models import QUESTIONS, AgendaItem, Ballot, Meeting, Member, Question

if TYPE_CHECKING:
    from mumpuni.access.person import Person

VOTING_ROLES = [role for role, granted in GRANTS.items() if Permission.MEETING_VOTE in granted]
AHEAD = (Meeting.State.PLANNED, Meeting.State.OPEN)


@dataclass(frozen=True)
class Waiting:
    """A record that waits for a vote, and the question."""

    record: OwnedRecord
    question: Question

    def __str__(self) -> str:
        return f"{self.question.label} · {self.record}"

    @property
    def address(self) -> str:
        """The record's page."""
        address: str = self.record.get_absolute_url()  # type: ignore[attr-defined] # what is voted on has one
        return address

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.question.kind}:{self.question.name}:{self.record.pk}"


@dataclass(frozen=True)
class Votable:
    """An item as somebody sees it: choices stay unseen until they are counted."""

    item: AgendaItem
    person: Person

    @property
    def is_open(self) -> bool:
        """Whether votes are being cast."""
        states = (self.item.meeting.state, self.item.state)
        return states == (Meeting.State.OPEN, AgendaItem.State.LISTED)

    @property
    def own(self) -> Ballot | None:
        """The reader's ballot."""
        return self.item.ballot_of(self.person.key)

    @property
    def may_vote(self) -> bool:
        """Whether the reader is asked to vote."""
        there = {f"user:{member.user_id}" for member in self.item.meeting.present}
        return (
            self.is_open
            and self.own is None
            and self.person.key in there
            and self.person.holds(Permission.MEETING_VOTE)
        )

    @property
    def choices(self) -> list[tuple[str, Text]]:
        """What takes one click."""
        return [one for one in Ballot.Choice.choices if one[0] != Ballot.Choice.EXCLUDED]

    @property
    def ballots(self) -> list[tuple[Ballot, bool]]:
        """Each ballot, and whether its choice is told."""
        return [(ballot, self._told(ballot)) for ballot in self.item.ballots.all()]

    @property
    def seats(self) -> list[tuple[Member, Ballot | None, bool]]:
        """Each member with their ballot, and whether its choice is told."""
        given = {ballot.user_id: (ballot, told) for ballot, told in self.ballots}
        return [
            (member, *given.get(member.user_id, (None, False)))
            for member in self.item.meeting.members.all()
        ]

    def _told(self, ballot: Ballot) -> bool:
        counted = self.item.state != AgendaItem.State.LISTED
        return counted or ballot.choice == Ballot.Choice.EXCLUDED or ballot == self.own


def meetings(person: Person) -> QuerySet[Meeting]:
    """Return the meetings a person may see, each with `item_count`."""
    return (
        Meeting.objects.visible_to(person)
        .select_related("chair")
        .annotate(item_count=Count("items"))
    )


def meetings_in_full(person: Person) -> QuerySet[Meeting]:
    """Return the same with members, agenda and ballots; five queries."""
    items = AgendaItem.objects.select_related("organisation").prefetch_related(_ballots())
    return meetings(person).prefetch_related(_members("members"), Prefetch("items", items))


def items(person: Person) -> QuerySet[AgendaItem]:
    """Return the items of agendas a person may see, with what their steps ask for."""
    return (
        AgendaItem.objects.visible_to(person)
        .select_related("meeting", "organisation")
        .prefetch_related(_members("meeting__members"), _ballots())
    )


def agendas(meetings: Iterable[Meeting]) -> dict[int, list[AgendaItem]]:
    """Return what stood on the agenda of each meeting, with ballots; two queries."""
    items = AgendaItem.objects.filter(meeting__in=meetings).select_related("organisation")
    found: defaultdict[int, list[AgendaItem]] = defaultdict(list)
    for item in items.prefetch_related(_ballots()):
        found[item.meeting_id].append(item)
    return found


def to_vote_on(meeting: Meeting, person: Person) -> list[Votable]:
    """Return the agenda of a meeting read in full, as a person sees it."""
    return [Votable(item, person) for item in meeting.items.all()]


def case_of(item: AgendaItem, person: Person) -> OwnedRecord | None:
    """Return the record that an item is about, as far as the person may see it; one query."""
    model = QUESTIONS[item.case_kind, item.question].model
    found: OwnedRecord | None = model.objects.visible_to(person).filter(pk=item.case_id).first()
    return found


def _members(path: str) -> Prefetch[str]:
    return Prefetch(path, Member.objects.select_related("user"))


def _ballots() -> Prefetch[str]:
    return Prefetch("ballots", Ballot.objects.select_related("user"))


def voters(on: date) -> QuerySet[User]:
    """Return who may be given a seat on a day, by name."""
    held = Membership.objects.in_force(on).filter(role__in=VOTING_ROLES, user=OuterRef("pk"))
    return User.objects.filter(Exists(held), is_active=True).order_by("name", "pk")


def members_of(meeting: Meeting) -> QuerySet[User]:
    """Return who has a seat, by name."""
    return User.objects.filter(pk__in=meeting.members.values("user")).order_by("name", "pk")


def votes_on(record: Record) -> QuerySet[AgendaItem]:
    """Return all votes on a record, newest first."""
    return AgendaItem.objects.about(record).select_related("meeting").order_by("-pk")


def questions_about(record: Record) -> list[Question]:
    """Return what a record waits for a vote on, as it stands."""
    return [
        question
        for question in QUESTIONS.values()
        if (question.kind, question.state) == (record.subject, record.state)
    ]


def asking(kind: str, name: str, pk: int, person: Person) -> Waiting | None:
    """Return a record that may be put to a vote, as far as the person may see it."""
    question = QUESTIONS.get((kind, name))
    record = question and _records(question, person).filter(pk=pk).first()
    return Waiting(record, question) if question and record else None


def waiting_for_agenda(person: Person, by: str) -> Iterator[Waiting]:
    """Yield what waits for a vote of such a meeting and stood on no agenda yet; oldest first.

    One query per question.
    """
    for question in QUESTIONS.values():
        if question.by == by:
            votes = AgendaItem.objects.filter(
                case_kind=question.kind,
                case_id=OuterRef("pk"),
                question=question.name,
                state__in=[AgendaItem.State.LISTED, AgendaItem.State.DECIDED],
            )
            for record in _records(question, person).exclude(Exists(votes)).order_by("pk"):
                yield Waiting(record, question)


def _records(question: Question, person: Person) -> QuerySet[Any]:
    found: QuerySet[Any] = question.model.objects.visible_to(person).filter(state=question.state)
    reads = question.model.workflow.reads
    return found.select_related(*reads) if reads else found


def search_meetings(rows: QuerySet[Meeting], text: str) -> QuerySet[Meeting]:
    """Keep those whose number, place or agenda has every word."""
    for word in text.split():
        about = AgendaItem.objects.filter(title__icontains=word).values("meeting")
        rows = rows.filter(Q(number__icontains=word) | Q(place__icontains=word) | Q(pk__in=about))
    return rows


def search_items(rows: QuerySet[AgendaItem], text: str) -> QuerySet[AgendaItem]:
    """Keep those whose title has every word."""
    for word in text.split():
        rows = rows.filter(title__icontains=word)
    return rows


def ahead(person: Person, by: str) -> QuerySet[Meeting]:
    """Return the meetings whose agenda can still grow, the next one first."""
    return meetings(person).filter(kind=by, state__in=AHEAD).order_by("held_on", "pk")
