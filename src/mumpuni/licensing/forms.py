"""What people fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mumpuni.kernel.errors import Refused
from mumpuni.licensing import queries, rules
from mumpuni.licensing.models import (
    ApplicationDocument,
    BodyType,
    CandidateGroup,
    DocumentItem,
    FounderKind,
    LicenceApplication,
    ProposedChange,
)
from mumpuni.reference.models import Region
from mumpuni.schemes.models import SchemeVersion

PDF_ONLY = {"accept": "application/pdf,.pdf"}


class BodyForm(forms.ModelForm[LicenceApplication]):
    """What kind of body applies, who founded it, whom it will certify."""

    fieldsets: ClassVar = (
        (_("Jenis LSP"), ("body_type", "candidate_group", "sector_code")),
        (_("Lembaga pembentuk"), ("founder_kind", "founder_name")),
    )

    class Meta:
        model = LicenceApplication
        fields = LicenceApplication.EDITABLE

    def clean(self) -> dict[str, Any]:
        """Say at once what the submission would refuse."""
        given = super().clean() or self.cleaned_data
        if {"body_type", "founder_kind", "candidate_group"} <= given.keys():
            try:
                rules.check_type(
                    BodyType(given["body_type"]),
                    FounderKind(given["founder_kind"]),
                    CandidateGroup(given["candidate_group"]),
                )
            except Refused as refused:
                self.add_error(None, {**refused.fields})
        return given


class DocumentsForm(forms.Form):
    """One upload for each document on the checklist."""

    def __init__(self, items: Iterable[DocumentItem], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for item in items:
            self.fields[item.document.value] = forms.FileField(
                label=item.document.label,
                help_text=str(item.explanation),
                required=False,
                allow_empty_file=True,  # refused with a sentence of our own
                widget=forms.FileInput(PDF_ONLY),
            )


class DataForm(forms.Form):
    """What shall be on record of the body; each box begins with what is recorded or proposed."""

    name = forms.CharField(max_length=200)
    address = forms.CharField(max_length=5000, widget=forms.Textarea({"rows": 3}))
    region = forms.ModelChoiceField(Region.objects.none(), empty_label=None)
    email = forms.EmailField(required=False, max_length=254)
    phone = forms.CharField(required=False, max_length=32)
    website = forms.URLField(required=False, max_length=200, assume_scheme="https")
    founder_name = forms.CharField(max_length=200)
    sector_code = forms.CharField(max_length=4)

    def __init__(self, sent: QueryDict | None, *, application: LicenceApplication) -> None:
        proposed = {one.field: one.value for one in application.proposed_changes}
        began = {
            one.value: proposed.get(one, application.recorded(one)) for one in ProposedChange.Field
        }
        super().__init__(sent, initial=began)
        offices = self.fields["region"]
        assert isinstance(offices, forms.ModelChoiceField)
        offices.queryset = queries.offices(application)
        for one in ProposedChange.Field:
            self.fields[one.value].label = str(one.label)

    def proposed(self) -> dict[str, str]:
        """Return the values as an application keeps them."""
        given = self.cleaned_data
        return {**given, "region": given["region"].pk}


class CourseForm(forms.ModelForm[LicenceApplication]):
    """Whether an application about the scope is assessed in full."""

    class Meta:
        model = LicenceApplication
        fields = ("needs_assessment",)


class SearchForm(forms.Form):
    """Words to look for."""

    q = forms.CharField(required=False, max_length=200)


class VersionsForm(forms.Form):
    """Schemes that were ticked, to be added or (with `action=drop`) to be dropped."""

    def __init__(
        self, sent: QueryDict, *, to_add: QuerySet[SchemeVersion], to_drop: QuerySet[SchemeVersion]
    ) -> None:
        super().__init__(sent)
        self.drops = sent.get("action") == "drop"
        self.fields["versions"] = forms.ModelMultipleChoiceField(
            label=_("Skema"), queryset=to_drop if self.drops else to_add
        )


class JudgementForm(forms.Form):
    """The verdict on one document."""

    document = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Hasil"), choices=ApplicationDocument.Verdict.choices, widget=forms.RadioSelect
    )
    remark = forms.CharField(
        label=_("Catatan untuk pemohon"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 2}),
    )


JudgementRows = forms.formset_factory(JudgementForm, extra=0)


def judgements_of(documents: Iterable[ApplicationDocument]) -> list[Mapping[str, Any]]:
    """Return what the rows of a formset begin with."""
    return [
        {"document": document.pk, "verdict": document.verdict, "remark": document.remark}
        for document in documents
    ]


class DecreeForm(forms.ModelForm[LicenceApplication]):
    """The number of the decree that the plenary has passed."""

    class Meta:
        model = LicenceApplication
        fields = ("decree_number",)
        help_texts: ClassVar = {
            "decree_number": _(
                "Bila SK sudah bernomor, misalnya KEP.1215/BNSP/V/2025. Bila tidak, nomor berikutnya"
                " diberikan saat permohonan disetujui."
            )
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["decree_number"].required = True
