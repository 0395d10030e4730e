"""Forms of tasks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import User
from mumpuni.web.forms import DayInput


class AssignmentForm(forms.Form):
    """Who sees to a task, and until when."""

    assignee_id = forms.ModelChoiceField(
        User.objects.none(), label=_("Petugas"), required=False, empty_label=_("Belum ada")
    )
    due_on = forms.DateField(label=_("Tenggat"), widget=DayInput, required=False)


class DivisionForm(forms.Form):
    """To whom many tasks are given at once."""

    tasks = forms.MultipleChoiceField(
        label=_("Tugas"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    assignee_id = forms.ModelChoiceField(User.objects.none(), label=_("Petugas"))
