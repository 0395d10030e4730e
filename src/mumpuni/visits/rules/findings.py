"""When a finding is answered, verified, overdue."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access.person import Person
from mumpuni.access.roles import Permission
from mumpuni.access.rules import belongs_to
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.workflow import Attempt
from mumpuni.visits.models import Finding, Visit
from mumpuni.visits.rules.teams import of_the_visiting_team
from mumpuni.visits.rules.ties import is_tied

GUIDE: Final = "LSP-guide, sumber sekunder"
MAJOR_DAYS = Policy(
    name="visits.major_days",
    label=gettext_lazy("Batas waktu memperbaiki temuan mayor"),
    unit=gettext_lazy("hari"),
    default=30,
    source=GUIDE,
)
MINOR_DAYS = Policy(
    name="visits.minor_days",
    label=gettext_lazy("Batas waktu memperbaiki temuan minor"),
    unit=gettext_lazy("hari"),
    default=90,
    source=GUIDE,
)
RETURN_DAYS = Policy(
    name="visits.return_days",
    label=gettext_lazy("Waktu paling sedikit sesudah perbaikan dikembalikan"),
    unit=gettext_lazy("hari"),
    default=14,
    source="rancangan",
)
DAYS: Final[dict[str, Policy]] = {
    Finding.Grade.MAJOR: MAJOR_DAYS,
    Finding.Grade.MINOR: MINOR_DAYS,
}


def last_day_for(grade: str, day: date) -> date | None:
    """Return the last day to mend a finding told on a day; an observation has none."""
    limit = DAYS.get(grade)
    return None if limit is None else day + timedelta(days=limit.on(day))


def due_after_return(due_on: date | None, day: date) -> date | None:
    """Return the last day once an answer came back: never so soon that nobody can act."""
    return due_on and max(due_on, day + timedelta(days=RETURN_DAYS.on(day)))


def visit_running(finding: Finding, attempt: Attempt) -> None:
    """N-16: findings are written by the team while the visit runs, on items of its instrument."""
    if finding.visit.state != Visit.State.RUNNING:
        raise Refused(_("Temuan ditulis selama kunjungan berlangsung."), code="N-16")
    if finding.item and finding.visit.instrument.item(finding.item) is None:
        raise Refused(_("Butir ini tidak ada dalam instrumen."), code="N-16")
    of_the_visiting_team(finding.visit, attempt)


def answer_complete(finding: Finding, _attempt: Attempt) -> None:
    """N-10: an answer tells the cause and what was done; that of a major finding shows it."""
    if not finding.root_cause.strip() or not finding.correction.strip():
        raise Refused(_("Isi akar masalah dan tindakan perbaikan."), code="N-10")
    kept = [one for one in finding.evidence.all() if one.withdrawn_at is None]
    if finding.grade == Finding.Grade.MAJOR and not kept:
        raise Refused(
            _("Temuan mayor dijawab dengan bukti: unggah sedikitnya satu berkas."), code="N-10"
        )


def verifier_untied(finding: Finding, attempt: Attempt) -> None:
    """N-11: an answer is judged by the team or an officer, and by nobody tied to the body."""
    organisation, actor = finding.visit.organisation, attempt.actor
    user_id = actor.user_id if isinstance(actor, Person) else None
    if belongs_to(organisation, attempt) or (
        user_id is not None and is_tied(user_id, organisation, attempt.on)
    ):
        raise Refused(
            _("Anda terikat dengan lembaga ini; mintalah rekan lain menilainya."), code="N-11"
        )
    if not actor.can(Permission.VISIT_PLAN, finding.visit):
        of_the_visiting_team(finding.visit, attempt)


def overdue(finding: Finding, attempt: Attempt) -> None:
    """N-14: a finding lapses after its last day only."""
    if finding.due_on is None or attempt.on <= finding.due_on:
        raise Refused(_("Tenggat temuan ini belum lewat."), code="N-14")


def is_observation(finding: Finding, _attempt: Attempt) -> None:
    """N-19: only an observation is closed without an answer."""
    if finding.grade != Finding.Grade.OBSERVATION:
        raise Refused(_("Temuan mayor dan minor ditutup sesudah dijawab."), code="N-19")
