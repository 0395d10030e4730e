"""What is required of appeals, and who does not decide what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.kernel.errors import Refused
from mumpuni.kernel.models import Event, Record
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.models import LicenceApplication
from mumpuni.oversight.models import Appeal, SanctionCase
from mumpuni.plenary.models import AgendaItem, Ballot
from mumpuni.plenary.rules import carried, rejected
from mumpuni.reference.queries.calendar import within_days

APPEAL_DAYS: Final = Policy(
    name="oversight.appeal_days",
    label=gettext_lazy("Waktu mengajukan banding"),
    unit=gettext_lazy("hari"),
    default=14,
    source="Pedoman LSP, sumber sekunder (O-12)",
)
DECISION_DAYS: Final = Policy(
    name="oversight.appeal_decision_days",
    label=gettext_lazy("Putusan banding"),
    unit=gettext_lazy("hari"),
    default=30,
    source="Pedoman LSP, sumber sekunder",
)
appeal_until = within_days(APPEAL_DAYS)
decision_until = within_days(DECISION_DAYS)


def decided_on(decision: Record | None) -> date | None:
    """Return the day of what may be appealed against; None where it may not be."""
    if isinstance(decision, SanctionCase):
        lifts = decision.kind == SanctionCase.Kind.LIFTING
        return None if lifts else decision.decreed_on
    refused = LicenceApplication.State.REFUSED
    if isinstance(decision, LicenceApplication) and decision.state == refused:
        return decision.decided_on
    return None


def last_day_to_appeal(decision: Record) -> date | None:
    """Return until when an appeal may be filed; None where none may."""
    day = decided_on(decision)
    return None if day is None else appeal_until(decision, day)


def in_time(appeal: Appeal, attempt: Attempt) -> None:
    """O-12: an appeal is filed against a decision of one's own body, in time."""
    decision = appeal.decision
    until = last_day_to_appeal(decision)
    if until is None or decision.organisation_id != appeal.organisation_id:
        raise Refused(_("Keputusan ini tidak dapat dibanding."), code="O-12")
    if attempt.on > until:
        raise Refused(
            _("Waktu banding berakhir pada %s.") % date_format(until, "DATE_FORMAT"), code="O-12"
        )


def vote_upholds(appeal: Appeal, _attempt: Attempt) -> None:
    """O-14: an appeal is upheld after its committee voted for it (P-08)."""
    carried(appeal.newest_vote)


def vote_dismisses(appeal: Appeal, _attempt: Attempt) -> None:
    """O-14: an appeal is dismissed after its committee voted against it (P-08)."""
    rejected(appeal.newest_vote)


def who_decided_before(item: AgendaItem, users: Collection[int], _day: date) -> Mapping[int, str]:
    """O-13: nobody decides on an appeal who had a hand in the decision or voted on it."""
    case = item.case
    if not isinstance(case, Appeal):
        return {}
    voted = Ballot.objects.filter(
        item__case_kind=case.case_kind, item__case_id=case.case_id, user__in=users
    ).exclude(choice=Ballot.Choice.EXCLUDED)
    of_it = Q(subject=case.case_kind, subject_id=case.case_id)
    reason = _("Ikut dalam keputusan yang dibanding.")
    return dict.fromkeys({*_hands(of_it, users), *voted.values_list("user", flat=True)}, reason)


def who_prepared(item: AgendaItem, users: Collection[int], _day: date) -> Mapping[int, str]:
    """O-03: whoever prepared a sanction does not vote on it."""
    if item.case_kind != SanctionCase._meta.label_lower:
        return {}
    of_it = Q(subject=item.case_kind, subject_id=item.case_id)
    return dict.fromkeys(_hands(of_it, users), _("Ikut menyiapkan perkara ini."))


def _hands(of_it: Q, users: Collection[int]) -> set[int]:
    """Return which users stand in the trail of a record; one query."""
    keys = {f"user:{user}": user for user in users}
    actors = Event.objects.filter(of_it, actor__in=keys).values_list("actor", flat=True)
    return {keys[actor] for actor in actors}
