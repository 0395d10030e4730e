"""Cases, obligations and appeals for tests, made by the real steps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.workflow import amend, perform
from mumpuni.licensing.models import Licence
from mumpuni.licensing.tests import make as licensing
from mumpuni.oversight import actions
from mumpuni.oversight.models import Appeal, Obligation, SanctionCase, affected
from mumpuni.plenary.tests import make as plenary
from mumpuni.visits.models import Kind
from mumpuni.visits.tests import make as visits

TODAY = date(2026, 6, 1)
K, S = SanctionCase.Kind, SanctionCase.State

_ordinals = count(1)


def noon(day: date) -> datetime:
    """Return noon in Jakarta on a day."""
    return datetime.combine(day, time(5), tzinfo=UTC)


def law_officer() -> Person:
    """Make somebody of the law desk; each call another one."""
    return access.person(Role.LAW_OFFICER, of=access.authority())


def administrator(of: Any) -> Person:
    return access.person(Role.BODY_ADMIN, of=of)


def committee_member() -> Person:
    return access.person(Role.APPEAL_MEMBER, of=access.authority())


def proposed(
    kind: str = K.FREEZE, licence: Licence | None = None, *, on: date = TODAY, **values: Any
) -> SanctionCase:
    """Propose a sanction on a licence, one of its own unless one is given."""
    facts: dict[str, Any] = {
        "ground": SanctionCase.Ground.MISPRINT,
        "reason": "Kesalahan dalam pencetakan sertifikat.",
        "months": 3 if kind == K.FREEZE else None,
    }
    found = Licence.objects.get(pk=(licence or licensing.licence()).pk)
    return actions.open_case(found, kind, facts | values, law_officer(), at=noon(on))


def in_review(
    kind: str = K.FREEZE, licence: Licence | None = None, *, on: date = TODAY, **values: Any
) -> SanctionCase:
    """Propose a sanction and send it to the review."""
    case = proposed(kind, licence, on=on, **values)
    perform(case, "to_review", law_officer(), at=noon(on))
    return case


def in_hearing(licence: Licence | None = None, *, on: date = TODAY) -> SanctionCase:
    """Make a case to which the body is asked to answer."""
    case = in_review(licence=licence, on=on)
    perform(case, "hear", law_officer(), at=noon(on))
    return case


def rule(case: SanctionCase, *, on: date = TODAY) -> None:
    """Rule on whatever is touched."""
    given = {one.group.value: {"fate": "finish", "note": ""} for one in affected(case.licence)}
    if given:
        actions.rule_on(case, given, law_officer(), at=noon(on))


def in_plenary(
    kind: str = K.FREEZE, licence: Licence | None = None, *, on: date = TODAY, **values: Any
) -> SanctionCase:
    """Make a case that waits for the vote, urgent, all that it touches ruled on."""
    case = in_review(kind, licence, on=on, **values)
    reviewer = law_officer()
    amend(case, {"opinion": "Dasar cukup.", "urgency": "Kerugian asesi."}, reviewer, at=noon(on))
    if case.touches_licence:
        rule(case, on=on)
    perform(case, "to_plenary", reviewer, at=noon(on))
    return case


def write_decree(case: SanctionCase, *, on: date = TODAY, **values: Any) -> None:
    """Write number and day of the decree."""
    facts = {"decree_number": f"KEP.{next(_ordinals):04d}/BNSP/VI/{on.year}", "effective_on": on}
    amend(case, facts | values, law_officer(), at=noon(on))


def decreed(
    kind: str = K.FREEZE, licence: Licence | None = None, *, on: date = TODAY, **decree: Any
) -> SanctionCase:
    """Make a case that was voted for and decreed."""
    case = in_plenary(kind, licence, on=on)
    return decree_it(case, on=on, **decree)


def decree_it(case: SanctionCase, *, on: date = TODAY, **decree: Any) -> SanctionCase:
    """Let the plenary vote for a case, and pass its decree."""
    plenary.carried(case, "sanction", noon(on))
    write_decree(case, on=on, **decree)
    perform(case, "decree", law_officer(), at=noon(on))
    return case


def prepared(case: SanctionCase, *, on: date = TODAY, **values: Any) -> Obligation:
    """Lay down an obligation with a case."""
    facts = {"kind": "statement", "text": "Surat pernyataan bermeterai.", "days": 14}
    return actions.prepare_obligation(case, facts | values, law_officer(), at=noon(on))


def obliged(licence: Licence | None = None, *, on: date = TODAY) -> Obligation:
    """Make an obligation that came into force with a freeze."""
    case = in_review(licence=licence, on=on)
    obligation = prepared(case, on=on)
    reviewer = law_officer()
    amend(case, {"opinion": "Dasar cukup.", "urgency": "Mendesak."}, reviewer, at=noon(on))
    rule(case, on=on)
    perform(case, "to_plenary", reviewer, at=noon(on))
    decree_it(case, on=on)
    return Obligation.objects.get(pk=obligation.pk)


def submit(obligation: Obligation, *, on: date = TODAY) -> None:
    """Let the body show how it fulfilled an obligation."""
    body = administrator(obligation.organisation)
    actions.attach_file(obligation, visits.photo("bukti.png"), body, at=noon(on))
    perform(obligation, "submit", body, at=noon(on))


def fulfil(obligation: Obligation, *, on: date = TODAY) -> None:
    """Let an obligation be fulfilled."""
    submit(obligation, on=on)
    perform(obligation, "fulfil", law_officer(), at=noon(on))


def check_again(licence: Licence, *, on: date = TODAY) -> None:
    """Let a team look at a body once more, and find nothing."""
    visits.reported_visit(licence, Kind.RECHECK, on=on)


def appealed(case: SanctionCase | None = None, *, on: date = TODAY) -> Appeal:
    """Let a body appeal against a decree."""
    against = case or decreed(on=on)
    body = against.organisation
    return actions.file_appeal(
        against, body.pk, "Sanksi tidak sebanding.", administrator(body), at=noon(on)
    )


def before_committee(case: SanctionCase | None = None, *, on: date = TODAY) -> Appeal:
    """Make an appeal that waits for its committee."""
    appeal = appealed(case, on=on)
    perform(appeal, "to_committee", law_officer(), at=noon(on))
    return appeal


def decide(appeal: Appeal, *, uphold: bool, on: date = TODAY) -> None:
    """Let the committee vote and decide; it is made of people who decided nothing before."""
    members = [access.member(Role.APPEAL_MEMBER) for _ in range(3)]
    meeting = plenary.opened(members, noon(on), kind="appeal")
    item = plenary.listed(appeal, "appeal", meeting, noon(on))
    plenary.vote(item, *["yes" if uphold else "no"] * 3, at=noon(on))
    perform(item, "decide", plenary.secretary(), at=noon(on))
    step = "uphold" if uphold else "dismiss"
    perform(appeal, step, committee_member(), at=noon(on), note="Putusan komite.")
