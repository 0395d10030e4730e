"""The plenary of the demonstration, which votes before a licence is granted."""

from __future__ import annotations

from datetime import date

from mumpuni.access.roles import Role
from mumpuni.kernel.workflow import perform
from mumpuni.licensing.models import LicenceApplication
from mumpuni.plenary import actions
from mumpuni.plenary.models import Ballot, Meeting
from mumpuni.simulation.demo.cast import Authority, noon


def carry(authority: Authority, application: LicenceApplication, on: date) -> None:
    """Let the plenary meet on a day and agree to an application."""
    officer, at = authority[Role.LICENSING_OFFICER], noon(on)
    keys = [account.user.pk for account in authority.plenary]
    meeting = Meeting(held_on=on, place="Ruang Sidang BNSP (simulasi)", chair_id=keys[0])
    actions.plan(meeting, keys, officer, at=at)
    body = application.organisation_id
    item = actions.list_item(application, "grant", body, meeting, officer, at=at)
    actions.mark_present(meeting, keys, officer, at=at)
    perform(meeting, "open", officer, at=at)
    for account in authority.plenary:
        actions.cast(item, Ballot.Choice.YES, "", account.person, at=at)
    perform(item, "decide", officer, at=at)
    perform(meeting, "close", officer, at=at)
