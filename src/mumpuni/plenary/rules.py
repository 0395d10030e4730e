"""What meetings and votes require; docs/rules/plenary.md has the texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access.models import Membership
from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.kernel.models import Record
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.workflow import Attempt
from mumpuni.plenary.models import QUESTIONS, AgendaItem, Ballot, Meeting, Question

QUORUM_PERCENT: Final = Policy(
    name="plenary.quorum_percent",
    label=gettext_lazy("Kuorum sidang: hadir lebih dari"),
    unit=gettext_lazy("persen anggota"),
    default=50,
    source="rancangan (P-01)",
)
APPEAL_MEMBERS: Final = Policy(
    name="plenary.appeal_members",
    label=gettext_lazy("Anggota komite banding"),
    unit=gettext_lazy("orang"),
    default=3,
    source="Pedoman LSP, sumber sekunder",
)

type Ground = Callable[[AgendaItem, Collection[int], date], Mapping[int, str]]


def of_the_body(item: AgendaItem, users: Collection[int], day: date) -> Mapping[int, str]:
    """Tell which users belong to the organisation that an item concerns."""
    held = Membership.objects.in_force(day).filter(
        organisation=item.organisation_id, user__in=users
    )
    reason = _("Anggota lembaga yang perkaranya diputus.")
    return dict.fromkeys(held.values_list("user", flat=True), reason)


GROUNDS: list[Ground] = [of_the_body]
"""Why users do not vote on an item on a day; `config/apps.py` adds what packages above know."""


def reasons_against(item: AgendaItem, users: Collection[int], day: date) -> dict[int, str]:
    """Return the users who do not vote on an item, each with the first reason found."""
    found: dict[int, str] = {}
    with translation.override("id"):
        for ground in GROUNDS:
            found = {**ground(item, users, day), **found}
    return found


def quorum(meeting: Meeting, attempt: Attempt) -> None:
    """P-01: a meeting is opened when enough of its members are there."""
    _check_quorum(len(meeting.present), len(meeting.members.all()), attempt)


def quorum_of_the_free(item: AgendaItem, attempt: Attempt) -> None:
    """P-01: a vote counts when enough of those who may vote on it did."""
    tally = item.tally
    excluded = tally[Ballot.Choice.EXCLUDED]
    voted = sum(tally.values()) - excluded
    _check_quorum(voted, len(item.meeting.members.all()) - excluded, attempt)


def _check_quorum(there: int, members: int, attempt: Attempt) -> None:
    percent = QUORUM_PERCENT.on(attempt.on)
    if there * 100 <= members * percent:
        raise Refused(
            _(
                "Kuorum belum tercapai: %(there)d dari %(members)d anggota, harus lebih dari %(n)d%%."
            )
            % {"there": there, "members": members, "n": percent},
            code="P-01",
        )


def nothing_left(meeting: Meeting, attempt: Attempt) -> None:
    """P-02: a meeting ends when nothing on its agenda is left open."""
    left = [item for item in meeting.items.all() if item.state == AgendaItem.State.LISTED]
    if left:
        raise Refused(
            _("Putuskan, tunda, atau cabut dahulu butir yang tersisa: %s.")
            % "; ".join(map(str, left)),
            code="P-02",
        )


def in_open_meeting(item: AgendaItem, attempt: Attempt) -> None:
    """P-03: votes are cast and counted while the meeting is open."""
    if item.meeting.state != Meeting.State.OPEN:
        raise Refused(_("Sidang tidak sedang berlangsung."), code="P-03")


def all_have_voted(item: AgendaItem, attempt: Attempt) -> None:
    """P-04: a vote is counted when every member who is there has voted or is excluded."""
    voted = {ballot.user_id for ballot in item.ballots.all()}
    awaited = [str(member) for member in item.meeting.present if member.user_id not in voted]
    if awaited:
        raise Refused(_("Belum memberi suara: %s.") % ", ".join(awaited), code="P-04")


def not_excluded(item: AgendaItem, attempt: Attempt) -> None:
    """P-06: whoever has a tie with what is decided does not vote on it."""
    ballot = item.ballot_of(attempt.actor.key)
    if ballot is not None and ballot.choice == Ballot.Choice.EXCLUDED:
        raise Refused(_("Anda tidak ikut memutus perkara ini: %s") % ballot.reason, code="P-06")


def once(item: AgendaItem, attempt: Attempt) -> None:
    """P-05: a member has one ballot and does not take it back."""
    if item.ballot_of(attempt.actor.key) is not None:
        raise Refused(_("Anda sudah memberi suara; suara tidak dapat diubah."), code="P-05")


def member_present(item: AgendaItem, attempt: Attempt) -> None:
    """P-05: members vote who are there."""
    if attempt.actor.key not in {f"user:{member.user_id}" for member in item.meeting.present}:
        raise Refused(_("Hanya anggota sidang yang hadir memberi suara."), code="P-05")


def check_withdrawal(choice: str, reason: str) -> None:
    """P-06: whoever withdraws from a vote says why."""
    if choice == Ballot.Choice.EXCLUDED and not reason:
        problem = _("Tuliskan ikatan Anda dengan perkara ini.")
        raise Invalid(problem, code="P-06", fields={"reason": [problem]})


def appeal_committee(meeting: Meeting, attempt: Attempt) -> None:
    """P-07: an appeal is decided by a committee of a set number."""
    wanted = APPEAL_MEMBERS.on(attempt.on)
    if meeting.kind == Meeting.Kind.APPEAL and len(meeting.present) != wanted:
        raise Refused(_("Komite banding bersidang dengan tepat %d anggota.") % wanted, code="P-07")


def whole_committee_votes(item: AgendaItem, attempt: Attempt) -> None:
    """P-07: nobody of the committee is excluded from an appeal."""
    if item.meeting.kind == Meeting.Kind.APPEAL and item.tally[Ballot.Choice.EXCLUDED]:
        raise Refused(
            _("Ada anggota komite yang terikat; tunda butir ini sampai ia digantikan."), code="P-07"
        )


def carried(newest: AgendaItem | None) -> None:
    """P-08: the newest vote on a question is for it."""
    _check_outcome(newest, AgendaItem.Outcome.CARRIED, _("disetujui"))


def rejected(newest: AgendaItem | None) -> None:
    """P-08: the newest vote on a question is against it."""
    _check_outcome(newest, AgendaItem.Outcome.REJECTED, _("ditolak"))


def _check_outcome(newest: AgendaItem | None, outcome: str, word: str) -> None:
    if newest is None:
        raise Refused(_("Perkara ini belum diputus dalam sidang."), code="P-08")
    if newest.outcome != outcome:
        raise Refused(
            _("Langkah ini menuntut perkara %(word)s; hasil sidang: %(outcome)s.")
            % {"word": word, "outcome": newest.get_outcome_display()},
            code="P-08",
        )


def waits_for_vote(record: Record, question: str, meeting: Meeting) -> Question:
    """P-09: on an agenda comes what waits for a vote of such a meeting."""
    found = QUESTIONS.get((record.subject, question))
    if found is None or record.state != found.state:
        raise Refused(_("Perkara ini tidak sedang menunggu keputusan sidang."), code="P-09")
    if meeting.kind != found.by:
        raise Refused(_("Perkara ini diputus oleh %s.") % Meeting.Kind(found.by).label, code="P-09")
    return found


def chair_present(meeting: Meeting, attempt: Attempt) -> None:
    """P-10: a meeting is led by one of its members who is there."""
    if meeting.chair_id not in {member.user_id for member in meeting.present}:
        raise Refused(_("Pimpinan sidang harus anggota yang hadir."), code="P-10")


def check_may_vote(users: Collection[int], voters: Collection[int]) -> None:
    """P-11: seats go to those whose role gives them a vote."""
    if not set(users) <= set(voters):
        problem = _("Pilih anggota dari pemegang hak suara.")
        raise Invalid(problem, code="P-11", fields={"members": [problem]})


def check_seated(users: Collection[int], meeting: Meeting) -> None:
    """P-11: those who are there as members have a seat."""
    if not set(users) <= {member.user_id for member in meeting.members.all()}:
        problem = _("Hanya anggota sidang yang dicatat hadir.")
        raise Invalid(problem, code="P-11", fields={"present": [problem]})
