"""The figures of a year as the authority reports them, each with the rows it counts.

Pages, endpoints and the replay of a year ask the same functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import CharField, Count, IntegerField, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Organisation
from mumpuni.kernel.workflow import Text
from mumpuni.licensing.models import BodyType, Licence, LicenceApplication, Sanction, Status
from mumpuni.licensing.queries import public_licences
from mumpuni.surveillance.models.programmes import FIRST_YEAR
from mumpuni.visits.models import Kind, Visit

__all__ = ["BY_KEY", "FIGURES", "FIRST_YEAR", "YearFigure", "body_of", "counted", "last_day"]

Application, ApplicationState = LicenceApplication.Kind, LicenceApplication.State


@dataclass(frozen=True)
class YearFigure:
    """A figure of a year: `rows` are what it counts."""

    key: str
    label: Text
    rows: Callable[[int], QuerySet[Any]]


def last_day(year: int) -> date:
    """Return the last day of a year, or today while it lasts."""
    return min(date(year, 12, 31), timezone.localdate())


def submitted(kind: str) -> Callable[[int], QuerySet[LicenceApplication]]:
    """Return what finds the applications of a kind that were submitted in a year."""
    return lambda year: _applications().filter(kind=kind, submitted_on__year=year)


def granted(kind: str) -> Callable[[int], QuerySet[LicenceApplication]]:
    """Return what finds the applications of a kind that were granted in a year."""
    return lambda year: _applications().filter(
        kind=kind, state=ApplicationState.GRANTED, decided_on__year=year
    )


def reported(kind: str) -> Callable[[int], QuerySet[Visit]]:
    """Return what finds the visits of a kind that were reported in a year."""
    return lambda year: Visit.objects.select_related("organisation").filter(
        kind=kind, state=Visit.State.REPORTED, reported_on__year=year
    )


def frozen(year: int) -> QuerySet[Sanction]:
    """Return the freezes that took effect in a year."""
    return Sanction.objects.select_related("licence__organisation").filter(
        kind=Sanction.Kind.FREEZE, imposed_at__isnull=False, effective_on__year=year
    )


def active(*types: str) -> Callable[[int], QuerySet[Licence]]:
    """Return what finds the licences of bodies of these types, active on a year's last day."""
    return lambda year: public_licences(last_day(year)).filter(
        Q(status=Status.ACTIVE), body_type__in=types
    )


def body_of(row: LicenceApplication | Visit | Sanction | Licence) -> Organisation:
    """Return whom a row of a figure is about; no query."""
    return row.licence.organisation if isinstance(row, Sanction) else row.organisation


def _applications() -> QuerySet[LicenceApplication]:
    return LicenceApplication.objects.select_related("organisation")


FIGURES: Final = (
    YearFigure("applications", _("Permohonan lisensi baru"), submitted(Application.NEW)),
    YearFigure("readiness_visits", _("Apresiasi"), reported(Kind.READINESS)),
    YearFigure("full_assessments", _("Asesmen penuh"), reported(Kind.ASSESSMENT)),
    YearFigure("witness_visits", _("Penyaksian uji"), reported(Kind.WITNESS)),
    YearFigure("new_licences", _("Lisensi baru"), granted(Application.NEW)),
    YearFigure("renewals_submitted", _("Relisensi diajukan"), submitted(Application.RENEWAL)),
    YearFigure("renewals_granted", _("Relisensi disetujui"), granted(Application.RENEWAL)),
    YearFigure("scope_changes", _("Perubahan ruang lingkup"), granted(Application.SCOPE)),
    YearFigure("surveillance_visits", _("Surveilans"), reported(Kind.SURVEILLANCE)),
    YearFigure("freezes", _("Pembekuan lisensi"), frozen),
    YearFigure("active", _("LSP aktif pada akhir tahun"), active(*BodyType)),
    YearFigure(
        "active_p1",
        _("LSP P1 aktif pada akhir tahun"),
        active(BodyType.P1_EDUCATION, BodyType.P1_INDUSTRY),
    ),
    YearFigure("active_p2", _("LSP P2 aktif pada akhir tahun"), active(BodyType.P2)),
    YearFigure("active_p3", _("LSP P3 aktif pada akhir tahun"), active(BodyType.P3)),
)
BY_KEY: Final = {figure.key: figure for figure in FIGURES}


def counted(years: Iterable[int]) -> dict[tuple[str, int], int]:
    """Return every figure of some years by key and year; one query."""
    counts = [_count(figure, year) for year in years for figure in FIGURES]
    return {(key, year): total for key, year, total in counts[0].union(*counts[1:], all=True)}


def _count(figure: YearFigure, year: int) -> QuerySet[Any, Any]:
    """Return one row of key, year and number."""
    counted: QuerySet[Any, Any] = (
        figure.rows(year)
        .order_by()
        .annotate(figure=Value(figure.key, CharField()), in_year=Value(year, IntegerField()))
        .values("figure", "in_year")
        .annotate(total=Count("pk"))
        .values_list("figure", "in_year", "total")
    )
    return counted
