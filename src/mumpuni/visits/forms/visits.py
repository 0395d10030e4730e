"""The plan, the team, the instrument, the conclusion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mumpuni.visits import queries
from mumpuni.visits.forms.assessors import BodyField
from mumpuni.visits.models import Answer, Item, TeamMember, Visit
from mumpuni.web.forms import DayInput


class PlanForm(forms.ModelForm[Visit]):
    """When, where and how a body is visited."""

    class Meta:
        model = Visit
        fields = Visit.EDITABLE
        widgets: ClassVar = {"starts_on": DayInput, "ends_on": DayInput}


class NewVisitForm(PlanForm):
    """The same with what the visit is for."""

    class Meta:
        model = Visit
        fields = ("kind", *Visit.EDITABLE)
        widgets: ClassVar = PlanForm.Meta.widgets


class NewVisitToForm(NewVisitForm):
    """The same with the body to visit."""

    organisation = BodyField()
    field_order = ("organisation",)


class AppointmentForm(forms.ModelForm[TeamMember]):
    """Whom to put on the team, of those who are free, whoever has least to do first."""

    class Meta:
        model = TeamMember
        fields = ("assessor", "duty")

    def __init__(self, *args: Any, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["assessor"]
        field.queryset = queries.available(visit.starts_on, visit.ends_on)  # type: ignore[attr-defined] # a model field
        field.label_from_instance = self._described  # type: ignore[attr-defined] # a model field

    @staticmethod
    def _described(assessor: Any) -> str:
        ahead = ngettext("%d kunjungan", "%d kunjungan", assessor.load) % assessor.load
        return f"{assessor} · {assessor.get_grade_display()} · {ahead}"


class WaiverForm(forms.Form):
    """Why a tie does not keep an assessor off the team."""

    reason = forms.CharField(
        label=_("Alasan pengecualian"), widget=forms.Textarea({"rows": 4}), max_length=2_000
    )


class ItemForm(forms.Form):
    """The verdict on one item; only what was changed here is saved, so that two may work at once."""

    verdict = forms.ChoiceField(
        label=_("Hasil"),
        choices=Answer.Verdict.choices,
        widget=forms.RadioSelect,
        show_hidden_initial=True,
    )
    note = forms.CharField(
        label=_("Catatan dan bukti"),
        widget=forms.Textarea({"rows": 2}),
        max_length=5_000,
        required=False,
        show_hidden_initial=True,
    )


def item_form(
    item: Item, held: Mapping[str, Answer], sent: QueryDict | None, *, alone: bool
) -> ItemForm:
    """Make the form of one item with what was answered before; among others it may stay empty."""
    answer = held.get(item.code)
    return ItemForm(
        sent,
        prefix=item.code,
        initial={"verdict": answer.verdict, "note": answer.note} if answer else {},
        empty_permitted=not alone,
        use_required_attribute=False,
    )


class PhotoForm(forms.Form):
    """A picture for one item; a tablet offers its camera."""

    item = forms.ChoiceField(label=_("Butir"))
    photo = forms.FileField(
        label=_("Foto"),
        allow_empty_file=True,  # refused with a sentence of our own
        widget=forms.FileInput(
            {"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}
        ),
    )

    def __init__(self, *args: Any, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["item"].choices = [  # type: ignore[attr-defined] # a choice field
            (item.code, f"{item.code} · {item.text}") for item in visit.instrument.items
        ]


class ConclusionForm(forms.ModelForm[Visit]):
    """What the visit comes to."""

    class Meta:
        model = Visit
        fields = Visit.CONCLUSION
        widgets: ClassVar = {"summary": forms.Textarea({"rows": 8})}
