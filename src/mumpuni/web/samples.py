"""Sample content for the style guide: the table is real, everything else is made up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mumpuni.kernel.changes import Change
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.models import Event, Progress
from mumpuni.kernel.queries import HistoryLine
from mumpuni.kernel.workflow import AMEND, Offer, Step
from mumpuni.reference import queries
from mumpuni.reference.models import Region
from mumpuni.web import charts
from mumpuni.web.forms import DayInput
from mumpuni.web.tables import Choice, Column, Search, Table

if TYPE_CHECKING:
    from django.http import HttpRequest

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)

REGIONS = Table(
    columns=[
        Column("code", _("Kode"), sort="code"),
        Column("name", _("Nama"), sort="name"),
        Column("level", _("Tingkat"), sort="level"),
        Column("parent.name", _("Bagian dari"), sort="parent__name"),
    ],
    filters=[
        Search("q", ["name", "code"], hint=_("Nama atau kode")),
        Choice("level", _("Tingkat"), choices=Region.Level.choices),
    ],
    default_sort="code",
    empty=_("Belum ada wilayah. Muat data rujukan lebih dahulu."),
)


class SampleRecord:
    """Stands where a record would."""

    state = "submitted"

    def __str__(self) -> str:
        return "LSP Contoh Nusantara"

    def get_state_display(self) -> str:
        """Return the state as people say it."""
        return str(_("Diajukan"))

    def get_absolute_url(self) -> str:
        """Return the address its steps would be posted below."""
        return "#"


class SampleForm(forms.Form):
    """One field of each kind."""

    fieldsets = (
        (_("Lembaga"), ("name", "email", "kind")),
        (_("Permohonan"), ("begins_on", "group", "sectors", "reason", "document", "agreed")),
    )

    name = forms.CharField(label=_("Nama lembaga"), help_text=_("Seperti pada akta pendirian."))
    email = forms.EmailField(label=_("Surel"))
    kind = forms.ChoiceField(
        label=_("Jenis lisensi"), choices=[("p1", "P1"), ("p2", "P2"), ("p3", "P3")]
    )
    begins_on = forms.DateField(label=_("Mulai beroperasi"), widget=DayInput)
    group = forms.ChoiceField(
        label=_("Kelompok asesi"),
        choices=[("students", _("Siswa sendiri")), ("public", _("Umum"))],
        widget=forms.RadioSelect,
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sektor"),
        choices=[("J", _("Informasi dan komunikasi")), ("C", _("Industri pengolahan"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(label=_("Alasan"), widget=forms.Textarea({"rows": 3}), required=False)
    document = forms.FileField(
        label=_("Akta pendirian"), help_text=_("PDF, paling besar 2,5 MB."), required=False
    )
    agreed = forms.BooleanField(label=_("Isian ini benar"))


class SampleRow(forms.Form):
    """One of several rows of the same kind."""

    code = forms.CharField(label=_("Kode unit"))
    core = forms.ChoiceField(
        label=_("Sifat"),
        choices=[("core", _("Inti")), ("elective", _("Pilihan"))],
        widget=forms.RadioSelect,
    )


SampleRows = forms.formset_factory(SampleRow, extra=0, can_delete=True)

LEVELS = Table(
    columns=[Column("level", _("Jenjang")), Column("name", _("Kelompok jabatan"))],
    default_sort="level",
    empty=_("Belum ada jenjang."),
)
_LEVELS = [(2, _("Operator")), (5, _("Teknisi atau analis")), (8, _("Ahli"))]


def everything(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the style guide."""
    return {
        "title": _("Pedoman gaya"),
        "record": SampleRecord(),
        "table": REGIONS.show(request.GET, queries.regions()),
        "form": SampleForm(),
        "wrong_form": SampleForm(
            {"name": "", "email": "bukan surel", "kind": "p1"}, prefix="salah"
        ),
        "offers": _offers(),
        "history": _history(),
        "running": _running(),
        "charts": _charts(),
        "rows": SampleRows(prefix="unit", initial=[{"code": "J.620100.001.01"}]),
        "classes": [SimpleNamespace(level=level, name=name) for level, name in _LEVELS],
        "levels": LEVELS,
        "number": 1_374_174,
        "day": date(2026, 11, 22),
        "instant": NOON,
        "states": [
            ("draft", _("Draf")),
            ("submitted", _("Diajukan")),
            ("active", _("Berlaku")),
            ("frozen", _("Dibekukan")),
            ("revoked", _("Dicabut")),
        ],
    }


def _step(name: str, label: Any, **options: Any) -> Step[Any]:
    return Step(name=name, label=label, source=frozenset(), target="", permission="", **options)


def _offers() -> list[Offer]:
    refusal = Refused(
        str(_("Dua dokumen belum diterima; semuanya harus diterima lebih dahulu.")), code="L-12"
    )
    return [
        Offer(_step("verify", _("Lengkapi verifikasi")), None),
        Offer(_step("return", _("Kembalikan"), needs_note=True), None),
        Offer(_step("grant", _("Setujui")), refusal),
        Offer(
            _step(
                "refuse",
                _("Tolak"),
                needs_note=True,
                danger=True,
                confirmation=_("Pemohon diberi tahu dan harus mengajukan permohonan baru."),
            ),
            None,
        ),
    ]


def _history() -> list[HistoryLine]:
    def event(days: int, actor: str, after: str, **given: Any) -> Event:
        return Event(at=NOON - timedelta(days=days), actor_name=actor, after=after, **given)

    returned = event(
        3, "Staf Lisensi (contoh)", "returned", note=str(_("Lengkapi akta pendirian."))
    )
    amended = event(1, "Admin LSP (contoh)", "returned", step=AMEND)
    changes = [Change(_("jumlah asesor"), 4, 6)]
    return [
        HistoryLine(event(0, "Admin LSP (contoh)", "submitted"), _("Ajukan"), _("Diajukan")),
        HistoryLine(amended, _("Diubah"), _("Dikembalikan"), changes=changes),
        HistoryLine(returned, _("Kembalikan"), _("Dikembalikan")),
        HistoryLine(event(9, "Admin LSP (contoh)", "draft"), _("Dibuat"), _("Draf")),
    ]


def _running() -> Progress:
    return Progress(
        pk=1,
        label=str(_("Membuat 2.400 sertifikat")),
        state=Progress.State.DONE,
        total=2400,
        done=2397,
        failed=3,
        started_at=NOON,
        finished_at=NOON + timedelta(seconds=42),
    )


def _charts() -> list[charts.Chart]:
    years = [("2020", 408_511), ("2021", 545_900), ("2022", 861_124), ("2023", 1_210_330)]
    provinces = [
        ("Jawa Barat", 1_840),
        ("Jawa Timur", 1_512),
        ("DKI Jakarta", 1_230),
        ("Bali", 402),
    ]
    return [
        charts.bars(_("Sertifikat per tahun (contoh)"), _("Tahun"), _("Sertifikat"), years),
        charts.ranking(_("Sesi per provinsi (contoh)"), _("Provinsi"), _("Sesi"), provinces),
    ]
