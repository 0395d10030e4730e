"""A finding, and the answer to it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from mumpuni.visits.models import Finding, Visit
from mumpuni.web.forms import DayInput


class FindingForm(forms.ModelForm[Finding]):
    """What was found."""

    class Meta:
        model = Finding
        fields = Finding.EDITABLE

    def __init__(self, *args: Any, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        items = [(item.code, f"{item.code} · {item.text}") for item in visit.instrument.items]
        self.fields["item"] = forms.ChoiceField(
            label=_("Butir instrumen"), choices=[("", "–"), *items], required=False
        )


class AnswerForm(forms.ModelForm[Finding]):
    """What the body did about it; a file may come along."""

    evidence = forms.FileField(
        label=_("Bukti perbaikan"),
        required=False,
        allow_empty_file=True,  # refused with a sentence of our own
        help_text=_("PDF atau foto."),
        widget=forms.FileInput({"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
    )

    class Meta:
        model = Finding
        fields = Finding.ANSWER
        widgets: ClassVar = {"done_on": DayInput}
