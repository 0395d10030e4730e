"""What meetings decide by vote, and who does not vote: all on this page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.licensing.models import LicenceApplication
from mumpuni.oversight.rules import who_decided_before, who_prepared
from mumpuni.plenary.models import AgendaItem, Meeting, Question
from mumpuni.visits.rules import took_part

VOTES = [
    Question(
        kind="licensing.licenceapplication",
        name="grant",
        label=gettext_lazy("Permohonan lisensi"),
        state="plenary",
        of=lambda application: application.organisation_id,
    ),
    Question(
        kind="oversight.sanctioncase",
        name="sanction",
        label=gettext_lazy("Usulan sanksi"),
        state="plenary",
        of=lambda case: case.organisation_id,
    ),
    Question(
        kind="oversight.appeal",
        name="appeal",
        label=gettext_lazy("Banding"),
        state="committee",
        of=lambda appeal: appeal.organisation_id,
        by=Meeting.Kind.APPEAL,
    ),
]


def who_visited(item: AgendaItem, users: Collection[int], _day: date) -> Mapping[int, str]:
    """P-06: whoever visited for a case does not vote on it."""
    visited = took_part(item.case_kind, item.case_id, users)
    return dict.fromkeys(visited, _("Ikut dalam kunjungan untuk perkara ini."))


def who_assessed(item: AgendaItem, users: Collection[int], _day: date) -> Mapping[int, str]:
    """L-15: whoever assessed or witnessed an applicant does not vote on it."""
    case = item.case
    assessed = case.assessed_by if isinstance(case, LicenceApplication) else frozenset()
    took_part_in_it = {user for user in users if f"user:{user}" in assessed}
    return dict.fromkeys(took_part_in_it, _("Ikut menilai pemohon ini."))


EXCLUDING = (who_visited, who_assessed, who_prepared, who_decided_before)
