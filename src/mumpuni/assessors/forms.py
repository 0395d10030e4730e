"""What bodies and the registrar fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import Individual, Organisation
from mumpuni.access.queries import organisations
from mumpuni.assessors.models import Assessor
from mumpuni.schemes.models import Scheme
from mumpuni.web.forms import DayInput


class SchemesField(forms.ModelMultipleChoiceField[Scheme]):
    """Schemes to tick, each by its number and title."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=Scheme.objects.none(),
            label=_("Lingkup skema"),
            widget=forms.CheckboxSelectMultiple,
            **options,
        )

    def label_from_instance(self, obj: Any) -> str:
        """Return number and title of the newest version."""
        title = obj.usable_versions[0].title
        return f"{obj.number} · {title}" if obj.number else title


class CertificateForm(forms.ModelForm[Assessor]):
    """The assessor's certificate, the first or a renewed one."""

    class Meta:
        model = Assessor
        fields = Assessor.EDITABLE
        widgets = {"certified_on": DayInput}


class ProposalForm(CertificateForm):
    """Whom a body proposes."""

    fieldsets = (
        (_("Orang"), ("name", "document_kind", "document_number", "email", "phone")),
        (_("Sertifikat asesor"), ("certificate_number", "certified_on")),
        (_("Kompetensi teknis"), ("schemes",)),
    )

    name = forms.CharField(label=_("Nama sesuai identitas"), max_length=200)
    document_kind = forms.ChoiceField(
        label=_("Jenis identitas"), choices=Individual.Document.choices
    )
    document_number = forms.CharField(
        label=_("Nomor identitas"),
        max_length=32,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Disimpan tersandi dan sesudah ini hanya empat angka terakhir yang tampak."),
    )
    email = forms.EmailField(label=_("Surel"), required=False)
    phone = forms.CharField(label=_("Telepon"), max_length=32, required=False)
    schemes = SchemesField()


class ScopeForm(forms.Form):
    """The schemes an assessor is competent in."""

    schemes = SchemesField()


class AppointmentForm(forms.Form):
    """The body where an assessor gets a place."""

    code = forms.CharField(
        label=_("Kode LSP"),
        max_length=8,
        help_text=_("Empat digit dalam nomor lisensi: 1565 untuk BNSP-LSP-1565-ID."),
    )

    def clean_code(self) -> Organisation:
        """Return the body of that code."""
        code = self.cleaned_data["code"]
        bodies = organisations(Organisation.Kind.CERTIFICATION_BODY)
        found = bodies.filter(code=code).first() if code else None
        if found is None:
            raise forms.ValidationError(_("Tidak ada LSP dengan kode ini."))
        return found
