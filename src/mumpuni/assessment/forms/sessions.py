"""Forms of venues, sessions and their assessors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mumpuni.assessment import queries
from mumpuni.assessment.models import Session, SessionAssignment, Venue, VenueVerification
from mumpuni.assessors.models import Assessor
from mumpuni.reference.models import Region
from mumpuni.reference.queries import regions
from mumpuni.schemes.models import Scheme
from mumpuni.web.forms import DayInput

LONGEST_LETTER = 64


def _choose_from(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class SchemeChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # not generic at run time
    """Names schemes by number and title."""

    def label_from_instance(self, scheme: Any) -> str:
        """Return what a person chooses by."""
        return f"{scheme} · {scheme.title}"


class VenueForm(forms.ModelForm[Venue]):
    """A venue's particulars."""

    class Meta:
        model = Venue
        fields = Venue.EDITABLE
        widgets = {"address": forms.Textarea({"rows": 3})}

    region = forms.ModelChoiceField(
        label=_("Kabupaten atau kota"),
        queryset=regions().filter(level=Region.Level.REGENCY),
        required=False,
    )


class VerificationForm(forms.ModelForm[VenueVerification]):
    """A verification of a venue for a scheme in the body's scope."""

    class Meta:
        model = VenueVerification
        fields = ("scheme", "letter_number", "verified_on", "first_verifier", "second_verifier")
        widgets = {"verified_on": DayInput}

    scheme = SchemeChoice(label=_("Skema"), queryset=Scheme._default_manager.none())

    def __init__(self, *args: Any, organisation_id: int, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        _choose_from(self, "scheme", queries.schemes_in_scope(organisation_id, on=today))

    def clean_verified_on(self) -> date:
        """Refuse a verification that is yet to come."""
        verified_on: date = self.cleaned_data["verified_on"]
        if verified_on > self.today:
            raise forms.ValidationError(_("Tanggal verifikasi belum tiba."))
        return verified_on


class SessionForm(forms.ModelForm[Session]):
    """A session's plan: what, where, when, for how many."""

    class Meta:
        model = Session
        fields = Session.EDITABLE
        widgets = {"held_on": DayInput}

    def __init__(
        self,
        *args: Any,
        organisation_id: int,
        today: date,
        open_fields: Sequence[str] = Session.EDITABLE,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        _choose_from(self, "scheme_version", queries.schemes_on_offer(organisation_id, on=today))
        _choose_from(self, "venue", queries.venues_on_offer(organisation_id))
        for name in set(self.fields) - set(open_fields):
            del self.fields[name]


class AssignmentForm(forms.Form):
    """An assessor's assignment by letter."""

    assessor = forms.ModelChoiceField(
        label=_("Asesor"),
        queryset=Assessor._default_manager.none(),
        help_text=_("Asesor yang berlaku, menguasai skema ini, dan bertugas pada LSP ini."),
    )
    letter_number = forms.CharField(label=_("Nomor surat tugas"), max_length=LONGEST_LETTER)
    impartial = forms.BooleanField(
        label=_("Pernyataan ketidakberpihakan sudah diterima"), required=False
    )

    def __init__(self, *args: Any, session: Session, **options: Any) -> None:
        super().__init__(*args, **options)
        _choose_from(self, "assessor", queries.assessors_on_offer(session))


class PlacementForm(forms.Form):
    """Which assessor of the session assesses a candidate."""

    assignment = forms.ModelChoiceField(
        label=_("Asesor"), queryset=SessionAssignment._default_manager.none()
    )

    def __init__(self, *args: Any, session: Session, **options: Any) -> None:
        super().__init__(*args, **options)
        _choose_from(self, "assignment", queries.assignments(session))
