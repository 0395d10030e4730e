"""The plenary of the demonstration, which votes on licences and sanctions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mumpuni.access.roles import Role
from mumpuni.access.scope import OwnedRecord
from mumpuni.kernel.workflow import perform
from mumpuni.plenary import actions
from mumpuni.plenary.models import QUESTIONS, Ballot, Meeting
from mumpuni.simulation.demo.cast import Authority, noon


def carry(authority: Authority, record: OwnedRecord, question: str, on: date) -> None:
    """Let the plenary meet on a day and agree to what is asked about a record."""
    carry_all(authority, [record], question, on)


def carry_all(
    authority: Authority, records: Sequence[OwnedRecord], question: str, on: date
) -> None:
    """Let the plenary meet on a day and agree to what is asked about each of some records."""
    officer, at = authority[Role.LICENSING_OFFICER], noon(on)
    members = authority.everybody(Role.PLENARY_MEMBER)
    keys = [account.user.pk for account in members]
    meeting = Meeting(held_on=on, place="Ruang Sidang BNSP (simulasi)", chair_id=keys[0])
    actions.plan(meeting, keys, officer, at=at)
    concerned = QUESTIONS[records[0].subject, question].of
    items = [
        actions.list_item(one, question, concerned(one), meeting, officer, at=at) for one in records
    ]
    actions.mark_present(meeting, keys, officer, at=at)
    perform(meeting, "open", officer, at=at)
    for item in items:
        for account in members:
            actions.cast(item, Ballot.Choice.YES, "", account.person, at=at)
        perform(item, "decide", officer, at=at)
    perform(meeting, "close", officer, at=at)
