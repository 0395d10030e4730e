"""What authors fill in."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from mumpuni.kernel.workflow import Text
from mumpuni.reference.models import ClassificationCode
from mumpuni.reference.queries import find_code, newest_version
from mumpuni.schemes.models import Scheme, SchemeUnit, SchemeVersion, VerificationRemark
from mumpuni.schemes.models.codes import unit_codes_in
from mumpuni.schemes.models.remarks import LONGEST_REMARK

LONGEST_LIST = 20_000
LONGEST_CODE = 8
System = ClassificationCode.System

type Fieldsets = tuple[tuple[Text, tuple[str, ...]], ...]


def entry_of(system: str, typed: str) -> ClassificationCode | None:
    """Return the entry of a code in the newest version of its classification; None for no code.

    Raises:
        ValidationError: there is no such code.
    """
    if not typed:
        return None
    version = newest_version(system)
    found = find_code(system, version, typed)
    if found is None:
        raise forms.ValidationError(
            _("Kode %(code)s tidak ada dalam %(system)s %(version)s."),
            params={"code": typed, "system": system.upper(), "version": version},
        )
    return found


class SchemeForm(forms.ModelForm[SchemeVersion]):
    """The facts of a draft."""

    fieldsets: ClassVar[Fieldsets] = (
        (_("Skema"), ("title", "title_en", "kkni_level", "validity_months")),
        (_("Klasifikasi"), ("kbli", "kbji")),
        (_("Isi"), ("purpose", "requirements")),
    )

    kbli = forms.CharField(
        label=_("Kode KBLI"),
        required=False,
        max_length=LONGEST_CODE,
        help_text=_("Lima digit. Hurufnya menentukan kategori dalam nomor skema."),
    )
    kbji = forms.CharField(
        label=_("Kode KBJI"),
        required=False,
        max_length=LONGEST_CODE,
        help_text=_("Empat digit. Nomor sertifikat memakainya."),
    )

    class Meta:
        model = SchemeVersion
        fields = SchemeVersion.EDITABLE
        widgets = {
            "purpose": forms.Textarea({"rows": 4}),
            "requirements": forms.Textarea({"rows": 4}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("kbli", "kbji"):
            entry = getattr(self.instance, name)
            self.initial[name] = entry.code if entry else ""

    def clean_kbli(self) -> ClassificationCode | None:
        return entry_of(System.KBLI, self.cleaned_data["kbli"])

    def clean_kbji(self) -> ClassificationCode | None:
        return entry_of(System.KBJI, self.cleaned_data["kbji"])


class NewSchemeForm(SchemeForm):
    """The facts of a new scheme."""

    fieldsets: ClassVar[Fieldsets] = (
        (_("Skema"), ("kind", "title", "title_en", "kkni_level", "validity_months")),
        *SchemeForm.fieldsets[1:],
    )

    kind = forms.ChoiceField(
        label=_("Jenis skema"),
        choices=Scheme.Kind.choices,
        widget=forms.RadioSelect,
        initial=Scheme.Kind.OCCUPATION,
        help_text=_("Tetap sama pada semua versi."),
    )


class AddUnitsForm(forms.Form):
    """A pasted list of unit codes."""

    codes = forms.CharField(
        label=_("Kode unit"),
        max_length=LONGEST_LIST,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text=_("Satu baris satu unit, dalam tulisan apa pun. Judul di belakangnya diabaikan."),
    )
    part = forms.ChoiceField(
        label=_("Inti atau pilihan"),
        choices=SchemeUnit.Part.choices,
        widget=forms.RadioSelect,
        initial=SchemeUnit.Part.CORE,
    )

    def clean_codes(self) -> list[str]:
        """Return the codes of the list."""
        return unit_codes_in(self.cleaned_data["codes"])


class UnitRow(forms.Form):
    """A unit's place and part in a scheme."""

    unit = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.IntegerField(
        label=_("Urutan"), min_value=1, max_value=9_999, widget=forms.NumberInput({"size": 4})
    )
    part = forms.ChoiceField(label=_("Inti atau pilihan"), choices=SchemeUnit.Part.choices)
    remove = forms.BooleanField(label=_("Keluarkan"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Name each input by its unit, for those who cannot see the row it stands in."""
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label} {self.initial.get('code', '')}"


class RemarkForm(forms.ModelForm[VerificationRemark]):
    """A remark on the whole version, or on one of its units."""

    code = forms.ChoiceField(label=_("Tentang"), required=False)

    class Meta:
        model = VerificationRemark
        fields = ("code", "text")
        widgets: ClassVar = {"text": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, version: SchemeVersion, **options: Any) -> None:
        super().__init__(*args, **options)
        units = [(row.unit.code, str(row.unit)) for row in version.scheme_units.all()]
        code: Any = self.fields["code"]
        code.choices = [("", _("Seluruh skema")), *units]


class RemarkAnswerForm(forms.Form):
    """What was done about a remark."""

    answer = forms.CharField(
        label=_("Jawaban"), max_length=LONGEST_REMARK, widget=forms.Textarea({"rows": 4})
    )


class VolumeReasonForm(forms.Form):
    """Why a scheme is verified that is one of unusually many."""

    volume_reason = forms.CharField(
        label=_("Dasar verifikasi"), max_length=LONGEST_REMARK, widget=forms.Textarea({"rows": 4})
    )


UnitRows = forms.formset_factory(UnitRow, extra=0, max_num=1_000)


def arranged(rows: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """Return the units that stay, by key and part, in the order that was asked for."""
    staying = [row for row in rows if not row["remove"]]
    return [(row["unit"], row["part"]) for row in sorted(staying, key=lambda row: row["place"])]
