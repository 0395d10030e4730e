"""Planning meetings, putting records to a vote, voting."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from mumpuni.access.person import Person
from mumpuni.casework.actions import drafted, issue_documents
from mumpuni.casework.models import IssuedDocument
from mumpuni.kernel.errors import NotPermitted
from mumpuni.kernel.models import LONGEST_TITLE, Record
from mumpuni.kernel.numbering import take_one
from mumpuni.kernel.time import legal_day
from mumpuni.kernel.workflow import Actor, Attempt, Changes, amend_parts, begin, perform_all
from mumpuni.plenary import queries, rules
from mumpuni.plenary.documents import minutes_facts
from mumpuni.plenary.models import AgendaItem, Ballot, Meeting, Member
from mumpuni.plenary.queries import Waiting

MEMBERS: Final = "members"
PRESENCE: Final = "presence"
AGENDA: Final = "agenda"
BALLOT: Final = "ballot"
MARKS: Final = {Meeting.Kind.PLENARY: "PLENO", Meeting.Kind.APPEAL: "BANDING"}


@transaction.atomic
def plan(meeting: Meeting, members: Collection[int], actor: Actor, *, at: datetime) -> Meeting:
    """Plan a meeting with its members; the chair is one of them."""
    begin(meeting, actor, at=at)
    seat(meeting, members, actor, at=at)
    return meeting


def seat(meeting: Meeting, members: Collection[int], actor: Actor, *, at: datetime) -> None:
    """Give the seats of a meeting to these users and its chair."""
    wanted = {*members, meeting.chair_id}
    voters = queries.voters(legal_day(at)).in_bulk()

    def change(locked: Meeting) -> Changes:
        rules.check_may_vote(wanted, voters)
        seated = {member.user_id: member for member in locked.members.all()}
        if wanted == seated.keys():
            return {}
        locked.members.exclude(user__in=wanted).delete()
        Member.objects.bulk_create(
            Member(meeting=locked, user_id=user) for user in sorted(wanted - seated.keys())
        )
        return {MEMBERS: [_names(seated.values()), _names(voters[user] for user in wanted)]}

    amend_parts(meeting, MEMBERS, change, actor, at=at)


def mark_present(meeting: Meeting, users: Collection[int], actor: Actor, *, at: datetime) -> None:
    """Write down which members are there; all others are not."""

    def change(locked: Meeting) -> Changes:
        rules.check_seated(users, locked)
        before = locked.present
        if {member.user_id for member in before} == set(users):
            return {}
        locked.members.filter(user__in=users).update(present=True)
        locked.members.exclude(user__in=users).update(present=False)
        there = [member for member in locked.members.all() if member.user_id in users]
        return {PRESENCE: [_names(before), _names(there)]}

    amend_parts(meeting, PRESENCE, change, actor, at=at)


def _names(people: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, people)))


def list_item(  # noqa: PLR0913 - what is asked, about what, where, by whom
    record: Record,
    question: str,
    organisation_id: int | None,
    meeting: Meeting,
    actor: Actor,
    *,
    at: datetime,
) -> AgendaItem:
    """Put a record on the agenda of a meeting that is not over."""
    item = AgendaItem(
        meeting=meeting,
        case_kind=record.subject,
        case_id=record.pk,
        question=question,
        title=str(record)[:LONGEST_TITLE],
        organisation_id=organisation_id,
    )

    def change(locked: Meeting) -> Changes:
        rules.waits_for_vote(record, question, locked)
        begin(item, actor, at=at)
        if locked.state == Meeting.State.OPEN:
            _exclude(locked, [item], Attempt(actor, at))
        return {AGENDA: ["", str(item)]}

    amend_parts(meeting, AGENDA, change, actor, at=at)
    return item


def put(waiting: Waiting, meeting: Meeting, actor: Actor, *, at: datetime) -> AgendaItem:
    """Put what waits for a vote on an agenda."""
    record, question = waiting.record, waiting.question
    return list_item(record, question.name, question.of(record), meeting, actor, at=at)


def number(meeting: Meeting, attempt: Attempt) -> None:
    """Give a meeting the next number of its kind and year."""
    mark = MARKS[Meeting.Kind(meeting.kind)]
    ordinal = take_one(f"meeting/{mark}/{attempt.on.year}")
    meeting.number = f"{ordinal:03d}/{mark}/{attempt.on.year}"
    meeting.opened_at = attempt.at


def exclude_the_tied(meeting: Meeting, attempt: Attempt) -> None:
    """Write down at the opening who does not vote on what, and why."""
    listed = [item for item in meeting.items.all() if item.state == AgendaItem.State.LISTED]
    _exclude(meeting, listed, attempt)


def _exclude(meeting: Meeting, items: Collection[AgendaItem], attempt: Attempt) -> None:
    users = [member.user_id for member in meeting.members.all()]
    Ballot.objects.bulk_create(
        Ballot(
            item=item,
            user_id=user,
            choice=Ballot.Choice.EXCLUDED,
            reason=reason,
            cast_at=attempt.at,
        )
        for item in items
        for user, reason in rules.reasons_against(item, users, attempt.on).items()
    )


def date_closing(meeting: Meeting, attempt: Attempt) -> None:
    meeting.closed_at = attempt.at


def issue_minutes(meetings: Sequence[Meeting], attempt: Attempt) -> None:
    """Put the minutes on paper, for the authority alone."""
    agendas = queries.agendas(meetings)
    issue_documents(
        [
            drafted(
                meeting,
                kind=IssuedDocument.Kind.MINUTES,
                number=meeting.number or "",
                title=f"Risalah sidang {meeting.number}",
                facts=minutes_facts(meeting, agendas[meeting.pk]),
                organisation=None,
                on=attempt.on,
                simulated=any(
                    item.organisation is not None and item.organisation.simulated
                    for item in agendas[meeting.pk]
                ),
            )
            for meeting in meetings
        ]
    )


def postpone_all(meeting: Meeting, attempt: Attempt) -> None:
    """Postpone what a cancelled meeting leaves open."""
    listed = [item for item in meeting.items.all() if item.state == AgendaItem.State.LISTED]
    perform_all(listed, "postpone", attempt.actor, at=attempt.at, note=attempt.note)


def cast(item: AgendaItem, choice: str, reason: str, person: Person, *, at: datetime) -> Ballot:
    """Vote, or withdraw from the vote with a reason.

    Whoever got a tie since the meeting was opened is written down as excluded instead.
    """
    user = person.user_id
    if user is None:
        raise NotPermitted(_("Suara diberikan oleh orang."))
    given = reason.strip()
    rules.check_withdrawal(choice, given)
    ballot = Ballot(user_id=user, choice=choice, reason=given, cast_at=at)

    def change(locked: AgendaItem) -> Changes:
        tie = rules.reasons_against(locked, [user], legal_day(at)).get(user)
        if tie is not None:
            ballot.choice, ballot.reason = Ballot.Choice.EXCLUDED, tie
        ballot.item = locked
        ballot.save()
        return {BALLOT: ["", person.name]}  # the choice stays unseen until the count

    amend_parts(item, BALLOT, change, person, at=at)
    return ballot


def count(item: AgendaItem, attempt: Attempt) -> None:
    """Write down what the vote came to; a tie of votes rejects."""
    tally = item.tally
    won = tally[Ballot.Choice.YES] > tally[Ballot.Choice.NO]
    item.outcome = AgendaItem.Outcome.CARRIED if won else AgendaItem.Outcome.REJECTED
    item.decided_at = attempt.at
