"""The signals of risk: what is measured of a body, how much it weighs, how it is explained.

A signal gives `weight * measure / (measure + half)` points: none where nothing is measured, half of
its weight at `half`, and never quite all of it, so that even the worst differ. The score of a body
is the sum of its points. Weights and halves are ours, to be set by the authority.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mumpuni.kernel.policy import Policy
from mumpuni.kernel.workflow import Text

type Facts = Mapping[str, int]

DESIGN: Final = "rancangan"
POINTS: Final = gettext_lazy("poin")


@dataclass(frozen=True, kw_only=True)
class Signal:
    """Something that speaks for a visit; `measure` and `explain` read whole numbers by name."""

    key: str
    label: Text
    weight: Policy
    half: Policy
    measure: Callable[[Facts], float]
    explain: Callable[[Facts], str]

    def points(self, facts: Facts, on: date) -> int:
        """Return what the facts add to the score by the weights of a day."""
        measured = max(self.measure(facts), 0)
        return round(self.weight.on(on) * measured / (measured + max(self.half.on(on), 1)))


@dataclass(frozen=True)
class Part:
    """A signal's part of a score, with the facts it rests on."""

    signal: Signal
    points: int
    facts: Facts

    @property
    def sentence(self) -> str:
        """The reason in the reader's language, numbers included."""
        return self.signal.explain(self.facts)

    @property
    def kept(self) -> dict[str, Any]:
        """How a table keeps it."""
        return {"signal": self.signal.key, "points": self.points, "facts": dict(self.facts)}


def _signal(  # noqa: PLR0913 - a line of the table below
    key: str,
    label: Text,
    *,
    weight: int,
    half: int,
    unit: Text,
    measure: Callable[[Facts], float],
    explain: Callable[[Facts], str],
) -> Signal:
    return Signal(
        key=key,
        label=label,
        weight=Policy(
            name=f"surveillance.weight_{key}",
            label=format_lazy("{}: {}", gettext_lazy("Bobot risiko"), label),
            unit=POINTS,
            default=weight,
            source=DESIGN,
        ),
        half=Policy(
            name=f"surveillance.half_{key}",
            label=format_lazy("{}: {}", gettext_lazy("Ukuran untuk separuh bobot risiko"), label),
            unit=unit,
            default=half,
            source=DESIGN,
        ),
        measure=measure,
        explain=explain,
    )


def _since_visit(facts: Facts) -> str:
    months = facts["months"]
    if facts["visited"]:
        return (
            ngettext(
                "Kunjungan di tempat terakhir %d bulan lalu.",
                "Kunjungan di tempat terakhir %d bulan lalu.",
                months,
            )
            % months
        )
    return (
        ngettext(
            "Belum pernah dikunjungi di tempat sejak berlisensi %d bulan lalu.",
            "Belum pernah dikunjungi di tempat sejak berlisensi %d bulan lalu.",
            months,
        )
        % months
    )


def _share(part: int, whole: int) -> float:
    return 100 * part / whole


SIGNALS: Final = (
    _signal(
        "onsite",
        gettext_lazy("Lama sejak kunjungan di tempat"),
        weight=300,
        half=36,
        unit=gettext_lazy("bulan"),
        measure=lambda facts: facts["months"],
        explain=_since_visit,
    ),
    _signal(
        "findings",
        gettext_lazy("Temuan belum selesai"),
        weight=200,
        half=4,
        unit=gettext_lazy("temuan"),
        # a major finding and one past its day count twice
        measure=lambda facts: facts["unsettled"] + facts["major"] + facts["lapsed"],
        explain=lambda facts: (
            _("%(unsettled)d temuan belum selesai: %(major)d mayor, %(lapsed)d lewat tenggat.")
            % facts
        ),
    ),
    _signal(
        "reports",
        gettext_lazy("Laporan penyalahgunaan"),
        weight=150,
        half=2,
        unit=gettext_lazy("laporan"),
        measure=lambda facts: facts["reports"],
        explain=lambda facts: _("%(reports)d laporan dalam %(months)d bulan terakhir.") % facts,
    ),
    _signal(
        "volume",
        gettext_lazy("Jumlah asesi dan lonjakannya"),
        weight=100,
        half=1_000,
        unit=gettext_lazy("asesi"),
        # what came on top of the time before counts twice
        measure=lambda facts: facts["now"] + max(facts["now"] - facts["before"], 0),
        explain=lambda facts: (
            _(
                "%(now)s asesi dalam %(months)s bulan terakhir, %(before)s dalam masa sepanjang itu"
                " sebelumnya."
            )
            % _written(facts)
        ),
    ),
    _signal(
        "results",
        gettext_lazy("Kelulusan jauh dari rata-rata skema"),
        weight=100,
        half=15,
        unit=gettext_lazy("poin persen"),
        measure=lambda facts: abs(
            _share(facts["competent"], facts["decided"]) - facts["expected"] / 10
        ),
        explain=lambda facts: (
            _("%(rate)s%% dari %(decided)s asesi kompeten; rata-rata skemanya %(mean)s%%.")
            % {
                "rate": number_format(_share(facts["competent"], facts["decided"]), 1),
                "decided": number_format(facts["decided"], force_grouping=True),
                "mean": number_format(facts["expected"] / 10, 1),
            }
        ),
    ),
    _signal(
        "load",
        gettext_lazy("Asesi per asesor per hari"),
        weight=50,
        half=10,
        unit=gettext_lazy("asesi"),
        measure=lambda facts: facts["candidates"] / facts["days"],
        explain=lambda facts: (
            _("%(ratio)s asesi per asesor per hari, dari %(candidates)s asesi.")
            % {
                "ratio": number_format(facts["candidates"] / facts["days"], 1),
                "candidates": number_format(facts["candidates"], force_grouping=True),
            }
        ),
    ),
    _signal(
        "misprints",
        gettext_lazy("Penggantian karena salah cetak"),
        weight=50,
        half=5,
        unit=gettext_lazy("per 1.000 sertifikat"),
        measure=lambda facts: 1000 * facts["misprints"] / facts["certificates"],
        explain=lambda facts: (
            _("%(misprints)s salah cetak pada %(certificates)s sertifikat.") % _written(facts)
        ),
    ),
    _signal(
        "deadlines",
        gettext_lazy("Tenggat terlewat"),
        weight=50,
        half=3,
        unit=gettext_lazy("tenggat"),
        measure=lambda facts: facts["missed"],
        explain=lambda facts: (
            _("%(missed)d tenggat terlewat dalam %(months)d bulan terakhir.") % facts
        ),
    ),
)
BY_KEY: Final = {signal.key: signal for signal in SIGNALS}


def _written(facts: Facts) -> dict[str, str]:
    return {name: number_format(value, force_grouping=True) for name, value in facts.items()}


def told(kept: Iterable[Mapping[str, Any]]) -> list[Part]:
    """Return the parts of a score from what a table keeps, in the order kept."""
    return [Part(BY_KEY[one["signal"]], one["points"], one["facts"]) for one in kept]
