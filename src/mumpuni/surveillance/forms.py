"""What whoever plans surveillance fills in."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from mumpuni.licensing.models import Licence
from mumpuni.surveillance.models import Programme
from mumpuni.surveillance.models.programmes import MOST_VISITS
from mumpuni.surveillance.queries import programmes
from mumpuni.web.forms import DayInput


class ProgrammeForm(forms.ModelForm[Programme]):
    """What may change while a programme is a draft."""

    class Meta:
        model = Programme
        fields = Programme.EDITABLE
        widgets: ClassVar = {"note": forms.Textarea({"rows": 3})}


class NewProgrammeForm(ProgrammeForm):
    """A programme to draw up."""

    class Meta:
        model = Programme
        fields = ("year", *Programme.EDITABLE)
        widgets: ClassVar = ProgrammeForm.Meta.widgets


class ReasonForm(forms.Form):
    """Why a body is not visited this year."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=1_000, widget=forms.Textarea({"rows": 3})
    )


class AdditionForm(ReasonForm):
    """A body to be visited though its rank is too low."""

    licence = forms.ModelChoiceField(
        label=_("LSP"), queryset=Licence.objects.none(), empty_label=None
    )
    field_order = ("licence", "reason")

    def __init__(self, *given: Any, programme: Programme, text: str, **options: Any) -> None:
        super().__init__(*given, **options)
        self.programme = programme
        self.fields["licence"].queryset = programmes.to_add(programme, text)  # type: ignore[attr-defined] # a model field


class FirstVisitsForm(forms.Form):
    """How many visits to plan at once, and between which days."""

    count = forms.IntegerField(label=_("Banyaknya kunjungan"), min_value=1, max_value=MOST_VISITS)
    first = forms.DateField(label=_("Mulai tanggal"), widget=DayInput)
    last = forms.DateField(label=_("Sampai tanggal"), widget=DayInput)
