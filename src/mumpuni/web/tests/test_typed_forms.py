"""A form names its model for the type checker."""

from django.forms import ModelChoiceField, ModelForm

from mumpuni.reference.models import Region


def test_a_form_may_name_its_model() -> None:
    assert ModelForm[Region] is ModelForm
    assert ModelChoiceField[Region] is ModelChoiceField
