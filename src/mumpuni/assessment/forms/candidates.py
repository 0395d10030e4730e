"""Forms of a candidate: identity, application, ties, results."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Individual
from mumpuni.assessment.actions import Answer, Identity
from mumpuni.assessment.models import Candidate, Outcome, Tie
from mumpuni.assessment.rules.identity import document_number_plausible
from mumpuni.kernel.errors import Refused
from mumpuni.schemes.models import SchemeUnit
from mumpuni.web.forms import DayInput

LONGEST_NOTE = 5000


class IdentityForm(forms.ModelForm[Individual]):
    """Who somebody is, as the identity document has it."""

    document_number = forms.CharField(
        label=_("Nomor identitas"),
        max_length=32,
        help_text=_("Disimpan tersandi dan tidak ditampilkan lagi secara lengkap."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    class Meta:
        model = Individual
        fields = (
            "name",
            "document_kind",
            "born_in",
            "born_on",
            "sex",
            "email",
            "phone",
            "address",
        )
        widgets = {"born_on": DayInput, "address": forms.Textarea({"rows": 2})}

    field_order = ("name", "document_kind", "document_number")

    def clean_born_on(self) -> Any:
        """Refuse a birth in the future."""
        born_on = self.cleaned_data["born_on"]
        if born_on is not None and born_on > timezone.localdate():
            raise forms.ValidationError(_("Tanggal lahir belum tiba."))
        return born_on

    def clean(self) -> dict[str, Any]:
        """Check the number by the kind of document (A-27)."""
        given = super().clean() or self.cleaned_data
        kind, number = given.get("document_kind"), given.get("document_number")
        if kind and number:
            try:
                document_number_plausible(kind, number)
            except Refused as refused:
                self.add_error("document_number", f"{refused.message} ({refused.code})")
        return given

    def identity(self) -> Identity:
        """Return what was entered."""
        fields = ("document_number", *self._meta.fields)  # type: ignore[misc] # fields are named
        return Identity(**{name: self.cleaned_data[name] for name in fields})


class ApplicationForm(forms.ModelForm[Candidate]):
    """The application (FR.APL.01)."""

    class Meta:
        model = Candidate
        fields = Candidate.EDITABLE
        widgets = {"evidence": forms.Textarea({"rows": 4})}


class EnrolmentForm(IdentityForm):
    """Identity and application on one page."""

    purpose = Candidate._meta.get_field("purpose").formfield()
    affiliation = Candidate._meta.get_field("affiliation").formfield()
    education = Candidate._meta.get_field("education").formfield()
    occupation = Candidate._meta.get_field("occupation").formfield()
    evidence = Candidate._meta.get_field("evidence").formfield(widget=forms.Textarea({"rows": 4}))

    fieldsets = (
        (_("Identitas"), ("name", "document_kind", "document_number", "born_in", "born_on", "sex")),
        (_("Kontak"), ("email", "phone", "address")),
        (_("Permohonan (FR.APL.01)"), Candidate.EDITABLE),
    )

    def application(self) -> dict[str, Any]:
        """Return the fields of the application."""
        return {name: self.cleaned_data[name] for name in Candidate.EDITABLE}


class TieForm(forms.ModelForm[Tie]):
    """What ties a candidate to their assessor."""

    class Meta:
        model = Tie
        fields = ("kind", "ended_on")
        widgets = {"ended_on": DayInput}


class ResultForm(forms.Form):
    """The assessor's finding on one unit."""

    outcome = forms.ChoiceField(
        label=_("Hasil"), choices=Outcome, widget=forms.RadioSelect, required=False
    )
    evidence = forms.CharField(
        label=_("Catatan bukti"),
        widget=forms.Textarea({"rows": 2}),
        max_length=LONGEST_NOTE,
        required=False,
    )

    def __init__(self, data: Any, *, part: SchemeUnit, initial: dict[str, str] | None) -> None:
        super().__init__(data, prefix=f"unit-{part.pk}", initial=initial)
        self.part = part

    def answer(self) -> Answer:
        """Return what was found."""
        return Answer(self.cleaned_data["outcome"], self.cleaned_data["evidence"].strip())
