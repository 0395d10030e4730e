"""The self-assessment (FR.APL.02): all elements of all units on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from mumpuni.assessment.actions import Answer
from mumpuni.assessment.models import Outcome, SelfAssessment
from mumpuni.assessment.queries import AnsweredUnit
from mumpuni.schemes.models import SchemeUnit, UnitElement

LONGEST_EVIDENCE = SelfAssessment._meta.get_field("evidence").max_length
CHOICES = [(Outcome.COMPETENT, "K"), (Outcome.NOT_YET_COMPETENT, "BK")]


@dataclass(frozen=True)
class ElementFields:
    """The two boxes of an element."""

    element: UnitElement
    outcome: BoundField
    evidence: BoundField


@dataclass(frozen=True)
class UnitFields:
    """The boxes of a unit: one answer for all its open elements, and those of each element."""

    part: SchemeUnit
    whole: BoundField
    elements: list[ElementFields]


class SelfAssessmentForm(forms.Form):
    """Two boxes per element; an answer for a whole unit fills what is left open in it."""

    def __init__(self, *args: Any, units: Iterable[AnsweredUnit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = list(units)
        for unit in self.units:
            self.fields[f"unit-{unit.part.pk}"] = _outcome(_("Semua elemen yang belum diisi"), "")
            for one in unit.elements:
                answer = one.answer
                key = one.element.pk
                self.fields[f"k-{key}"] = _outcome(
                    _("Penilaian diri"), answer.outcome if answer else ""
                )
                self.fields[f"b-{key}"] = forms.CharField(
                    label=_("Bukti"),
                    required=False,
                    max_length=LONGEST_EVIDENCE,
                    initial=answer.evidence if answer else "",
                )

    def rows(self) -> Iterator[UnitFields]:
        """Return the boxes as the page lays them out."""
        for unit in self.units:
            yield UnitFields(
                unit.part,
                self[f"unit-{unit.part.pk}"],
                [
                    ElementFields(
                        one.element, self[f"k-{one.element.pk}"], self[f"b-{one.element.pk}"]
                    )
                    for one in unit.elements
                ],
            )

    def answers(self) -> dict[int, Answer]:
        """Return the answer of each element."""
        given = self.cleaned_data
        return {
            one.element.pk: Answer(
                given[f"k-{one.element.pk}"] or given[f"unit-{unit.part.pk}"],
                given[f"b-{one.element.pk}"].strip(),
            )
            for unit in self.units
            for one in unit.elements
        }


def _outcome(label: Any, initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=CHOICES, widget=forms.RadioSelect, required=False, initial=initial
    )
