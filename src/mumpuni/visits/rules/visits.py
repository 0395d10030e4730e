"""What a visit needs to begin and to be reported."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.kernel.errors import Refused
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.workflow import Attempt
from mumpuni.reference.queries.calendar import add_working_days
from mumpuni.visits.models import Answer, Finding, Visit

REPORT_DAYS = Policy(
    name="visits.report_days",
    label=gettext_lazy("Batas waktu melaporkan kunjungan sesudah hari terakhirnya"),
    unit=gettext_lazy("hari kerja"),
    default=10,
    source="rancangan",
)


def report_due(visit: Visit, _since: date) -> date:
    """Return the last day on which a visit is to be reported."""
    return add_working_days(visit.ends_on, REPORT_DAYS.on(visit.ends_on))


def all_impartial(visit: Visit, _attempt: Attempt) -> None:
    """N-06: every member has declared to be impartial."""
    silent = [str(one.assessor) for one in visit.team.all() if one.impartial_at is None]
    if silent:
        raise Refused(_("Belum menyatakan tidak berpihak: %s.") % ", ".join(silent), code="N-06")


def has_begun(visit: Visit, attempt: Attempt) -> None:
    """N-07: a visit does not begin before its first day."""
    if attempt.on < visit.starts_on:
        raise Refused(
            _("Kunjungan dimulai paling awal pada %s.") % date_format(visit.starts_on), code="N-07"
        )


def report_complete(visit: Visit, _attempt: Attempt) -> None:
    """N-08: all items are answered, what does not conform is a finding, and there is a conclusion."""
    answers = {one.item: one.verdict for one in visit.answers.all()}
    missing = [item.code for item in visit.instrument.items if item.code not in answers]
    if missing:
        raise Refused(_("Butir belum diisi: %s.") % ", ".join(missing), code="N-08")
    found = {one.item for one in visit.findings.all() if one.state == Finding.State.DRAFT}
    bare = [
        code
        for code, verdict in answers.items()
        if verdict == Answer.Verdict.NONCONFORMITY and code not in found
    ]
    if bare:
        raise Refused(
            _("Butir yang tidak sesuai belum punya temuan: %s.") % ", ".join(bare), code="N-08"
        )
    if not visit.summary.strip() or not visit.recommendation:
        raise Refused(_("Isi ringkasan dan rekomendasi."), code="N-08")
