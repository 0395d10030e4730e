"""The life of a meeting and of what stands on its agenda."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.kernel.workflow import Edit, Step, Wait, Workflow
from mumpuni.plenary import actions, rules
from mumpuni.plenary.models import AgendaItem, Meeting

M = Meeting.State
AHEAD = frozenset({M.PLANNED, M.OPEN})

Meeting.workflow = Workflow(
    begun_by=P.MEETING_MANAGE,
    reads=("chair",),
    prefetches=("members__user", "items"),
    edits=(
        Edit(
            name="invitation",
            permission=P.MEETING_MANAGE,
            while_in=frozenset({M.PLANNED}),
            fields=Meeting.EDITABLE,
        ),
        Edit(name=actions.MEMBERS, permission=P.MEETING_MANAGE, while_in=frozenset({M.PLANNED})),
        Edit(name=actions.PRESENCE, permission=P.MEETING_MANAGE, while_in=AHEAD),
        Edit(name=actions.AGENDA, permission=P.MEETING_MANAGE, while_in=AHEAD),
        Edit(
            name="minutes",
            permission=P.MEETING_MANAGE,
            while_in=frozenset({M.OPEN}),
            fields=("minutes_note",),
        ),
    ),
    steps=(
        Step(
            name="open",
            label=_("Buka sidang"),
            source=frozenset({M.PLANNED}),
            target=M.OPEN,
            permission=P.MEETING_MANAGE,
            rules=(rules.quorum, rules.chair_present, rules.appeal_committee),
            effects=(actions.number, actions.exclude_the_tied),
        ),
        Step(
            name="close",
            label=_("Tutup sidang"),
            source=frozenset({M.OPEN}),
            target=M.CLOSED,
            permission=P.MEETING_MANAGE,
            rules=(rules.nothing_left,),
            effects=(actions.date_closing,),
            together=(actions.issue_minutes,),
        ),
        Step(
            name="cancel",
            label=_("Batalkan sidang"),
            source=frozenset({M.PLANNED}),
            target=M.CANCELLED,
            permission=P.MEETING_MANAGE,
            effects=(actions.postpone_all,),
            needs_note=True,
            danger=True,
            confirmation=_("Butir agendanya ditunda dan dapat diagendakan dalam sidang lain."),
        ),
    ),
)

S = AgendaItem.State
LISTED = frozenset({S.LISTED})

AgendaItem.workflow = Workflow(
    begun_by=P.MEETING_MANAGE,
    reads=("meeting", "organisation"),
    prefetches=("meeting__members__user", "ballots"),
    waits={S.LISTED: Wait(label=_("Pemungutan suara"), permission=P.MEETING_VOTE)},
    edits=(
        Edit(
            name=actions.BALLOT,
            permission=P.MEETING_VOTE,
            while_in=LISTED,
            rules=(rules.in_open_meeting, rules.not_excluded, rules.once, rules.member_present),
        ),
    ),
    steps=(
        Step(
            name="decide",
            label=_("Hitung suara"),
            source=LISTED,
            target=S.DECIDED,
            permission=P.MEETING_MANAGE,
            rules=(
                rules.in_open_meeting,
                rules.all_have_voted,
                rules.quorum_of_the_free,
                rules.whole_committee_votes,
            ),
            effects=(actions.count,),
        ),
        Step(
            name="postpone",
            label=_("Tunda"),
            source=LISTED,
            target=S.POSTPONED,
            permission=P.MEETING_MANAGE,
            needs_note=True,
        ),
        Step(
            name="drop",
            label=_("Cabut dari agenda"),
            source=LISTED,
            target=S.DROPPED,
            permission=P.MEETING_MANAGE,
            needs_note=True,
        ),
    ),
)
