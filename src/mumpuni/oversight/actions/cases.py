"""Opening a case, ruling on what it touches, and what its decree does to the licence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from mumpuni.access.person import SYSTEM
from mumpuni.kernel.workflow import (
    Actor,
    Attempt,
    Changes,
    amend_parts,
    begin,
    perform,
    perform_all,
)
from mumpuni.licensing.actions import lifting, preparing
from mumpuni.licensing.models import Licence, Sanction
from mumpuni.oversight.models import Obligation, Ruling, SanctionCase

RULINGS: Final = "rulings"
K = SanctionCase.Kind


def open_case(
    licence: Licence, kind: str, values: Mapping[str, Any], actor: Actor, *, at: datetime
) -> SanctionCase:
    """Propose a sanction on a licence, or that its freeze be lifted."""
    lifts = kind == K.LIFTING
    case = SanctionCase(
        kind=kind,
        licence=licence,
        organisation_id=licence.organisation_id,
        sanction=licence.standing(Sanction.Kind.FREEZE) if lifts else None,
        simulated=licence.simulated,
        **values,
    )
    begin(case, actor, at=at)
    return case


def rule_on(
    case: SanctionCase, rulings: Mapping[str, Mapping[str, str]], actor: Actor, *, at: datetime
) -> None:
    """Say by group what becomes of it, `fate` and `note`, and keep how many there are now."""

    def change(locked: SanctionCase) -> Changes:
        counts = {one.group.value: one.count for one in locked.affected}
        before = [str(one) for one in locked.rulings.all()]
        after = [
            str(
                Ruling.objects.update_or_create(
                    case=locked, group=group, defaults={**given, "count": counts.get(group, 0)}
                )[0]
            )
            for group, given in rulings.items()
        ]
        return {RULINGS: ["; ".join(before), "; ".join(after)]} if before != after else {}

    amend_parts(case, RULINGS, change, actor, at=at)


def ask_the_body(case: SanctionCase, attempt: Attempt) -> None:
    case.heard_from = attempt.on


def date_decree(case: SanctionCase, attempt: Attempt) -> None:
    case.decreed_on = attempt.on


def take_effect(case: SanctionCase, attempt: Attempt) -> None:
    """Do to the licence what the decree says, from the day it names."""
    assert case.effective_on is not None, "O-07 has seen to it"
    if case.touches_licence:
        case.sanction = _impose(case, attempt)
    elif case.kind == K.LIFTING:
        assert case.sanction is not None, "a lifting is begun with what it lifts"
        end(case.licence, case.sanction, case.effective_on, case.reason, at=attempt.at)


def _impose(case: SanctionCase, attempt: Attempt) -> Sanction:
    licence, freezes = case.licence, case.kind == K.FREEZE
    values = {
        "kind": Sanction.Kind.FREEZE if freezes else Sanction.Kind.REVOCATION,
        "decree_number": case.decree_number,
        "effective_on": case.effective_on,
        "months": case.months,
        "reason": case.reason,
    }
    amend_parts(licence, "sanction", preparing(values), SYSTEM, at=attempt.at)
    perform(licence, "freeze" if freezes else "revoke", SYSTEM, at=attempt.at)
    return licence.sanctions.filter(decree_number=case.decree_number).latest("imposed_at")


def end(licence: Licence, sanction: Sanction, day: date, note: str, *, at: datetime) -> None:
    """End a sanction from a day on; the licence stands again as it does without it."""
    amend_parts(licence, "lifting", lifting(sanction, day, note), SYSTEM, at=at)
    step = "thaw" if sanction.kind == Sanction.Kind.FREEZE else "reinstate"
    if licence.state in licence.workflow[step].source:
        perform(licence, step, SYSTEM, at=at)


def raise_obligations(cases: Sequence[SanctionCase], attempt: Attempt) -> None:
    """Let what was prepared with the cases come into force."""
    perform_all(_prepared(cases), "raise", SYSTEM, at=attempt.at)


def discard_obligations(cases: Sequence[SanctionCase], attempt: Attempt) -> None:
    """Let what was prepared with cases that go no further be forgotten."""
    perform_all(_prepared(cases), "discard", SYSTEM, at=attempt.at)


def _prepared(cases: Sequence[SanctionCase]) -> list[Obligation]:
    rows = Obligation.objects.about(*cases).filter(state=Obligation.State.PREPARED)
    return list(rows)
