"""What cases ask of the visits made for them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from mumpuni.kernel.errors import Refused
from mumpuni.kernel.models import Record
from mumpuni.visits.models import Finding, Kind, TeamMember, Visit

G, S = Finding.Grade, Finding.State
UNSETTLED = Q(grade=G.MAJOR, state__in=[S.OPEN, S.ANSWERED, S.LAPSED]) | Q(
    grade=G.MINOR, state__in=[S.OPEN, S.LAPSED]
)
TAKEN_PART = (Visit.State.ASSIGNED, Visit.State.RUNNING, Visit.State.REPORTED)


def check_visited(record: Record, kind: str) -> None:
    """N-20: the newest reported visit of a kind recommends it, or all that it found is closed."""
    reported = Visit.objects.about(record).filter(kind=kind, state=Visit.State.REPORTED)
    newest = reported.order_by("-reported_on", "-pk").first()
    label = str(Kind(kind).label)
    if newest is None:
        raise Refused(_("Belum ada laporan kunjungan: %s.") % label, code="N-20")
    if newest.recommendation == Visit.Recommendation.POSITIVE:
        return
    findings = newest.findings.exclude(grade=G.OBSERVATION).exclude(state=S.WITHDRAWN)
    states = set(findings.values_list("state", flat=True))
    if states != {S.CLOSED}:
        raise Refused(
            _("Kunjungan belum merekomendasikan dan temuannya belum ditutup: %s.") % label,
            code="N-20",
        )


def check_findings_settled(record: Record) -> None:
    """N-21: no major finding is left open, and every minor one is answered at least."""
    count = Finding.objects.about(record).filter(UNSETTLED).count()
    if count:
        raise Refused(_("Temuan yang belum terselesaikan: %d.") % count, code="N-21")


def took_part(case_kind: str, case_id: int, users: Collection[int]) -> set[int]:
    """Return who of some users was of the team of a visit made for a case; one query."""
    of_teams = TeamMember.objects.filter(
        visit__case_kind=case_kind,
        visit__case_id=case_id,
        visit__state__in=TAKEN_PART,
        assessor__individual__user__in=users,
    )
    return set(of_teams.values_list("assessor__individual__user", flat=True))
