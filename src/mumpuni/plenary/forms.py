"""What whoever prepares a meeting fills in, and the ballot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import User
from mumpuni.plenary import queries
from mumpuni.plenary.models import Ballot, Meeting
from mumpuni.web.forms import DayInput


class PeopleField(forms.ModelMultipleChoiceField[User]):
    """People to tick."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple, **options
        )


class InvitationForm(forms.ModelForm[Meeting]):
    """When and where a meeting is held, and who leads it."""

    class Meta:
        model = Meeting
        fields = Meeting.EDITABLE
        widgets = {"held_on": DayInput}

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["chair"].queryset = queries.voters(timezone.localdate())  # type: ignore[attr-defined] # a model field


class MembersForm(forms.Form):
    """Who has a seat."""

    members = PeopleField(
        label=_("Anggota sidang"), help_text=_("Pimpinan sidang selalu menjadi anggota.")
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["members"].queryset = queries.voters(timezone.localdate())  # type: ignore[attr-defined] # a model field


class PlanForm(MembersForm, InvitationForm):
    """A new meeting with its members."""


class PresenceForm(forms.Form):
    """Who is there."""

    present = PeopleField(label=_("Hadir"), required=False)

    def __init__(self, *given: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["present"].queryset = queries.members_of(meeting)  # type: ignore[attr-defined] # a model field


class MinutesForm(forms.ModelForm[Meeting]):
    """What the minutes say besides the votes."""

    class Meta:
        model = Meeting
        fields = ("minutes_note",)


class AgendaForm(forms.Form):
    """Records that wait for a vote."""

    records = forms.MultipleChoiceField(
        label=_("Perkara yang menunggu"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *given: Any, waiting: Iterable[queries.Waiting], **options: Any) -> None:
        super().__init__(*given, **options)
        self.waiting = {one.key: one for one in waiting}
        self.fields["records"].choices = [(key, str(one)) for key, one in self.waiting.items()]  # type: ignore[attr-defined] # a choice field

    def clean_records(self) -> list[queries.Waiting]:
        """Return the records that were ticked."""
        return [self.waiting[key] for key in self.cleaned_data["records"]]


class PutForm(forms.Form):
    """The meeting that shall decide on a record."""

    meeting = forms.ModelChoiceField(
        label=_("Sidang"), queryset=Meeting.objects.none(), empty_label=None
    )


class BallotForm(forms.Form):
    """A vote."""

    choice = forms.ChoiceField(
        label=_("Suara"), choices=Ballot.Choice.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Wajib jika Anda tidak ikut: ikatan apa yang Anda punya dengan perkara ini?"),
    )
