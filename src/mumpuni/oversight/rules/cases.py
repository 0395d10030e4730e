"""What is required of sanction cases; docs/rules/oversight.md has the texts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.kernel.errors import Refused
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.models import Licence
from mumpuni.oversight.models import SanctionCase
from mumpuni.plenary.rules import carried, rejected
from mumpuni.reference.queries.calendar import within

REVIEW_DAYS: Final = Policy(
    name="oversight.review_days",
    label=gettext_lazy("Telaah hukum atas usulan sanksi"),
    unit=gettext_lazy("hari kerja"),
    default=10,
    source="rancangan",
)
HEARING_DAYS: Final = Policy(
    name="oversight.hearing_days",
    label=gettext_lazy("Tanggapan LSP atas usulan sanksi"),
    unit=gettext_lazy("hari kerja"),
    default=14,
    source="rancangan (O-05)",
)
K, L = SanctionCase.Kind, Licence.State
# what a case of each kind finds
STANDING: Final[dict[str, Collection[str]]] = {
    K.WARNING: {L.ACTIVE, L.FROZEN},
    K.FREEZE: {L.ACTIVE},
    K.REVOCATION: {L.ACTIVE, L.FROZEN},
    K.LIFTING: {L.FROZEN},
}
hearing_due = within(HEARING_DAYS)


def licence_allows(case: SanctionCase, _attempt: Attempt) -> None:
    """O-01: a licence is frozen while active, lifted while frozen, revoked while either."""
    if case.licence.state not in STANDING[case.kind]:
        raise Refused(
            _("%(kind)s tidak dapat diputus: lisensi ini %(state)s.")
            % {
                "kind": case.get_kind_display(),
                "state": case.licence.get_state_display().lower(),
            },
            code="O-01",
        )


def proposal_complete(case: SanctionCase, _attempt: Attempt) -> None:
    """O-02: a proposal names ground and reason, that of a freeze its months too."""
    missing = [
        str(label)
        for label, given in (
            (_("dasar"), case.ground),
            (_("uraian alasan"), case.reason.strip()),
            (_("lama (bulan)"), case.kind != K.FREEZE or case.months),
        )
        if not given
    ]
    if missing:
        raise Refused(_("Lengkapi usulan: %s.") % ", ".join(missing), code="O-02")


def another_reviews(case: SanctionCase, attempt: Attempt) -> None:
    """O-03: whoever proposed a sanction does not review it."""
    if attempt.actor.key in case.proposed_by:
        raise Refused(_("Anda yang mengusulkan; mintalah rekan lain menelaahnya."), code="O-03")


def opinion_given(case: SanctionCase, _attempt: Attempt) -> None:
    """O-03: the review leaves an opinion."""
    if not case.opinion.strip():
        raise Refused(_("Tuliskan telaah hukum lebih dahulu."), code="O-03")


def touches_licence(case: SanctionCase, _attempt: Attempt) -> None:
    """O-04: rulings belong to a freeze or a revocation; nothing else touches anybody."""
    if not case.touches_licence:
        raise Refused(_("Perkara ini tidak menyentuh kegiatan LSP."), code="O-04")


def all_ruled_on(case: SanctionCase, _attempt: Attempt) -> None:
    """O-04: it is said what becomes of everybody and everything that is touched."""
    open_groups = [one.group for one in case.affected if one.group not in case.ruled]
    if open_groups:
        named = ", ".join(str(group.label).lower() for group in open_groups)
        raise Refused(_("Putuskan dahulu nasib %s.") % named, code="O-04")


def body_heard(case: SanctionCase, _attempt: Attempt) -> None:
    """O-05: the body is heard before a sanction, unless it is written why that could not wait."""
    if case.kind != K.LIFTING and case.heard_from is None and not case.urgency.strip():
        raise Refused(
            _("Dengarkan LSP lebih dahulu, atau tuliskan mengapa tidak dapat menunggu."),
            code="O-05",
        )


def not_lifting(case: SanctionCase, _attempt: Attempt) -> None:
    """O-05: nobody needs to be heard before a freeze is lifted."""
    if case.kind == K.LIFTING:
        raise Refused(_("Pencairan tidak memerlukan tanggapan LSP."), code="O-05")


def answer_given(case: SanctionCase, _attempt: Attempt) -> None:
    """O-05: an answer says something."""
    if not case.answer.strip():
        raise Refused(_("Tuliskan tanggapan lebih dahulu."), code="O-05")


def hearing_over(case: SanctionCase, attempt: Attempt) -> None:
    """O-05: a case goes on without the answer once its time is over."""
    assert case.heard_from is not None, "the step `hear` has set it"
    if attempt.on <= hearing_due(case, case.heard_from):
        raise Refused(_("Waktu tanggapan LSP belum habis."), code="O-05")


def vote_carried(case: SanctionCase, _attempt: Attempt) -> None:
    """O-06: a decree rests on a carried vote (P-08)."""
    carried(case.newest_vote)


def vote_rejected(case: SanctionCase, _attempt: Attempt) -> None:
    """O-06: a case ends without a decree after a rejected vote (P-08)."""
    rejected(case.newest_vote)


def decree_written(case: SanctionCase, attempt: Attempt) -> None:
    """O-07: a decree has number and first day, and says why it reaches back if it does."""
    if not case.decree_number.strip() or case.effective_on is None:
        raise Refused(_("Isi nomor SK dan hari mulai berlaku."), code="O-07")
    if case.effective_on < attempt.on and not case.early_reason.strip():
        raise Refused(
            _("SK berlaku sejak %s, sebelum hari ini: tuliskan alasannya.")
            % _written(case.effective_on),
            code="O-07",
        )


def obligations_settled(case: SanctionCase, _attempt: Attempt) -> None:
    """O-08: a freeze is lifted when all that it obliged to is fulfilled or waived."""
    left = case.remaining.obligations if case.remaining else 0
    if left:
        raise Refused(_("Kewajiban yang belum dipenuhi: %d.") % left, code="O-08")


def checked_again(case: SanctionCase, _attempt: Attempt) -> None:
    """O-09: a freeze is lifted after a visit since, no finding of the body being unsettled."""
    if case.remaining is None or case.sanction is None:
        return
    if not case.remaining.checks:
        raise Refused(
            _("Belum ada laporan pemeriksaan ulang atau surveilans sejak %s.")
            % _written(case.sanction.effective_on),
            code="O-09",
        )
    if case.remaining.findings:
        raise Refused(
            _("Temuan yang belum terselesaikan: %d.") % case.remaining.findings, code="O-09"
        )


def _written(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
