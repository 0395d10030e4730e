"""The surveillance programme of the year, approved, with its first visits planned."""

from __future__ import annotations

from datetime import date

from mumpuni.access.roles import Role
from mumpuni.kernel.workflow import begin, perform
from mumpuni.simulation.demo.cast import Authority, noon
from mumpuni.surveillance import actions
from mumpuni.surveillance.models import Programme

BUDGET, PLANNED = 4, 2


def carry_out(authority: Authority, today: date) -> None:
    """Rank the bodies, approve a programme and plan the first of its visits."""
    officer, at = authority[Role.SURVEILLANCE_OFFICER], noon(today)
    actions.assess(today)
    programme = Programme(
        year=today.year, budget=BUDGET, note="Program simulasi: LSP dan angkanya bukan sebenarnya."
    )
    begin(programme, officer, at=at)
    perform(programme, "approve", officer, at=at)
    actions.plan_first(programme, PLANNED, today, date(today.year, 12, 31), officer, at=at)
