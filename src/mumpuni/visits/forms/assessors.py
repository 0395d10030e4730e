"""The register: entries, terms, ties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Individual, Organisation
from mumpuni.reference.queries.places import provinces
from mumpuni.visits import queries
from mumpuni.visits.models import DeclaredTie, LicensingAssessor, LicensingAssessorTerm
from mumpuni.web.forms import DayInput


class BodyField(forms.CharField):
    """A certification body, by its code or its name in full."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("LSP"))
        options.setdefault("help_text", _("Kode LSP (empat digit), atau namanya secara lengkap."))
        super().__init__(max_length=200, **options)

    def clean(self, value: Any) -> Organisation:
        """Return the one body that is meant."""
        found = list(queries.bodies_called(super().clean(value))[:2])
        if len(found) != 1:
            raise forms.ValidationError(
                _("Beberapa LSP bernama sama; tulislah kodenya.")
                if found
                else _("Tidak ada LSP dengan kode atau nama ini.")
            )
        return found[0]


class ProvinceForm(forms.ModelForm[LicensingAssessor]):
    """What an entry says of an assessor."""

    class Meta:
        model = LicensingAssessor
        fields = LicensingAssessor.EDITABLE

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["province"].queryset = provinces()  # type: ignore[attr-defined] # a model field


class EntryForm(ProvinceForm):
    """Whom to enter."""

    fieldsets = (
        (_("Orang"), ("email", "name", "document_kind", "document_number")),
        (_("Penugasan"), ("grade", "province")),
    )

    email = forms.EmailField(
        label=_("Surel akun"), help_text=_("Alamat surel akun yang dipakai asesor untuk masuk.")
    )
    name = forms.CharField(label=_("Nama sesuai identitas"), max_length=200)
    document_kind = forms.ChoiceField(
        label=_("Jenis identitas"), choices=Individual.Document.choices
    )
    document_number = forms.CharField(
        label=_("Nomor identitas"),
        max_length=32,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Disimpan tersandi dan sesudah ini hanya empat angka terakhir yang tampak."),
    )


class TermForm(forms.ModelForm[LicensingAssessorTerm]):
    """A certificate and its period."""

    class Meta:
        model = LicensingAssessorTerm
        fields = ("certificate_number", "valid_from", "valid_until")
        widgets = {"valid_from": DayInput, "valid_until": DayInput}


class TieForm(forms.ModelForm[DeclaredTie]):
    """What ties an assessor to a body."""

    organisation = BodyField()

    class Meta:
        model = DeclaredTie
        fields = ("kind", "valid_from", "valid_until", "note")
        widgets = {"valid_from": DayInput, "valid_until": DayInput}

    field_order = ("organisation", "kind", "valid_from", "valid_until", "note")


class LastDayForm(forms.Form):
    """The day on which a tie ended."""

    valid_until = forms.DateField(label=_("Hari terakhir"), widget=DayInput)
