"""Open statistics, counted from the records or their roll-ups and kept for an hour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.cache import caches
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mumpuni.certificates.models import LookupCount
from mumpuni.certificates.queries import issued_by_year, lookups_by
from mumpuni.certificates.verification import Verdict
from mumpuni.licensing.models import BodyType
from mumpuni.licensing.queries import public_licences
from mumpuni.portal.directories import ACTIVE
from mumpuni.reference.queries import provinces
from mumpuni.schemes.models import Scheme
from mumpuni.schemes.queries import verified_versions

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

KEPT_FOR = 3600
LOOKUPS_OF = timedelta(days=30)

type Points = list[tuple[str, int]]


@dataclass(frozen=True)
class Figure:
    """One count by one property; `shape` says which chart suits it."""

    name: str
    title: _StrOrPromise
    heading: _StrOrPromise
    unit: _StrOrPromise
    shape: str
    count: Callable[[], Points]

    def points(self) -> Points:
        """Return the figures in the reader's language; counted at most once an hour."""
        key, figures = f"figure-{self.name}-{get_language()}", caches["process"]
        kept: Points | None = figures.get(key)
        if kept is None:
            kept = self.count()
            figures.set(key, kept, KEPT_FOR)
        return kept


class Rows(list[tuple[str, int]]):
    """Points as a table download reads its rows."""

    def iterator(self, chunk_size: int) -> Iterator[tuple[str, int]]:
        """Return the rows one by one."""
        return iter(self)

    def count(self, *_: object) -> int:
        """Return how many rows there are."""
        return len(self)


def _bodies_by_type() -> Points:
    counted = dict(_active_by("body_type"))
    return [(str(kind.label), counted.get(kind.value, 0)) for kind in BodyType]


def _bodies_by_province() -> Points:
    counted: Counter[str] = Counter()
    for region, total in _active_by("organisation__region_id"):
        counted[(region or "")[:2]] += total
    found = [(province.name, counted.get(province.code, 0)) for province in provinces()]
    return [(name, total) for name, total in found if total]


def _active_by(field: str) -> list[tuple[str, int]]:
    active = public_licences(timezone.localdate()).filter(ACTIVE)
    return list(active.order_by().values_list(field).annotate(total=Count("pk")))


def _schemes_by_kind() -> Points:
    rows = verified_versions().order_by().values_list("scheme__kind")
    counted = dict(rows.annotate(total=Count("pk")))
    return [(str(kind.label), counted.get(kind.value, 0)) for kind in Scheme.Kind]


def _certificates_by_year() -> Points:
    counted = issued_by_year()
    if not counted:
        return []
    # a year without certificates keeps its place on the axis
    return [(str(year), counted.get(year, 0)) for year in range(min(counted), max(counted) + 1)]


def _lookups_by_verdict() -> Points:
    counted = _lookups("verdict")
    return [(str(verdict.label), counted.get(verdict.value, 0)) for verdict in Verdict]


def _lookups_by_channel() -> Points:
    counted = _lookups("channel")
    return [(str(way.label), counted.get(way.value, 0)) for way in LookupCount.Channel]


def _lookups(field: str) -> dict[str, int]:
    return lookups_by(field, since=timezone.localdate() - LOOKUPS_OF)


FIGURES = {
    figure.name: figure
    for figure in (
        Figure(
            "sertifikat-per-tahun",
            _("Sertifikat yang diterbitkan menurut tahun"),
            _("Tahun"),
            _("Sertifikat"),
            "bars",
            _certificates_by_year,
        ),
        Figure(
            "lsp-per-jenis",
            _("LSP dengan lisensi aktif menurut jenis"),
            _("Jenis LSP"),
            _("LSP"),
            "ranking",
            _bodies_by_type,
        ),
        Figure(
            "lsp-per-provinsi",
            _("LSP dengan lisensi aktif menurut provinsi"),
            _("Provinsi"),
            _("LSP"),
            "ranking",
            _bodies_by_province,
        ),
        Figure(
            "skema-per-jenis",
            _("Skema terverifikasi menurut jenis"),
            _("Jenis skema"),
            _("Skema"),
            "bars",
            _schemes_by_kind,
        ),
        Figure(
            "pemeriksaan-per-putusan",
            _("Pemeriksaan sertifikat 30 hari terakhir menurut jawabannya"),
            _("Jawaban"),
            _("Pemeriksaan"),
            "ranking",
            _lookups_by_verdict,
        ),
        Figure(
            "pemeriksaan-per-cara",
            _("Pemeriksaan sertifikat 30 hari terakhir menurut caranya"),
            _("Cara"),
            _("Pemeriksaan"),
            "ranking",
            _lookups_by_channel,
        ),
    )
}


def totals() -> dict[str, int]:
    """Return what the front page tells: active bodies, verified schemes, certificates issued."""
    names = {
        "bodies": "lsp-per-jenis",
        "schemes": "skema-per-jenis",
        "certificates": "sertifikat-per-tahun",
    }
    return {key: sum(total for _, total in FIGURES[name].points()) for key, name in names.items()}
