"""What people fill in about cases, obligations and appeals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from mumpuni.oversight.models import Affected, Appeal, Obligation, Ruling, SanctionCase
from mumpuni.visits.forms.assessors import BodyField
from mumpuni.web.forms import DayInput


class ProposalForm(forms.ModelForm[SanctionCase]):
    """Why, and for how long."""

    class Meta:
        model = SanctionCase
        fields = SanctionCase.PROPOSAL
        widgets: ClassVar = {"reason": forms.Textarea({"rows": 6})}


class NewCaseForm(ProposalForm):
    """The same with the body and what is proposed."""

    organisation = BodyField()
    kind = forms.ChoiceField(
        label=_("Jenis perkara"), choices=SanctionCase.Kind.choices, widget=forms.RadioSelect
    )
    field_order = ("organisation", "kind")

    class Meta:
        model = SanctionCase
        fields = ("kind", *SanctionCase.PROPOSAL)
        widgets: ClassVar = ProposalForm.Meta.widgets


class OpinionForm(forms.ModelForm[SanctionCase]):
    """What the review comes to."""

    class Meta:
        model = SanctionCase
        fields = SanctionCase.OPINION
        widgets: ClassVar = {
            "opinion": forms.Textarea({"rows": 8}),
            "urgency": forms.Textarea({"rows": 3}),
        }


class AnswerForm(forms.ModelForm[SanctionCase]):
    """What the body says to it."""

    class Meta:
        model = SanctionCase
        fields = ("answer",)
        widgets: ClassVar = {"answer": forms.Textarea({"rows": 8})}


class DecreeForm(forms.ModelForm[SanctionCase]):
    """Number and first day of the decree."""

    class Meta:
        model = SanctionCase
        fields = SanctionCase.DECREE
        widgets: ClassVar = {
            "effective_on": DayInput,
            "early_reason": forms.Textarea({"rows": 3}),
        }


class RulingsForm(forms.Form):
    """What becomes of each group that is touched."""

    def __init__(
        self, *args: Any, touched: Iterable[Affected], held: Mapping[str, Ruling], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.groups = [one.group for one in touched]
        for one in touched:
            group = one.group
            before = held.get(group)
            self.fields[f"{group}-fate"] = forms.ChoiceField(
                label=f"{group.label} ({one.count})",
                choices=Ruling.Fate.choices,
                initial=before.fate if before else Ruling.likeliest(group),
            )
            self.fields[f"{group}-note"] = forms.CharField(
                label=_("Catatan"),
                max_length=500,
                required=False,
                initial=before.note if before else "",
            )

    def rulings(self) -> dict[str, dict[str, str]]:
        """Return what was ruled, by group."""
        given = self.cleaned_data
        return {
            group.value: {"fate": given[f"{group}-fate"], "note": given[f"{group}-note"]}
            for group in self.groups
        }


class ObligationForm(forms.ModelForm[Obligation]):
    """What the body shall do, and within how many days."""

    class Meta:
        model = Obligation
        fields = Obligation.EDITABLE
        widgets: ClassVar = {"text": forms.Textarea({"rows": 4})}


class FulfilmentForm(forms.ModelForm[Obligation]):
    """What was done; a file may come along."""

    file = forms.FileField(
        label=_("Bukti pemenuhan"),
        required=False,
        allow_empty_file=True,  # refused with a sentence of our own
        help_text=_("PDF atau foto."),
        widget=forms.FileInput({"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
    )

    class Meta:
        model = Obligation
        fields = Obligation.ANSWER
        widgets: ClassVar = {"report": forms.Textarea({"rows": 4})}


class AppealForm(forms.ModelForm[Appeal]):
    """Why a decision is appealed against."""

    class Meta:
        model = Appeal
        fields = Appeal.EDITABLE
        widgets: ClassVar = {"grounds": forms.Textarea({"rows": 8})}
