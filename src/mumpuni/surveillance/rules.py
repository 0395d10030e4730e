"""What a programme needs to be approved, filled and closed."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.kernel.workflow import Attempt
from mumpuni.surveillance.models import PlannedVisit, Programme
from mumpuni.visits.models import Visit


def year_to_come(programme: Programme, attempt: Attempt) -> None:
    """U-01: a programme is made for the year that lasts or the next."""
    if not attempt.on.year <= programme.year <= attempt.on.year + 1:
        raise Refused(_("Program disusun untuk tahun ini atau tahun depan."), code="U-01")


def year_not_over(programme: Programme, attempt: Attempt) -> None:
    """U-01: a programme is approved while its year is not over."""
    if attempt.on.year > programme.year:
        raise Refused(_("Tahun program ini sudah lewat."), code="U-01")


def all_seen_to(programme: Programme, _attempt: Attempt) -> None:
    """U-05: each body was visited and reported on, or was given up with a reason."""
    left = [one for one in programme.entries.all() if not _is_settled(one)]
    if left:
        raise Refused(
            _("Belum dikunjungi dan belum diberi alasan: %(bodies)s (%(count)d).")
            % {
                "bodies": ", ".join(str(one.licence.organisation) for one in left[:3]),
                "count": len(left),
            },
            code="U-05",
        )


def _is_settled(entry: PlannedVisit) -> bool:
    reported = entry.visit is not None and entry.visit.state == Visit.State.REPORTED
    return bool(entry.dropped_because) or reported


def check_room(programme: Programme) -> None:
    """U-03: no more bodies are visited than the budget allows."""
    taken = sum(not one.dropped_because for one in programme.entries.all())
    if taken >= programme.budget:
        raise Refused(
            _("Anggaran %d kunjungan sudah terisi; lepaskan satu LSP lebih dahulu.")
            % programme.budget,
            code="U-03",
        )


def check_reason(reason: str) -> str:
    """U-03, U-05: whoever is added or given up beside the ranking has a reason."""
    given = reason.strip()
    if not given:
        problem = _("Tuliskan alasannya.")
        raise Invalid(problem, code="U-03", fields={"reason": [problem]})
    return given


def check_open(entry: PlannedVisit) -> None:
    """U-04: a body is visited once in a programme, unless its visit was cancelled."""
    if not entry.is_open:
        raise Refused(
            _("Kunjungan ke %s sudah direncanakan atau ditiadakan.") % entry.licence.organisation,
            code="U-04",
        )


def check_days(programme: Programme, first: date, last: date) -> None:
    """U-04: visits lie within the year of their programme, the first day before the last."""
    if last < first:
        raise _wrong_day(_("Hari terakhir mendahului hari pertama."))
    if {first.year, last.year} != {programme.year}:
        raise _wrong_day(_("Kunjungan dilakukan dalam tahun programnya."))


def _wrong_day(problem: str) -> Invalid:
    return Invalid(problem, code="U-04", fields={"last": [problem]})
