from django.apps import AppConfig
from django.db.models import fields
from django.forms import ModelChoiceField, ModelForm
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

# generic for the type checker, not yet in Django: `class LicenceForm(ModelForm[Licence])`
for kind in (ModelForm, ModelChoiceField, ModelChoiceIterator):
    kind.__class_getitem__ = classmethod(lambda cls, _model: cls)  # type: ignore[union-attr]


class WebConfig(AppConfig):
    name = "mumpuni.web"
    verbose_name = _("Antarmuka")

    def ready(self) -> None:
        """Give an empty choice a text of ours: Django's has no Indonesian."""
        fields.BLANK_CHOICE_LABEL = _("Pilih…")
