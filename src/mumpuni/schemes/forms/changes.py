"""What is filled in about changes of standards and about transitions."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from mumpuni.schemes.forms.schemes import Fieldsets
from mumpuni.schemes.models import CompetencyStandard, SchemeTransition, StandardChange
from mumpuni.schemes.queries import standard_by_key
from mumpuni.web.forms import DayInput


class StandardChangeForm(forms.ModelForm[StandardChange]):
    """What is known of the change of a standard."""

    fieldsets: ClassVar[Fieldsets] = (
        (_("Perubahan"), ("kind", "replacement", "basis")),
        (_("Peralihan"), ("effective_on", "transition_until", "advice")),
    )

    replacement = forms.CharField(
        label=_("Standar pengganti"),
        required=False,
        max_length=64,
        help_text=_("Kunci standar, seperti skkni-321-2016; hanya bila diganti."),
    )

    class Meta:
        model = StandardChange
        fields = StandardChange.EDITABLE
        widgets: ClassVar = {
            "kind": forms.RadioSelect,
            "effective_on": DayInput,
            "transition_until": DayInput,
            "basis": forms.Textarea({"rows": 3}),
            "advice": forms.Textarea({"rows": 4}),
        }
        help_texts: ClassVar = {
            "basis": _("Keputusan yang mencabut atau mengganti standar ini, dengan nomornya."),
            "transition_until": _("Hari terakhir LSP beralih dari standar ini."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = StandardChange.Kind.choices
        named = self.instance.replacement
        self.initial["replacement"] = named.key if named else ""

    def clean_replacement(self) -> CompetencyStandard | None:
        return _standard_of(self.cleaned_data["replacement"])


class NewStandardChangeForm(StandardChangeForm):
    """A change that is written down for the first time."""

    fieldsets: ClassVar[Fieldsets] = (
        (_("Perubahan"), ("standard", "kind", "replacement", "basis")),
        *StandardChangeForm.fieldsets[1:],
    )

    standard = forms.CharField(
        label=_("Standar"), max_length=64, help_text=_("Kunci standar, seperti skkni-321-2016.")
    )

    def clean_standard(self) -> CompetencyStandard | None:
        return _standard_of(self.cleaned_data["standard"])


class TransitionForm(forms.ModelForm[SchemeTransition]):
    """How a body moves on from a standard, and by when."""

    class Meta:
        model = SchemeTransition
        fields = SchemeTransition.EDITABLE
        widgets: ClassVar = {"plan": forms.Textarea({"rows": 6}), "ready_on": DayInput}
        help_texts: ClassVar = {
            "plan": _("Skema mana yang diganti versinya, mana yang dicabut, dan oleh siapa.")
        }


def _standard_of(typed: str) -> CompetencyStandard | None:
    """Return the standard of a key; None for no key.

    Raises:
        ValidationError: there is no such standard.
    """
    if not typed:
        return None
    found = standard_by_key(typed.strip().lower())
    if found is None:
        raise forms.ValidationError(_("Tidak ada standar dengan kunci “%s”.") % typed)
    return found
