"""What people fill in about accounts, organisations, tokens and policies, and report."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from mumpuni.access.models import AccessToken, Individual, Membership, Organisation, User
from mumpuni.access.roles import Role
from mumpuni.access.rules import ROLES_IN, scopes_of
from mumpuni.certificates.models import MisuseReport
from mumpuni.certificates.verification.files import LARGEST
from mumpuni.kernel.models import PolicyValue
from mumpuni.portal import readings
from mumpuni.portal.scopes import label
from mumpuni.reference.models import Region
from mumpuni.web.forms import DayInput

if TYPE_CHECKING:
    from mumpuni.access.person import Person

FIRST_LIFE_DAYS = 90
LONGEST_PASTED = 200_000


class ByProvince(ModelChoiceIterator[Region]):
    """Regencies in groups, each under the name of its province."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        """Yield the empty choice, then a group per province."""
        yield "", self.field.empty_label
        for province, members in groupby(self.queryset, lambda region: str(region.parent)):
            yield province, [(region.pk, str(region)) for region in members]


class RegencyField(forms.ModelChoiceField[Region]):
    iterator = ByProvince


class FileForm(forms.Form):
    """What is to be verified: a file or a pasted text; once valid, `content` holds it."""

    file = forms.FileField(
        label=_("Berkas atau foto"),
        help_text=_("PDF, JSON, JWT, JPEG, atau PNG; paling besar 10 MB."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".pdf,.json,.jwt,.txt,image/*"}),
    )
    text = forms.CharField(
        label=_("Atau tempelkan kredensialnya"),
        max_length=LONGEST_PASTED,
        required=False,
        widget=forms.Textarea({"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
    )
    content: bytes

    def clean(self) -> dict[str, Any]:
        """Take the file, or else the text; one of them must be there."""
        given: dict[str, Any] = super().clean() or {}
        file: UploadedFile[bytes] | None = given.get("file")
        if file and (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("Berkas lebih besar dari 10 MB."))
        self.content = file.read() if file else given.get("text", "").encode()
        if not self.content.strip() and not self.errors:
            raise forms.ValidationError(_("Pilih berkas, atau tempelkan kredensialnya."))
        return given


class AccountForm(forms.ModelForm[User]):
    language = forms.ChoiceField(
        label=_("Bahasa"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("Dipakai untuk halaman dan surat kepada Anda."),
    )

    class Meta:
        model = User
        fields = ("name", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


class IdentityForm(forms.ModelForm[Individual]):
    document_number = forms.CharField(
        label=_("Nomor identitas"),
        max_length=32,
        help_text=_("Nomor yang Anda berikan kepada LSP; surelnya harus sama dengan surel akun."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    class Meta:
        model = Individual
        fields = ("document_kind",)


class ProfileForm(forms.ModelForm[Organisation]):
    region = RegencyField(
        label=_("Kabupaten/kota"),
        queryset=readings.regencies(),
        required=False,
        empty_label=_("Belum ditentukan"),
    )

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = Organisation.EDITABLE
        widgets = {"address": forms.Textarea({"rows": 3})}


class OrganisationForm(ProfileForm):
    class Meta(ProfileForm.Meta):
        fields = ("kind", "name", *ProfileForm.Meta.fields)


class InvitationForm(forms.ModelForm[Membership]):
    email = forms.EmailField(
        label=_("Surel"), max_length=254, help_text=_("Undangan dikirim ke alamat ini.")
    )
    name = forms.CharField(
        label=_("Nama"), max_length=200, help_text=_("Dipakai bila orang ini belum punya akun.")
    )

    class Meta:
        model = Membership
        fields = ("role", "valid_until")
        widgets = {"role": forms.RadioSelect, "valid_until": DayInput}
        help_texts = {"valid_until": _("Kosongkan bila tidak dibatasi.")}

    field_order = ("email", "name", "role", "valid_until")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = ROLES_IN[organisation.kind]
        self.fields["role"] = forms.ChoiceField(
            label=_("Peran"),
            choices=[(role.value, role.label) for role in Role if role in given],
            widget=forms.RadioSelect,
        )


class TokenForm(forms.ModelForm[AccessToken]):
    days = forms.IntegerField(
        label=_("Berlaku berapa hari"), min_value=1, max_value=36_500, initial=FIRST_LIFE_DAYS
    )

    class Meta:
        model = AccessToken
        fields = ("name",)
        help_texts = {"name": _("Program mana yang memakainya, misalnya “Sistem jadwal LSP”.")}

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"] = forms.MultipleChoiceField(
            label=_("Yang boleh dilakukan"),
            choices=[(scope.value, label(scope)) for scope in scopes_of(person)],
            widget=forms.CheckboxSelectMultiple,
        )


class PolicyValueForm(forms.ModelForm[PolicyValue]):
    class Meta:
        model = PolicyValue
        fields = ("value", "valid_from", "source")
        widgets = {"value": forms.NumberInput({"min": 0}), "valid_from": DayInput}
        help_texts = {
            "valid_from": _("Hari ini atau sesudahnya."),
            "source": _("Peraturan atau keputusan yang menetapkannya, dengan nomor dan tanggal."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = forms.IntegerField(
            label=_("Nilai"), min_value=0, max_value=2**31 - 1
        )


class MisuseReportForm(forms.ModelForm[MisuseReport]):
    class Meta:
        model = MisuseReport
        fields = MisuseReport.EDITABLE
        widgets = {"description": forms.Textarea({"rows": 5})}
